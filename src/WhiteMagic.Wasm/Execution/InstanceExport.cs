using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>What an instance offers to others.</summary>
internal sealed class InstanceExport(WasmInstance instance, Export export)
{
    internal WasmInstance Instance => instance;

    internal Export Export => export;
}
