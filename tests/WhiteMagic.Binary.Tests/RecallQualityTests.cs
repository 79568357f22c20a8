using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>nDCG@10 on LoCoMo's development half, where plain FTS5 (porter, OR, stop words dropped) has 0.464. docs/recall.md has what is measured.</summary>
public sealed class RecallQualityTests
{
    [Theory]
    [InlineData("0.63")]
    [InlineData("0.61", "--pooled")]
    [InlineData("0.618", "--typos", "1")]
    public Task LoCoMoDevHalf_EndToEnd_ReachesItsFloor(string floor, params string[] how)
    {
        string data = Repository.SharedOrSkip("retrieval/dev");
        return Instrument.ShouldPassAsync("locomo.mjs", ["--data", data, "--cats", "--floor", floor, .. how], Budget.Time(120, 600));
    }

    /// <summary>hybrid_recall must not rank worse than search_memories.</summary>
    [Fact]
    public Task HybridRecall_OnLoCoMo_ReachesTheFloorOfSearch()
    {
        string data = Repository.SharedOrSkip("retrieval/dev");
        return Instrument.ShouldPassAsync("locomo.mjs", ["--data", data, "--tool", "hybrid_recall", "--floor", "0.63"], Budget.Time(120, 600));
    }
}
