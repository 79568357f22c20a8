using System.Collections.Generic;
using System.Reflection.Metadata;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>One IL instruction with its prefixes folded in and its short forms made long.</summary>
/// <param name="OffsetBytes">Where it starts, prefixes included.</param>
/// <param name="NextBytes">Where the next one starts.</param>
/// <param name="Code">The operation.</param>
/// <param name="Operand">An integer, a token, the index of an argument or local, or the offset that a branch goes to.</param>
/// <param name="Real">The operand of ldc.r4 and ldc.r8.</param>
/// <param name="Targets">The offsets of a switch.</param>
/// <param name="ConstrainedToken">The type of a constrained. prefix; 0 without one.</param>
internal sealed record IlInstruction(
    int OffsetBytes,
    int NextBytes,
    ILOpCode Code,
    long Operand,
    double Real,
    IReadOnlyList<int> Targets,
    int ConstrainedToken)
{
    internal int Int32 => (int)Operand;

    /// <summary>The last of its block: nothing after it is reached by falling through, or there is a choice.</summary>
    internal bool EndsBlock => Code is ILOpCode.Switch or ILOpCode.Ret or ILOpCode.Throw or ILOpCode.Rethrow or ILOpCode.Endfinally
        or ILOpCode.Endfilter or ILOpCode.Jmp || Code.IsBranch();
}
