namespace WhiteMagic.Wasm.Model;

/// <summary>A global variable's type.</summary>
internal readonly struct GlobalType(WasmType value, bool isMutable)
{
    internal WasmType Value { get; init; } = value;

    internal bool IsMutable { get; init; } = isMutable;

    internal bool IsSameAs(GlobalType other) => Value == other.Value && IsMutable == other.IsMutable;
}
