using System.Runtime.InteropServices;

namespace WhiteMagic.Wasm.Translation;

/// <summary>
/// A word of register code: an operation and three operands, which are slots of the frame or small numbers; B and C together can be a number of 32
/// bits. Some operations have one more word, of two numbers of 32 bits or one of 64; <see cref="Shapes"/> says which.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Instruction(Op op, int a = 0, int b = 0, int c = 0)
{
    internal Op Op = op;
    internal ushort A = (ushort)a;
    internal ushort B = (ushort)b;
    internal ushort C = (ushort)c;

    /// <summary>With a number in B and C.</summary>
    internal static Instruction WithNumber(Op op, int a, int number) => new(op, a, number & ushort.MaxValue, number >>> 16);
}
