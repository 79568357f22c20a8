using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>
/// The framework methods that are not translated from their own IL: because they have none, because the JIT gives them another meaning, or
/// because the C compiler has something better.
/// </summary>
internal static class IntrinsicTable
{
    private static readonly Dictionary<string, Intrinsic> _all = new[]
    {
        MathIntrinsics.All, BitIntrinsics.All, MemoryIntrinsics.All, UnsafeIntrinsics.All, TypeIntrinsics.All, AtomicIntrinsics.All,
    }.SelectMany(table => table).ToDictionary(entry => entry.Key, entry => entry.Value);

    internal static bool TryLower(MethodFrame frame, MethodBase method)
    {
        if (method.DeclaringType is not { } type || type.Assembly != typeof(object).Assembly)
        {
            return false;
        }

        if (method.Name is "get_IsSupported" or "get_IsHardwareAccelerated")
        {
            // The framework's own vector paths would only make the module larger.
            bool isOurs = frame.Code.Method.Module != typeof(object).Module && type.Name.StartsWith("Vector128", StringComparison.Ordinal);
            if (isOurs && method.Name == "get_IsHardwareAccelerated")
            {
                // False in the scalar build: a kernel may have a shorter way there, with the same results.
                return CallRuntime(frame, method, "wm_v_is_accelerated");
            }

            frame.Push(IrConstant.I32(isOurs ? 1 : 0));
            return true;
        }

        return (_all.TryGetValue($"{TypeNames.DefinitionOf(type)}.{method.Name}", out Intrinsic? intrinsic) && intrinsic(frame, method))
            || VectorIntrinsics.TryLower(frame, method);
    }

    /// <summary>Calls a function of the runtime with the method's own parameters and result.</summary>
    internal static bool CallRuntime(MethodFrame frame, MethodBase method, string function)
    {
        IrOperand[] arguments = frame.PopArguments(frame.Module.ParameterTypes(method));
        IrType result = frame.Types.Of(((MethodInfo)method).ReturnType);
        CallLowering.Finish(frame, result, local => new IrInstruction.CallRuntime(local, function, arguments));
        return true;
    }

    /// <summary>The name of a kind in the runtime's function names.</summary>
    internal static string Suffix(IrType type) => type.Kind switch
    {
        IrKind.Vector => $"{Suffix(IrType.Of(type.Lane))}x{IrType.VectorBytes / IrType.BytesOf(type.Lane)}",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
