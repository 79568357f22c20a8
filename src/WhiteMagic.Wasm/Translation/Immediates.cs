namespace WhiteMagic.Wasm.Translation;

/// <summary>Which operations have a twin whose right operand is a number of 16 bits.</summary>
internal static class Immediates
{
    // From i32.add and i64.add on: the twin's distance from the first of its type, or -1. Subtraction adds, rotation right rotates left.
    private static readonly sbyte[] _twins = [0, 0, 1, -1, -1, -1, -1, 2, 3, 4, 5, 6, 7, 8, 8];

    private const int Sub = 1;
    private const int FirstThatDoesNotCommute = 10;
    private const int Rotr = 14;

    /// <summary>Finds the twin.</summary>
    /// <param name="op">A numeric operation of two operands.</param>
    /// <param name="isSwapped">Whether the constant is the left operand.</param>
    /// <param name="constant">The constant; becomes what the twin takes.</param>
    /// <param name="twin">The operation with an immediate operand.</param>
    internal static bool TryFind(Op op, bool isSwapped, ref long constant, out Op twin)
    {
        twin = op;
        if (op is >= Op.I32Eq and <= Op.I32GeU or >= Op.I64Eq and <= Op.I64GeU)
        {
            (Op first, Op firstTwin) = op <= Op.I32GeU ? (Op.I32Eq, Op.I32EqImmediate) : (Op.I64Eq, Op.I64EqImmediate);
            int comparison = op - first;
            twin = firstTwin + (ushort)(isSwapped ? Shapes.Mirrored(comparison) : comparison);
            return constant == (short)constant;
        }

        if (op is not (>= Op.I32Add and <= Op.I32Rotr or >= Op.I64Add and <= Op.I64Rotr))
        {
            return false;
        }

        bool is64 = op >= Op.I64Add;
        int number = op - (is64 ? Op.I64Add : Op.I32Add);
        if (_twins[number] < 0 || (isSwapped && (number == Sub || number >= FirstThatDoesNotCommute)))
        {
            return false;
        }

        constant = number switch
        {
            Sub => -constant,
            Rotr => -constant & (is64 ? 63 : 31),
            >= FirstThatDoesNotCommute => constant & (is64 ? 63 : 31),
            _ => constant,
        };
        twin = (is64 ? Op.I64AddImmediate : Op.I32AddImmediate) + (ushort)_twins[number];
        return constant == (short)constant;
    }
}
