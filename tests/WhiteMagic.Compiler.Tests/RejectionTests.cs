using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.Compiler.Tests.Idioms;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Lowering;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.Compiler.Tests;

public sealed class RejectionTests
{
    private static readonly IEnumerable<MethodInfo> _methods = typeof(RejectedIdioms).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(m => m.Name.Contains("_WMC", StringComparison.Ordinal) && !m.Name.Contains('<'));

    public static IEnumerable<TheoryDataRow<string>> Names => _methods.Select(m => new TheoryDataRow<string>(m.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Idiom_OutsideTheSubset_IsRejectedWithItsId(string name)
    {
        using var positions = new SourcePositions();
        var diagnostics = new DiagnosticBag(positions);
        ModuleLowering.LowerExport(_methods.Single(m => m.Name == name), "f", diagnostics);
        IEnumerable<string> ids = diagnostics.Sorted.Select(d => d.Rule.Id).Distinct();
        Assert.Equal([name[^7..]], ids);
    }

    [Fact]
    public void Violation_InsideTheFramework_NamesTheKernelsLine()
    {
        using var positions = new SourcePositions();
        var diagnostics = new DiagnosticBag(positions);
        MethodInfo sort = typeof(RejectedIdioms).GetMethod(nameof(RejectedIdioms.SpanSort), BindingFlags.Static | BindingFlags.NonPublic)!;
        ModuleLowering.LowerExport(sort, "f", diagnostics);
        Assert.NotEmpty(diagnostics.Sorted);
        Assert.All(diagnostics.Sorted, d => Assert.Contains("RejectedIdioms.cs(", d.Position, StringComparison.Ordinal));
        Assert.All(diagnostics.Sorted, d => Assert.Contains("RejectedIdioms.SpanSort", d.Method, StringComparison.Ordinal));
    }
}
