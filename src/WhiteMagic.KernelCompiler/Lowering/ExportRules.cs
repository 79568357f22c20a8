using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>What a method must be like to be exported.</summary>
internal static class ExportRules
{
    /// <summary>Names that every module's runtime exports.</summary>
    internal static readonly IReadOnlyList<string> Taken = ["memory", "wm_alloc", "wm_reset"];

    private static readonly Type[] _numbers = [typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double)];

    /// <summary>Reports what is wrong with the export; adds its name to those that are taken.</summary>
    internal static bool Check(MethodInfo method, string name, HashSet<string> taken, DiagnosticBag diagnostics)
    {
        if (!TypeNames.IsIdentifier(name))
        {
            diagnostics.Add(Rules.ExportName, $"\"{name}\"", method);
            return false;
        }

        if (!taken.Add(name))
        {
            diagnostics.Add(Rules.ExportName, $"\"{name}\" is there already", method);
            return false;
        }

        string? wrong = WrongIn(method);
        if (wrong is not null)
        {
            diagnostics.Add(Rules.ExportSignature, $"\"{name}\": {wrong}", method);
        }

        return wrong is null;
    }

    private static string? WrongIn(MethodInfo method)
    {
        if (!method.IsStatic || method.ContainsGenericParameters)
        {
            return method.IsStatic ? "it is generic" : "it is not static";
        }

        Type? parameter = method.GetParameters().Select(p => p.ParameterType).FirstOrDefault(t => !CanBePassed(t));
        return parameter is not null ? "the parameter type " + TypeNames.Of(parameter)
            : method.ReturnType == typeof(void) || CanBePassed(method.ReturnType) ? null
            : "the result type " + TypeNames.Of(method.ReturnType);
    }

    private static bool CanBePassed(Type type) => type.IsPointer || _numbers.Contains(type);
}
