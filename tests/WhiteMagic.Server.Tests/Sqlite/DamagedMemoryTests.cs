using System;
using System.Linq;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;
using WhiteMagic.Sqlite.Search;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class DamagedMemoryTests : IDisposable
{
    private const string Needle = "Needlesharp";
    private const string Text = "the " + Needle + " in the haystack";

    private static readonly MemoryFilter _all = new();

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryId _id;
    private readonly Bench _bench;

    public DamagedMemoryTests()
    {
        string path;
        using (var bench = new Bench(_folder.Path))
        {
            bench.Add("an older haystack", tags: ["a"]);
            _id = bench.Add(Text, "title", ["a"], metadata: """{"k":1}""", speaker: "p");
            bench.Add("a younger haystack", tags: ["a"]);
            path = bench.DatabasePath;
        }

        Damage.FlipBit(path, Needle + " in the haystack");
        _bench = new Bench(_folder.Path);
    }

    private IGalaxyStore Store => _bench.Store;

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Find_OfADamagedMemory_FailsWithItsId()
    {
        FailureException failure = Assert.Throws<FailureException>(() => Store.Find(_id));
        Assert.Equal(ErrorCode.StorageCorrupt, failure.Code);
        Assert.Contains(_id.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains("purge", failure.Hint, StringComparison.Ordinal);
        AssertIsMarked(Store.Find(_id, evenDamaged: true)!);
    }

    [Fact]
    public void Reads_OfSeveral_MarkTheDamagedOneAndGiveTheOthers()
    {
        Assert.Equal([false, true, false], Store.List(_all, 10).Memories.Select(m => m.IsDamaged));
        AssertIsMarked(Store.List(_all, 10).Memories[1]);
        Assert.Equal(3, Store.Search("haystack", _all, 10).Count);
        AssertIsMarked(Assert.Single(Store.Search("haystack", _all, 10), hit => hit.Memory.IsDamaged).Memory);
        int read = 0;
        Store.ReadAll(_all, memory =>
        {
            read += memory.IsDamaged ? 100 : 1;
            return true;
        });
        Assert.Equal(102, read);
        Assert.Equal([_id], Store.Damaged());
        Assert.Equal([_id], Store.Damaged());
    }

    [Fact]
    public void Export_LeavesItOutAndNamesIt()
    {
        ExportReport report = Exporter.Export(Store, _folder.File("out.jsonl"), new ExportOptions());
        Assert.Equal(2, report.Count);
        Assert.Equal([_id], report.Damaged);
    }

    [Fact]
    public void Purge_OfADamagedMemory_LeavesNoByteOfIt()
    {
        Assert.Equal(PurgeState.Erased, Store.Purge(_id, Bench.Permit(Effect.Delete)).State);
        Assert.Null(Store.Find(_id, includeDeleted: true));
        Assert.Empty(Store.Damaged());
        foreach (string text in (string[])[Needle[1..], Needle.ToLowerInvariant()[..^2]])
        {
            Assert.False(Damage.Holds(_folder.Path, text), text);
        }

        AssertIndexIsRight(2);
    }

    [Fact]
    public void DeleteAndRestore_OfADamagedMemory_Work()
    {
        Store.Delete(_id, Bench.Permit(Effect.Delete));
        Assert.Null(Store.Find(_id));
        AssertIndexIsRight(2);
        Assert.True(Store.Restore(_id, Bench.Permit()));
        AssertIsMarked(Store.Find(_id, evenDamaged: true)!);
        AssertIndexIsRight(3);
    }

    [Fact]
    public void Update_WithoutContent_IsRefusedAndWithContentHeals()
    {
        Assert.Equal(ErrorCode.StorageCorrupt, Assert.Throws<FailureException>(() => Store.Update(_id, new MemoryPatch { Title = "t" }, null, Bench.Permit())).Code);
        Assert.Equal(2, Store.Update(_id, new MemoryPatch { Content = "another haystack" }, null, Bench.Permit()));
        Assert.Equal("another haystack", Store.Find(_id)!.Content);
        Assert.Empty(Store.Damaged());
        Assert.Empty(Store.Search(Needle, _all, 10));
        AssertIndexIsRight(3);
    }

    [Fact]
    public void Create_OfTheSameText_HealsIt()
    {
        CreateOutcome again = _bench.Create(new MemoryDraft { Content = Text, Speaker = "p" });
        Assert.Equal((_id, false), (again.Id, again.Created));
        MemoryRecord healed = Store.Find(_id)!;
        Assert.Equal((Text, "title", """{"k":1}"""), (healed.Content, healed.Title, healed.Metadata));
        Assert.Empty(Store.Damaged());
        Assert.Equal(_id, Assert.Single(Store.Search(Needle, _all, 10)).Memory.Id);
        AssertIndexIsRight(3);
    }

    private static void AssertIsMarked(MemoryRecord memory)
    {
        Assert.True(memory.IsDamaged);
        Assert.Equal("", memory.Content);
    }

    private void AssertIndexIsRight(int found)
    {
        Assert.Equal(found, Store.Search("haystack", _all, 10).Count);
        using Connection raw = _bench.Raw();
        Assert.Equal(0, SearchCheck.CountWrong(raw));
        Assert.Equal("ok", raw.ScalarText("PRAGMA integrity_check"));
    }
}
