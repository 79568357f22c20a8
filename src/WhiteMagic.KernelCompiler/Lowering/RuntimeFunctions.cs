using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>The functions that stand in for methods with a <c>WasmRuntime</c> attribute.</summary>
internal static class RuntimeFunctions
{
    private static readonly Dictionary<string, string> _signatures = new()
    {
        ["wm_alloc"] = "Pointer(U32)",
        ["wm_free"] = "Void(Pointer)",
        ["wm_is_inside"] = "U8(Pointer, U32)",
    };

    /// <summary>The parameters of the function, which are the method's.</summary>
    /// <exception cref="CompilationException">There is no such function, or it has another signature.</exception>
    internal static IReadOnlyList<IrType> Check(string name, MethodBase method, ModuleLowering module)
    {
        IReadOnlyList<IrType> parameters = module.ParameterTypes(method);
        IrKind result = method is MethodInfo { ReturnType: var type } ? module.Types.Of(type).Kind : IrKind.Void;
        string signature = $"{result}({string.Join(", ", parameters.Select(p => p.Kind))})";
        return _signatures.TryGetValue(name, out string? expected) && expected == signature
            ? parameters
            : throw new CompilationException(Rules.RuntimeFunction, $"{name} for {TypeNames.Of(method)}");
    }
}
