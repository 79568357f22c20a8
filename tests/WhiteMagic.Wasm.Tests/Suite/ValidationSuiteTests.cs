using System;
using System.Collections.Generic;
using System.Linq;

namespace WhiteMagic.Wasm.Tests.Suite;

public sealed class ValidationSuiteTests(ITestOutputHelper output)
{
    private const int ModuleCount = 3453;

    // Two bodies are wrong in two ways each: a reader that decodes all before it validates comes to the other one first.
    private static readonly Dictionary<string, (WasmProblem, string)> _otherwise = new(StringComparer.Ordinal)
    {
        ["binary:1817"] = (WasmProblem.Invalid, "unknown type"),
        ["select:324"] = (WasmProblem.Invalid, "type mismatch"),
    };

    [Fact]
    public void Parse_EveryModuleOfTheOfficialSuite_IsReadOrRefusedAsItSays()
    {
        IReadOnlyList<SuiteScript> scripts = SuiteScript.All(out string? whyNot);
        Assert.SkipWhen(whyNot is not null, whyNot ?? "");
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (SuiteScript script in scripts)
        {
            foreach (SuiteCommand command in script.Commands.Where(c => c.Module is not null))
            {
                counts[command.Type] = counts.GetValueOrDefault(command.Type) + 1;
                if (Difference(script, command) is { } difference)
                {
                    wrong.Add($"{script.Name}:{command.Line} {command.Type} \"{command.Text}\": {difference}");
                }
            }
        }

        output.WriteLine(string.Join('\n', counts.Select(count => $"{count.Value,5} {count.Key}")));
        Assert.True(wrong.Count == 0, $"{wrong.Count} differences:\n{string.Join('\n', wrong)}");
        Assert.Equal(ModuleCount, counts.Values.Sum());
    }

    private static string? Difference(SuiteScript script, SuiteCommand command)
    {
        WasmProblem? expected = command.Type switch
        {
            "module" or "assert_unlinkable" or "assert_uninstantiable" => null,
            "assert_invalid" => WasmProblem.Invalid,
            "assert_malformed" => WasmProblem.Malformed,
            _ => throw new InvalidOperationException($"a command that this runner does not know: {command.Type}"),
        };
        string words = command.Text;
        if (_otherwise.TryGetValue($"{script.Name}:{command.Line}", out (WasmProblem Problem, string Words) other))
        {
            (expected, words) = other;
        }

        try
        {
            WasmModule.Parse(command.Module);
            return expected is null ? null : "accepted";
        }
        catch (WasmFormatException e)
        {
            // What is no module breaks off where a reader happens to look: its words are not compared.
            bool saysSo = expected == WasmProblem.Malformed || e.Reason.StartsWith(words, StringComparison.Ordinal);
            return e.Problem == expected && saysSo ? null : $"{e.Problem}: {e.Message}";
        }
    }
}
