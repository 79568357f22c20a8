using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>A host function and its type.</summary>
internal sealed class HostEntry(FunctionType type, HostFunction function)
{
    internal FunctionType Type => type;

    internal HostFunction Function => function;
}
