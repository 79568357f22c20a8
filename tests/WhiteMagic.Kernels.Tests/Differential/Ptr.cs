namespace WhiteMagic.Kernels.Tests.Differential;

/// <summary>An address that both sides know by the number of the block it was given for: the values themselves differ.</summary>
internal readonly record struct Ptr(int Block, int Offset)
{
    public static Ptr Null => new(-1, 0);

    public static Ptr operator +(Ptr pointer, int bytes) => pointer with { Offset = checked(pointer.Offset + bytes) };

    public override string ToString() => Block < 0 ? "null" : $"block {Block} + {Offset}";
}
