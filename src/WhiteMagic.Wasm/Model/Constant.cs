namespace WhiteMagic.Wasm.Model;

/// <summary>A constant expression: one instruction.</summary>
internal readonly struct Constant(Opcode code, ulong bits)
{
    /// <summary>A constant, ref.null, ref.func or global.get.</summary>
    internal Opcode Code { get; init; } = code;

    /// <summary>The value, or the index of the function or global.</summary>
    internal ulong Bits { get; init; } = bits;
}
