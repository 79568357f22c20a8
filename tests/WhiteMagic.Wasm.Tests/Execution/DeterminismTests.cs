using System;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Execution;

/// <summary>The same module does the same, in another store and after a reset, whatever it did before.</summary>
public sealed class DeterminismTests(ITestOutputHelper output)
{
    private const int Seed = 20261127;

    [Fact]
    public void Run_RandomModulesAgain_GivesTheSameForTheSameFuel()
    {
        int count = Environment.GetEnvironmentVariable("WM_FULL") == "1" ? 10_000 : 500;
        var random = new RandomModule(new Random(Seed));
        int changed = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] module = random.Next();
            WasmInstance instance = DifferentialTests.Instance(module);
            string first = Outcome(instance);
            WasmInstance another = DifferentialTests.Instance(module);
            Same(first, Outcome(another));

            // Without a reset, what the first call left is there.
            changed += Outcome(another) == first ? 0 : 1;
            instance.Reset();
            Same(first, Outcome(instance));

            void Same(string expected, string found) => Assert.True(expected == found, $"module {i} of seed {Seed}: {expected}, then {found}: {Convert.ToBase64String(module)}");
        }

        output.WriteLine($"seed {Seed}: {count} modules run again, {changed} end otherwise without a reset");
        Assert.InRange(changed, count / 10, count);
    }

    [Fact]
    public void Run_OneModuleAThousandTimes_LeavesTheSameBytesForTheSameFuel()
    {
        WasmInstance instance = DifferentialTests.Instance(new RandomModule(new Random(Seed)).Next());
        string first = Outcome(instance);
        for (int i = 0; i < 1000; i++)
        {
            instance.Reset();
            Assert.Equal(first, Outcome(instance));
        }
    }

    private static string Outcome(WasmInstance instance)
    {
        string outcome = DifferentialTests.Run(instance);
        return $"{outcome}, {instance.Store.FuelUsed} of fuel";
    }
}
