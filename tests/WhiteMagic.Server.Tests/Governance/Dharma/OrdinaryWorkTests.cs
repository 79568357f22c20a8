using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Tools;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Server.Tests.Governance.Dharma;

/// <summary>What agents ordinarily do, under the rules that come with the program: nothing of it may be stopped, and hardly anything remarked on.</summary>
public sealed class OrdinaryWorkTests(ITestOutputHelper output)
{
    private const double MostRemarks = 0.01;

    [Theory]
    [InlineData("default")]
    [InlineData("creative")]
    [InlineData("violet")]
    public void Calls_FiveHundredOfAnAgent_AreNotStopped(string profile)
    {
        var catalog = new Catalog(coreOnly: false);
        Deed[] deeds = [.. File.ReadLines(Repository.File("tests/WhiteMagic.Server.Tests/Governance/Dharma/calls.jsonl")).Select(line => DeedOf(catalog, line))];
        Assert.Equal(500, deeds.Length);
        Judge(profile, deeds);
    }

    [Fact]
    public void LoCoMo_EveryTurnStored_IsNotStopped()
    {
        string folder = Path.Combine(Repository.Root, "..", "shared", "retrieval", "dev");
        Assert.SkipUnless(Directory.Exists(folder), "the LoCoMo dev conversations are not beside the repository");
        Deed[] deeds = [.. Directory.EnumerateFiles(folder, "*.json*").SelectMany(File.ReadLines).Where(l => l.Length > 0)
            .SelectMany(l => JsonDocument.Parse(l).RootElement.GetProperty("memories").EnumerateArray())
            .Select(turn => RuleTests.Deed(JsonSerializer.Serialize(new { content = turn.GetProperty("text").GetString(), speaker = turn.GetProperty("speaker").GetString() })))];
        Assert.Equal(3006, deeds.Length);
        Judge("default", deeds);
    }

    private void Judge(string profile, Deed[] deeds)
    {
        Ruleset rules = RuleBook.Read().Under(profile);
        var stopped = new List<string>();
        var remarked = new List<string>();
        foreach (Deed deed in deeds)
        {
            Judgement judgement = rules.Judge(deed);
            string shown = string.Join(",", judgement.Rules.Select(r => r.Name)) + ": " + Encoding.UTF8.GetString(deed.Arguments.Span);
            (judgement.Action >= RuleAction.Throttle ? stopped : judgement.Action >= RuleAction.Tag ? remarked : []).Add(shown);
        }

        output.WriteLine($"{profile}: {deeds.Length} calls, {stopped.Count} stopped, {remarked.Count} remarked on\n" + string.Join("\n", remarked));
        Assert.True(stopped.Count == 0, string.Join("\n", stopped));
        Assert.InRange(remarked.Count, 0, (int)(deeds.Length * MostRemarks));
    }

    private static Deed DeedOf(Catalog catalog, string line)
    {
        using JsonDocument call = JsonDocument.Parse(line);
        Tool tool = catalog.Find(call.RootElement.GetProperty("tool").GetString()!)!;
        JsonElement arguments = call.RootElement.GetProperty("arguments");
        _ = Arguments.Parse(tool, arguments);
        return RuleTests.Deed(JsonSerializer.Serialize(arguments), tool.Name, tool.Effect);
    }
}
