using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WhiteMagic.KernelCompiler;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.Compiler.Tests;

public sealed class RuleTests
{
    public static IEnumerable<TheoryDataRow<string>> Ids => Rules.All.Select(r => new TheoryDataRow<string>(r.Id));

    [Fact]
    public void Rules_AreNumberedWithoutGapOrRepetition() =>
        Assert.Equal(Enumerable.Range(1, Rules.All.Count).Select(i => $"WMC{i:0000}"), Rules.All.Select(r => r.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Explain_AnyRule_SaysWhatWhyAndWhatToDo(string id)
    {
        using var output = new StringWriter();
        Assert.Equal(0, Program.Run(["explain", id], output, TextWriter.Null));
        Rule rule = Rules.Find(id)!;
        Assert.Contains(rule.Title, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Why: " + rule.Why, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Do: " + rule.Remedy, output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Documentation_TableOfRules_HasTheRule(string id)
    {
        string text = File.ReadAllText(Repository.File("docs/kernel-subset.md"));
        Assert.Contains($"| {id} | {Rules.Find(id)!.Title} |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Documentation_TableOfRules_HasNoOther()
    {
        string text = File.ReadAllText(Repository.File("docs/kernel-subset.md"));
        Assert.Equal(Rules.All.Count, text.Split('\n').Count(l => l.StartsWith("| WMC", StringComparison.Ordinal)));
    }
}
