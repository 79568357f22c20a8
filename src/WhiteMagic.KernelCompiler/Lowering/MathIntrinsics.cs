using System.Collections.Generic;
using System.Reflection;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Functions of Math and MathF that IEEE 754 defines to the last bit. Those of integers are translated from their own IL.</summary>
internal static class MathIntrinsics
{
    private static readonly string[] _types = ["System.Math", "System.MathF"];

    private static readonly (string Name, int Parameters, string Function)[] _functions =
    [
        ("Abs", 1, "abs"), ("Ceiling", 1, "ceiling"), ("CopySign", 2, "copysign"), ("Floor", 1, "floor"), ("Max", 2, "max"), ("Min", 2, "min"),
        ("Round", 1, "round"), ("Sqrt", 1, "sqrt"), ("Truncate", 1, "truncate"),
    ];

    internal static IEnumerable<KeyValuePair<string, Intrinsic>> All
    {
        get
        {
            foreach (string type in _types)
            {
                foreach ((string name, int parameters, string function) in _functions)
                {
                    yield return new($"{type}.{name}", (frame, method) => TryLower(frame, method, parameters, function));
                }
            }
        }
    }

    private static bool TryLower(MethodFrame frame, MethodBase method, int parameterCount, string function)
    {
        ParameterInfo[] parameters = method.GetParameters();
        return parameters.Length == parameterCount
            && (parameters[0].ParameterType == typeof(float) || parameters[0].ParameterType == typeof(double))
            && IntrinsicTable.CallRuntime(frame, method, $"wm_{function}_{IntrinsicTable.Suffix(frame.Types.Of(parameters[0].ParameterType))}");
    }
}
