using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Memory;

public sealed class PackOrderTests : IDisposable
{
    private static readonly MemoryFilter _all = new();

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Of_NearRepetitions_KeepsTheNewestInTheBetterPlace()
    {
        MemoryId older = Add("The nightly backup of the billing database runs at two in the morning on host atlas.", day: 1);
        MemoryId other = Add("Invoices are sent from the billing queue.", day: 2);
        MemoryId newer = Add("The nightly backup of the billing database runs at two in the morning on host atlas!", day: 3);
        List<MemoryId> order = Order("nightly backup of the billing database");
        Assert.Equal(newer, order[0]);
        Assert.Contains(other, order);
        Assert.DoesNotContain(older, order);
    }

    [Fact]
    public void Of_MemoriesThatDisagree_PutsTheNewerFirst()
    {
        MemoryId older = Add("The billing API listens on port 8080. The billing API listens behind nginx.", day: 1);
        MemoryId newer = Add("The billing API listens on port 9443, behind nginx now", day: 9);
        Assert.Equal([newer, older], Order("billing API port 8080"));
        Assert.Equal(older, _bench.Store.Search("billing API port 8080", _all, 5)[0].Memory.Id);
    }

    [Fact]
    public void Of_AReplacedMemory_ComesAfterItsSuccessorWhateverTheWords()
    {
        MemoryId older = Add("Deploy with the script deploy.sh on fridays", day: 9);
        MemoryId newer = _bench.Create(new MemoryDraft { Content = "Releases go through the pipeline; the deploy script is gone", Supersedes = [older], EventTimeMs = 1 }).Id;
        Assert.Equal([newer, older], Order("deploy script fridays"));
        var pack = new Pack(500);
        foreach (SearchHit hit in PackOrder.Of(_bench.Store.Search("deploy script fridays", _all, 5)))
        {
            pack.Add(hit.Memory, hit.Snippet);
        }

        Assert.Contains("superseded by " + newer, pack.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_NeverRepeatsItself()
    {
        var pack = new Pack(2000);
        Add("The cache of the search page is emptied every hour by a timer in the worker.", day: 1);
        Add("The cache of the search page is emptied every hour by a timer in the worker", day: 2);
        Assert.Equal([true, false], _bench.Store.List(_all, 5).Memories.Select(m => pack.Add(m)));
        Assert.False(pack.IsTruncated);
    }

    private MemoryId Add(string content, int day) => _bench.Create(new MemoryDraft { Content = content, EventTimeMs = _bench.Time.NowMs + (day * 86_400_000L) }).Id;

    private List<MemoryId> Order(string query) => [.. PackOrder.Of(_bench.Store.Search(query, _all, 10)).Select(h => h.Memory.Id)];
}
