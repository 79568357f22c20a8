using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

public sealed class RecallQualityTests
{
    /// <summary>
    /// nDCG@10. Plain FTS5 (porter, OR, stop words dropped) measures 0.4641 on the five conversations and 0.4507 on
    /// conv-26 alone; the floor of the one conversation lies as far below its figure as the floor of the five.
    /// </summary>
    [Fact]
    public Task LoCoMoDevHalf_EndToEnd_ReachesItsFloor()
    {
        string data = Repository.SharedOrSkip("retrieval/dev");
        string[] scope = Budget.IsFull ? ["--floor", "0.455"] : ["--only", "conv-26", "--floor", "0.441"];
        return Instrument.ShouldPassAsync("locomo.mjs", ["--data", data, "--cats", .. scope], Budget.Time(120, 600));
    }

    /// <summary>On conv-26 hybrid_recall is held to the floor of search_memories: it must not rank worse.</summary>
    [Fact]
    public Task HybridRecall_OnLoCoMo_ReachesTheFloorOfSearch()
    {
        string data = Repository.SharedOrSkip("retrieval/dev");
        string[] scope = Budget.IsFull ? ["--floor", "0.455"] : ["--only", "conv-26", "--floor", "0.441"];
        return Instrument.ShouldPassAsync("locomo.mjs", ["--data", data, "--tool", "hybrid_recall", .. scope], Budget.Time(120, 600));
    }
}
