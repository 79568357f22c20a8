using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.Tests.Differential;

/// <summary>Gives the static fields of export classes their first values again, as <c>wm_reset</c> does in a module.</summary>
internal static class KernelState
{
    private static readonly ConcurrentDictionary<Type, List<(FieldInfo Field, object? Value)>> _first = new();

    public static void Reset(string module) => Reset(KernelModule.Find(module));

    /// <summary>What the fields point at is not freed: only a kernel knows what it owns, and a test process does not live long.</summary>
    public static void Reset(KernelModule module)
    {
        foreach (Type type in module.Classes)
        {
            Reset(type);
        }
    }

    /// <summary>Sets the fields to what they held when the class was first seen here.</summary>
    public static void Reset(Type exports)
    {
        foreach ((FieldInfo field, object? value) in _first.GetOrAdd(exports, Remember))
        {
            field.SetValue(null, value);
        }
    }

    // Before any test can have changed a field.
    [ModuleInitializer]
    internal static void RememberAll()
    {
        foreach (string name in KernelModule.Names)
        {
            Reset(name);
        }
    }

    private static List<(FieldInfo Field, object? Value)> Remember(Type type)
    {
        List<(FieldInfo, object?)> values = [];
        foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (!field.IsLiteral && !field.IsInitOnly)
            {
                values.Add((field, field.GetValue(null)));
            }
        }

        return values;
    }
}
