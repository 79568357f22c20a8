using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Lowering;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Checking;

/// <summary>The instructions that no kernel has, whatever their operands are.</summary>
internal static class SubsetRules
{
    /// <exception cref="CompilationException">The instruction is one of them.</exception>
    internal static void Check(MethodFrame frame, IlInstruction instruction)
    {
        if (RuleFor(instruction.Code) is { } rule)
        {
            string detail = instruction.Code is ILOpCode.Newarr ? TypeNames.Of(frame.ResolveType(instruction.Int32)) + "[]" : instruction.Code.ToString();
            throw new CompilationException(rule, detail);
        }
    }

    private static Rule? RuleFor(ILOpCode code) => code switch
    {
        ILOpCode.Newarr or ILOpCode.Ldlen or ILOpCode.Ldelema or ILOpCode.Ldelem or ILOpCode.Stelem => Rules.Array,
        >= ILOpCode.Ldelem_i1 and <= ILOpCode.Ldelem_ref => Rules.Array,
        >= ILOpCode.Stelem_i and <= ILOpCode.Stelem_ref => Rules.Array,
        ILOpCode.Ldvirtftn => Rules.Delegate,
        ILOpCode.Ldind_ref or ILOpCode.Stind_ref or ILOpCode.Castclass => Rules.Reference,
        ILOpCode.Mkrefany or ILOpCode.Refanyval or ILOpCode.Refanytype or ILOpCode.Arglist => Rules.TypedReference,
        _ => null,
    };
}
