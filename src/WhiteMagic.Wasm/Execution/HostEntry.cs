using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>A host function and its type.</summary>
internal sealed record HostEntry(FunctionType Type, HostFunction Function);
