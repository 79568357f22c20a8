using System;
using System.Reflection;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>What the compiler knows of a value that will not exist in the module.</summary>
internal abstract record Known
{
    /// <summary>The result of typeof; two of them can be compared.</summary>
    internal sealed record TypeOf(Type Type) : Known;

    /// <summary>A field whose data becomes a table.</summary>
    internal sealed record FieldOf(FieldInfo Field) : Known;

    /// <summary>A value that generic code boxes to test its type; it comes out again unboxed.</summary>
    internal sealed record Boxed(Type Type, StackValue Value) : Known;

    /// <summary>The equality comparer of a type: its methods become calls of the type's own Equals.</summary>
    internal sealed record Comparer(Type Type) : Known;

    /// <summary>A reference, which may only go towards a throw. The rule is broken when anything else uses it.</summary>
    internal sealed record Reference(Rule Rule, string Detail) : Known;

    /// <summary>Comes of something that was reported already.</summary>
    internal sealed record Poison : Known;
}
