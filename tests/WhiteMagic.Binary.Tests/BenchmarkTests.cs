using System;
using System.Globalization;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

public sealed class BenchmarkTests
{
    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public Task Benchmark_OfOneEra_HasNoErrorNoMissAndKeepsItsWritesAcrossARestart(string era) =>
        Instrument.ShouldPassAsync("mcpbench.mjs", [.. Instrument.Map, "--check", "--era", era, "--cold", "5", "--preload", "50", "--n", Count], TimeSpan.FromMinutes(4));

    private static string Count => Budget.Of(reduced: 100, full: 500).ToString(CultureInfo.InvariantCulture);
}
