using System;
using System.Reflection;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Finds which method a call through a type argument means; the argument is a struct, so there is exactly one.</summary>
internal static class Constraints
{
    /// <exception cref="CompilationException">The type is no struct, or does not implement the method itself.</exception>
    internal static MethodBase Resolve(Type type, MethodInfo method)
    {
        if (!type.IsValueType)
        {
            throw new CompilationException(Rules.VirtualCall, $"{TypeNames.Of(method)} on {TypeNames.Of(type)}");
        }

        return method.DeclaringType is { IsInterface: true } ? Implementation(type, method) : Override(type, method);
    }

    private static MethodInfo Implementation(Type type, MethodInfo method)
    {
        InterfaceMapping map = type.GetInterfaceMap(method.DeclaringType!);
        MethodInfo definition = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        for (int i = 0; i < map.InterfaceMethods.Length; i++)
        {
            if (map.InterfaceMethods[i].MetadataToken != definition.MetadataToken || map.InterfaceMethods[i].Module != definition.Module)
            {
                continue;
            }

            // The map leaves a static method out that only the interface itself implements.
            MethodInfo target = map.TargetMethods[i] ?? map.InterfaceMethods[i];
            if (target.DeclaringType is { IsInterface: true } && !target.IsStatic)
            {
                throw new CompilationException(Rules.DefaultMember, TypeNames.Of(method));
            }

            return target.IsGenericMethodDefinition ? target.MakeGenericMethod(method.GetGenericArguments()) : target;
        }

        throw new CompilationException(Rules.InvalidIl, $"{TypeNames.Of(type)} has no {TypeNames.Of(method)}");
    }

    // ToString, Equals and GetHashCode: without an override they would be those of the boxed value.
    private static MethodInfo Override(Type type, MethodInfo method)
    {
        foreach (MethodInfo candidate in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (candidate.DeclaringType == type && candidate.IsVirtual && candidate.GetBaseDefinition().MethodHandle == method.GetBaseDefinition().MethodHandle)
            {
                return candidate;
            }
        }

        throw new CompilationException(Rules.Boxing, $"{TypeNames.Of(type)} has no {method.Name} of its own");
    }
}
