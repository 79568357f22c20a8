using System;

namespace WhiteMagic.Wasm.Model;

/// <summary>What a function, or a block, takes and gives.</summary>
internal sealed record FunctionType(WasmType[] Parameters, WasmType[] Results)
{
    internal bool IsEmpty => Parameters.Length == 0 && Results.Length == 0;

    internal bool IsSameAs(FunctionType other) => Parameters.AsSpan().SequenceEqual(other.Parameters) && Results.AsSpan().SequenceEqual(other.Results);
}
