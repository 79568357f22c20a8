namespace WhiteMagic.Wasm.Translation;

/// <summary>What a branch depends on.</summary>
/// <param name="Comparison">The number of a comparison in the specification's order, or -1 for whether slot <paramref name="Left"/> is not zero.</param>
/// <param name="Is64">Whether it is of 64 bits.</param>
/// <param name="IsImmediate">Whether <paramref name="Right"/> is a number instead of a slot.</param>
/// <param name="IsNegated">Without comparison: whether the slot has to be zero.</param>
/// <param name="Left">A slot.</param>
/// <param name="Right">A slot or a number.</param>
internal readonly record struct Condition(int Comparison, bool Is64, bool IsImmediate, bool IsNegated, int Left, int Right)
{
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
