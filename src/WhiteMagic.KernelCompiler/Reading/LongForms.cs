using System.Reflection.Metadata;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>Many IL instructions are short for another one with a fixed operand or a narrow one.</summary>
internal static class LongForms
{
    /// <summary>The instruction that is meant, and its operand where the code itself holds it.</summary>
    internal static (ILOpCode Code, long? Operand) Of(ILOpCode code) => code switch
    {
        >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3 => (ILOpCode.Ldarg, code - ILOpCode.Ldarg_0),
        >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3 => (ILOpCode.Ldloc, code - ILOpCode.Ldloc_0),
        >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3 => (ILOpCode.Stloc, code - ILOpCode.Stloc_0),
        >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8 => (ILOpCode.Ldc_i4, (int)code - (int)ILOpCode.Ldc_i4_0),
        ILOpCode.Ldc_i4_s => (ILOpCode.Ldc_i4, null),
        ILOpCode.Ldarg_s => (ILOpCode.Ldarg, null),
        ILOpCode.Ldarga_s => (ILOpCode.Ldarga, null),
        ILOpCode.Starg_s => (ILOpCode.Starg, null),
        ILOpCode.Ldloc_s => (ILOpCode.Ldloc, null),
        ILOpCode.Ldloca_s => (ILOpCode.Ldloca, null),
        ILOpCode.Stloc_s => (ILOpCode.Stloc, null),
        >= ILOpCode.Br_s and <= ILOpCode.Blt_un_s => (code.GetLongBranch(), null),
        ILOpCode.Leave_s => (ILOpCode.Leave, null),
        _ => (code, null),
    };
}
