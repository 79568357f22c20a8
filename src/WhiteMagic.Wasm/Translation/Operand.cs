namespace WhiteMagic.Wasm.Translation;

/// <summary>Where a value of the operand stack is while code is translated.</summary>
internal enum OperandKind : byte
{
    /// <summary>In the slot of its place on the stack.</summary>
    Slot,

    /// <summary>In a local, which has not changed since.</summary>
    Local,

    /// <summary>Nowhere: it is known.</summary>
    Constant,
}

/// <summary>A value of the operand stack.</summary>
internal readonly struct Operand(OperandKind kind, long bits)
{
    /// <summary>Where it is.</summary>
    internal OperandKind Kind { get; init; } = kind;

    /// <summary>The local's index, or the constant; one of 32 bits is extended with its sign.</summary>
    internal long Bits { get; init; } = bits;
}
