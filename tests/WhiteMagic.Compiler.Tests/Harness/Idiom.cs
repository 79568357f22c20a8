using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.Compiler.Tests.Idioms;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.Compiler.Tests.Harness;

/// <summary>One accepted idiom: an exported method, and how to call it.</summary>
internal sealed class Idiom(string name, MethodInfo method)
{
    internal static readonly Type[] Classes =
    [
        typeof(IntegerIdioms), typeof(FloatIdioms), typeof(ControlIdioms), typeof(StructIdioms), typeof(MemoryIdioms), typeof(GenericIdioms), typeof(VectorIdioms),
    ];

    internal static readonly IReadOnlyList<Idiom> All =
        [.. Classes.SelectMany(KernelAssembly.ExportsOf).Select(e => new Idiom(e.Name, e.Method)).OrderBy(i => i.Name, StringComparer.Ordinal)];

    internal string Name => name;

    internal MethodInfo Method => method;

    /// <summary>One letter for each parameter: i, l, f, d or p.</summary>
    internal string Parameters { get; } = string.Concat(method.GetParameters().Select(p => LetterOf(p.ParameterType)));

    internal char Result { get; } = LetterOf(method.ReturnType);

    private static char LetterOf(Type type) => type.IsPointer ? 'p'
        : type == typeof(float) ? 'f'
        : type == typeof(double) ? 'd'
        : type == typeof(long) || type == typeof(ulong) ? 'l'
        : type == typeof(void) ? 'v' : 'i';
}
