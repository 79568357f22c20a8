using System;
using System.Collections.Generic;
using System.Linq;

namespace WhiteMagic.Wasm.Tests.Suite;

public sealed class OfficialSuiteTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, int> _assertions = new(StringComparer.Ordinal)
    {
        ["assert_return"] = 21_361,
        ["assert_trap"] = 2_354,
        ["assert_invalid"] = 1_475,
        ["assert_malformed"] = 736,
        ["assert_unlinkable"] = 83,
        ["assert_uninstantiable"] = 34,
        ["assert_exhaustion"] = 15,
    };

    [Fact]
    public void EveryAssertionOfTheOfficialSuite_Holds()
    {
        IReadOnlyList<SuiteScript> scripts = SuiteScript.All(out string? whyNot);
        Assert.SkipWhen(whyNot is not null, whyNot ?? "");
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var differences = new List<string>();
        foreach (SuiteScript script in scripts)
        {
            var runner = new SuiteRunner(script);
            runner.Run();
            differences.AddRange(runner.Differences);
            int assertions = 0;
            foreach ((string type, int count) in runner.Counts)
            {
                counts[type] = counts.GetValueOrDefault(type) + count;
                assertions += type.StartsWith("assert_", StringComparison.Ordinal) ? count : 0;
            }

            output.WriteLine($"{assertions,5} assertions, {runner.Differences.Count} differences: {script.Name}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(100))}");
        foreach ((string type, int count) in _assertions)
        {
            Assert.Equal((type, count), (type, counts[type]));
        }

        output.WriteLine($"{_assertions.Values.Sum()} assertions hold");
    }
}
