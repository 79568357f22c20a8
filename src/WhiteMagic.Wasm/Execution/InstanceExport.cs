using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>What an instance offers to others.</summary>
internal sealed record InstanceExport(WasmInstance Instance, Export Export);
