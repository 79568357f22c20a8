namespace WhiteMagic.Wasm.Translation;

/// <summary>What a branch depends on.</summary>
internal readonly struct Condition(int comparison, bool is64, bool isImmediate, bool isNegated, int left, int right)
{
    /// <summary>The number of a comparison in the specification's order, or -1 for whether slot <see cref="Left"/> is not zero.</summary>
    internal int Comparison { get; init; } = comparison;

    /// <summary>Whether it is of 64 bits.</summary>
    internal bool Is64 { get; init; } = is64;

    /// <summary>Whether <see cref="Right"/> is a number instead of a slot.</summary>
    internal bool IsImmediate { get; init; } = isImmediate;

    /// <summary>Without comparison: whether the slot has to be zero.</summary>
    internal bool IsNegated { get; init; } = isNegated;

    /// <summary>A slot.</summary>
    internal int Left { get; init; } = left;

    /// <summary>A slot or a number.</summary>
    internal int Right { get; init; } = right;

    internal static Condition NotZero(int slot) => new(-1, false, false, false, slot, 0);

    internal Condition Opposite() => Comparison < 0 ? this with { IsNegated = !IsNegated } : this with { Comparison = Shapes.Opposite(Comparison) };

    /// <summary>The branch that is taken when it holds, whose target is to come.</summary>
    internal Instruction ToBranch(bool isBack)
    {
        if (Comparison < 0)
        {
            return new Instruction(IsNegated ? (isBack ? Op.BranchIfZeroBack : Op.BranchIfZero) : isBack ? Op.BranchIfBack : Op.BranchIf, Left);
        }

        int group = ((isBack ? 2 : 0) + (IsImmediate ? 1 : 0)) * 2 + (Is64 ? 1 : 0);
        Op op = Op.BranchI32Eq + (ushort)(group * Shapes.Comparisons + Comparison);
        return IsImmediate ? Instruction.WithNumber(op, Left, Right) : new Instruction(op, 0, Left, Right);
    }
}
