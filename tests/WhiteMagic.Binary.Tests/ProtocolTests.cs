using System;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

public sealed class ProtocolTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public Task Stdio_BothEras_KeepsEveryMustAndEveryShould() =>
        Instrument.WithPackagesShouldPassAsync("stdio-conform.mjs", Instrument.Map, Limit);

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public Task ConformanceSuite_RequiredSetThroughTheBridge_FailsOnlyWhatTheToolsOnlyBaselineLists(string revision) =>
        Instrument.WithPackagesShouldPassAsync("conformance.mjs", ["--requirements", revision], Limit);
}
