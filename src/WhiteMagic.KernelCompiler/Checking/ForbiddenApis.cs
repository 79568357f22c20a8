using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Checking;

/// <summary>Framework methods that must not be used even where their IL could be translated.</summary>
internal static class ForbiddenApis
{
    // Each line begins like the definition's full name; the first that fits decides.
    private static readonly (string Prefix, Rule Rule)[] _prefixes =
    [
        ("System.DateTime", Rules.Environment),
        ("System.TimeProvider", Rules.Environment),
        ("System.Diagnostics.", Rules.Environment),
        ("System.Random", Rules.Environment),
        ("System.Guid.NewGuid", Rules.Environment),
        ("System.Guid.CreateVersion7", Rules.Environment),
        ("System.Environment.", Rules.Environment),
        ("System.Console.", Rules.Environment),
        ("System.IO.", Rules.Environment),
        ("System.Net.", Rules.Environment),
        ("System.Security.Cryptography.", Rules.Environment),
        ("System.Threading.Thread.", Rules.Environment),
        ("System.Threading.Monitor.", Rules.Environment),
        ("System.Threading.Lock", Rules.Environment),
        ("System.HashCode.", Rules.HashCode),
        ("System.Math.FusedMultiplyAdd", Rules.FusedMultiplyAdd),
        ("System.MathF.FusedMultiplyAdd", Rules.FusedMultiplyAdd),
        ("System.Double.FusedMultiplyAdd", Rules.FusedMultiplyAdd),
        ("System.Single.FusedMultiplyAdd", Rules.FusedMultiplyAdd),
        ("System.Runtime.Intrinsics.Vector128.FusedMultiplyAdd", Rules.FusedMultiplyAdd),
        ("System.Reflection.", Rules.Reflection),
        ("System.Activator.", Rules.Reflection),
        ("System.Type.", Rules.Reflection),
        ("System.RuntimeType", Rules.Reflection),
        ("System.Object.GetType", Rules.Reflection),
        ("Microsoft.CSharp.RuntimeBinder.", Rules.Reflection),
        ("System.TypedReference.", Rules.TypedReference),
        ("System.ArgIterator.", Rules.TypedReference),
        ("System.String.", Rules.String),
        ("System.Runtime.CompilerServices.DefaultInterpolatedStringHandler.", Rules.String),
        ("System.Runtime.CompilerServices.Async", Rules.StateMachine),
        ("System.Runtime.Intrinsics.", Rules.Vector),
        ("System.Numerics.Vector.", Rules.Vector),
        ("System.Numerics.Vector`1.", Rules.Vector),
    ];

    // Of these types' methods every one that has one of these names, or that the platform answers in its own way.
    private static readonly string[] _floatTypes = ["System.Math", "System.MathF", "System.Double", "System.Single"];

    private static readonly HashSet<string> _transcendental =
    [
        "Acos", "AcosPi", "Acosh", "Asin", "AsinPi", "Asinh", "Atan", "Atan2", "Atan2Pi", "AtanPi", "Atanh", "Cbrt", "Cos", "CosPi", "Cosh",
        "Exp", "Exp10", "Exp10M1", "Exp2", "Exp2M1", "ExpM1", "Hypot", "Log", "Log10", "Log10P1", "Log2", "Log2P1", "LogP1", "Pow", "RootN",
        "Sin", "SinCos", "SinCosPi", "SinPi", "Sinh", "Tan", "TanPi", "Tanh",
    ];

    internal static Rule? Find(MethodBase method)
    {
        string type = TypeNames.DefinitionOf(method.DeclaringType);
        if (!type.StartsWith("System.", StringComparison.Ordinal) && !type.StartsWith("Microsoft.", StringComparison.Ordinal))
        {
            return null;
        }

        if (_floatTypes.Contains(type) && IsPlatformDependent(method.Name))
        {
            return Rules.Transcendental;
        }

        string name = type + "." + method.Name;
        return _prefixes.FirstOrDefault(p => name.StartsWith(p.Prefix, StringComparison.Ordinal)).Rule;
    }

    private static bool IsPlatformDependent(string name) =>
        _transcendental.Contains(name) || name.EndsWith("Estimate", StringComparison.Ordinal) || name.EndsWith("Native", StringComparison.Ordinal);
}
