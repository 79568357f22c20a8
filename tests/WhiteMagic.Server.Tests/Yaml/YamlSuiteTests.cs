using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using WhiteMagic.Yaml;

namespace WhiteMagic.Server.Tests.Yaml;

public sealed class YamlSuiteTests(ITestOutputHelper output)
{
    // What the reader gave when this was written; a drop means that part of the subset is lost.
    private const int ValuesGiven = 174;

    [Fact]
    public void Parse_EveryCaseOfThePublicSuite_GivesItsValueOrRefusesInsideTheInput()
    {
        IReadOnlyList<SuiteCase>? cases = SuiteCase.Load();
        if (cases is null)
        {
            Assert.Skip("The YAML test suite is not beside the repository (../shared/yaml-suite/cases.json).");
        }
        int given = 0;
        int withoutValue = 0;
        int rightlyRefused = 0;
        var refused = new List<(string Reason, string Id)>();
        var wrong = new List<string>();
        foreach (SuiteCase each in cases)
        {
            YamlNode? value = Read(each, wrong, out YamlException? refusal);
            if (each.Fail)
            {
                rightlyRefused += value is null ? 1 : 0;
                Expect(value is null, each, "accepted, but must fail", wrong);
            }
            else if (each.Json is null)
            {
                withoutValue++;
            }
            else if (value is null)
            {
                refused.Add((refusal!.Problem, each.Id));
            }
            else
            {
                bool equal = SuiteValue(each.Json) is { } expected && Same(value, expected);
                given += equal ? 1 : 0;
                Expect(equal, each, "another value than the suite's", wrong);
            }
        }
        output.WriteLine($"{cases.Count} cases: {given} gave the value, {refused.Count} with a value refused, "
            + $"{rightlyRefused} invalid refused, {withoutValue} without a value");
        output.WriteLine(string.Join('\n', refused.GroupBy(r => r.Reason).Select(g => $"{g.Count(),3} {g.Key}: {string.Join(' ', g.Select(r => r.Id))}")));
        Assert.Empty(wrong);
        Assert.Equal(cases.Count, given + refused.Count + rightlyRefused + withoutValue);
        Assert.InRange(given, ValuesGiven, int.MaxValue);
    }

    [Fact]
    public void Parse_EveryCaseOfThePublicSuiteWithCarriageReturns_IsReadAlike()
    {
        IReadOnlyList<SuiteCase>? cases = SuiteCase.Load();
        if (cases is null)
        {
            Assert.Skip("The YAML test suite is not beside the repository (../shared/yaml-suite/cases.json).");
        }
        foreach (SuiteCase each in cases.Where(c => !c.Yaml.Contains('\r', StringComparison.Ordinal)))
        {
            Assert.Equal(Outcome(each.Yaml), Outcome(each.Yaml.Replace("\n", "\r\n", StringComparison.Ordinal)));
        }
    }

    private static string Outcome(string yaml)
    {
        try
        {
            return YamlDump.Of(YamlReader.Parse(yaml, "x"));
        }
        catch (YamlException refusal)
        {
            return refusal.Message;
        }
    }

    private static YamlNode? Read(SuiteCase each, List<string> wrong, out YamlException? refusal)
    {
        refusal = null;
        try
        {
            return YamlReader.Parse(Encoding.UTF8.GetBytes(each.Yaml), "suite.yaml");
        }
        catch (YamlException caught)
        {
            refusal = caught;
            string[] lines = each.Yaml.Split('\n');
            bool inside = caught.Line >= 1 && caught.Line <= lines.Length
                && caught.Column >= 1 && caught.Column <= lines[caught.Line - 1].Length + 1;
            Expect(inside, each, "refused outside the input: " + caught.Message, wrong);
            return null;
        }
    }

    // Null when the case has several documents: no single value is the right one then.
    private static JsonElement? SuiteValue(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Same(YamlNode value, JsonElement expected) => value switch
    {
        YamlMap map => expected.ValueKind == JsonValueKind.Object && map.Count == expected.EnumerateObject().Count()
            && expected.EnumerateObject().All(p => map.Find(p.Name) is { } entry && Same(entry.Value, p.Value)),
        YamlList list => expected.ValueKind == JsonValueKind.Array && list.Count == expected.GetArrayLength()
            && Enumerable.Range(0, list.Count).All(i => Same(list[i], expected[i])),
        YamlScalar { IsNull: true } => expected.ValueKind == JsonValueKind.Null,
        YamlScalar scalar when scalar.TryGetBool(out bool flag) =>
            expected.ValueKind == (flag ? JsonValueKind.True : JsonValueKind.False),
        YamlScalar scalar when scalar.TryGetLong(out long whole) =>
            expected.ValueKind == JsonValueKind.Number && expected.TryGetInt64(out long number) && whole == number,
        YamlScalar scalar when scalar.TryGetDouble(out double number) =>
            expected.ValueKind == JsonValueKind.Number && number == expected.GetDouble(),
        YamlScalar scalar => expected.ValueKind == JsonValueKind.String && scalar.Text == expected.GetString(),
        _ => false,
    };

    private static void Expect(bool holds, SuiteCase each, string problem, List<string> wrong)
    {
        if (!holds)
        {
            wrong.Add(each.Id + ": " + problem);
        }
    }
}
