using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class MemoryStoreTests : IDisposable
{
    private static readonly MemoryFilter _all = new();

    private readonly Bench _bench = new();

    private IGalaxyStore Store => _bench.Store;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Create_EveryField_IsReadBack()
    {
        CreateOutcome made = _bench.Create(new MemoryDraft
        {
            Content = "Ünïcode 😀 \0 text\nline",
            Title = "A title",
            Tags = ["Q\"uote", "back\\slash", "b,c", "[x]"],
            Type = MemoryType.Decision,
            Importance = 0.25,
            EventTimeMs = -5,
            SessionId = "s",
            Speaker = "p",
            Source = "o",
            Metadata = """{"a":[1,"é"]}""",
        });
        Assert.True(made.Created);
        MemoryRecord memory = Store.Find(made.Id)!;
        Assert.Equal("Ünïcode 😀 \0 text\nline", memory.Content);
        Assert.Equal("A title", memory.Title);
        Assert.Equal(["[x]", "b,c", "back\\slash", "q\"uote"], memory.Tags);
        Assert.Equal((MemoryType.Decision, 0.25, -5L, 1L, 0L), (memory.Type, memory.Importance, memory.EventTimeMs, memory.Version, memory.AccessCount));
        Assert.Equal(("s", "p", "o", """{"a":[1,"é"]}"""), (memory.SessionId, memory.Speaker, memory.Source, memory.Metadata));
        Assert.Equal((_bench.Time.NowMs, _bench.Time.NowMs), (memory.CreatedAtMs, memory.UpdatedAtMs));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(memory.Content))), memory.ContentHash);
        Assert.Null(memory.DeletedAtMs);
        Assert.Null(memory.SupersededBy);
    }

    [Fact]
    public void Create_WithoutTimes_HappensNow() => Assert.Equal(_bench.Time.NowMs + 1, Store.Find(_bench.Add("x"))!.EventTimeMs);

    [Fact]
    public void Update_ChangesOnlyWhatIsGiven()
    {
        MemoryId id = _bench.Add("old text", "title", ["a"], MemoryType.Fact, "s", "p", 7, """{"a":1}""", "o");
        _bench.Time.NowMs += 1000;
        Assert.Equal(2, Update(id, new MemoryPatch { Content = "newer text" }));
        MemoryRecord memory = Store.Find(id)!;
        Assert.Equal(("newer text", "title", "s", "p", "o", """{"a":1}""", 7L, 2L), (memory.Content, memory.Title, memory.SessionId, memory.Speaker, memory.Source, memory.Metadata, memory.EventTimeMs, memory.Version));
        Assert.Equal(_bench.Time.NowMs, memory.UpdatedAtMs);
        Assert.Equal(_bench.Time.NowMs - 1000, memory.CreatedAtMs);
        Assert.Equal(3, Update(id, new MemoryPatch { Title = "", Tags = [], SessionId = "", Speaker = "", Source = "", Metadata = "{}" }));
        memory = Store.Find(id)!;
        Assert.Equal(("newer text", "", null, null, null, null), (memory.Content, memory.Title, memory.SessionId, memory.Speaker, memory.Source, memory.Metadata));
        Assert.Empty(memory.Tags);
        Assert.Empty(Store.Search("old", _all, 10));
        Assert.Single(Store.Search("newer", _all, 10));
        Assert.Empty(Store.List(new MemoryFilter { Tags = ["a"] }, 10).Memories);
    }

    [Fact]
    public void Update_WithAnotherVersion_IsAConflictThatChangesNothing()
    {
        MemoryId id = _bench.Add("text");
        Update(id, new MemoryPatch { Title = "one" }, 1);
        FailureException failure = Assert.Throws<FailureException>(() => Update(id, new MemoryPatch { Title = "two" }, 1));
        Assert.Equal(ErrorCode.Conflict, failure.Code);
        Assert.Contains("has version 2, expected_version was 1", failure.Message, StringComparison.Ordinal);
        Assert.Equal("one", Store.Find(id)!.Title);
        Assert.Equal(2, _bench.Entries().Count);
    }

    [Fact]
    public void Delete_LeavesATombstoneThatRestoreUndoes()
    {
        MemoryId id = _bench.Add("the walrus", tags: ["t"]);
        Delete(id);
        Assert.Null(Store.Find(id));
        Assert.Equal(_bench.Time.NowMs, Store.Find(id, includeDeleted: true)!.DeletedAtMs);
        Assert.Empty(Store.Search("walrus", new MemoryFilter { IncludeDeleted = true }, 10));
        Assert.Empty(Store.List(_all, 10).Memories);
        Assert.Single(Store.List(new MemoryFilter { IncludeDeleted = true }, 10).Memories);
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<FailureException>(() => Delete(id)).Code);
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<FailureException>(() => Update(id, new MemoryPatch { Title = "x" })).Code);
        Assert.True(Restore(id));
        Assert.False(Restore(id));
        Assert.Single(Store.Search("walrus", _all, 10));
        Assert.Equal([1, 1, 1, 0], _bench.Entries().Select(e => e.Changed));
    }

    [Fact]
    public void Unknown_Memory_IsNotFoundByName()
    {
        MemoryId id = MemoryId.Create(5, _bench.Fill);
        foreach (Action act in new Action[] { () => Delete(id), () => Purge(id), () => Restore(id), () => Update(id, new MemoryPatch { Title = "x" }) })
        {
            FailureException failure = Assert.Throws<FailureException>(act);
            Assert.Equal(ErrorCode.NotFound, failure.Code);
            Assert.Contains(id.ToString(), failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_bench.Entries());
    }

    [Fact]
    public void Repetition_ReinforcesTheFirst()
    {
        MemoryId id = _bench.Add("same", "first", ["a"], session: "s", speaker: "p");
        CreateOutcome again = _bench.Create(new MemoryDraft { Content = "same", Title = "second", Tags = ["b", "a"], Importance = 0.9, SessionId = "s", Speaker = "p", Type = MemoryType.Fact });
        Assert.Equal((id, false, 1L), (again.Id, again.Created, again.Version));
        MemoryRecord memory = Store.Find(id)!;
        Assert.Equal(("first", 0.9, MemoryType.Note), (memory.Title, memory.Importance, memory.Type));
        Assert.Equal(["a", "b"], memory.Tags);
        Assert.False(_bench.Create(new MemoryDraft { Content = "same", Importance = 0.1, SessionId = "s", Speaker = "p" }).Created);
        Assert.Equal(0.9, Store.Find(id)!.Importance);
        Assert.Equal([1, 1, 1], _bench.Entries().Select(e => e.Changed));
        Assert.Single(Store.List(new MemoryFilter { Tags = ["b"] }, 10).Memories);
        Assert.True(_bench.Create(new MemoryDraft { Content = "same", SessionId = "s" }).Created);
        Assert.True(_bench.Create(new MemoryDraft { Content = "same", Speaker = "p" }).Created);
        Assert.True(_bench.Create(new MemoryDraft { Content = "Same", SessionId = "s", Speaker = "p" }).Created);
    }

    [Fact]
    public void Repetition_OfATombstone_IsANewMemoryAndBothMayLive()
    {
        MemoryId first = _bench.Add("same");
        Delete(first);
        MemoryId second = _bench.Add("same");
        Assert.NotEqual(first, second);
        Assert.True(Restore(first));
        Assert.Equal(2, Store.List(_all, 10).Memories.Count);
        CreateOutcome third = _bench.Create(new MemoryDraft { Content = "same" });
        Assert.False(third.Created);
        Delete(third.Id);
        Assert.False(_bench.Create(new MemoryDraft { Content = "same" }).Created);
        Delete(third.Id == first ? second : first);
        Assert.True(_bench.Create(new MemoryDraft { Content = "same" }).Created);
    }

    [Fact]
    public void Update_IntoAnExistingText_IsAllowed()
    {
        MemoryId first = _bench.Add("one");
        MemoryId second = _bench.Add("two");
        MemoryId third = _bench.Add("three");
        Update(second, new MemoryPatch { Content = "one" });
        Update(third, new MemoryPatch { Content = "one" });
        Update(second, new MemoryPatch { Title = "again" });
        Assert.Equal(3, Store.Search("one", _all, 10).Count);
        Delete(first);
        Assert.Equal(second, _bench.Create(new MemoryDraft { Content = "one" }).Id);
        Delete(second);
        Assert.Equal(third, _bench.Create(new MemoryDraft { Content = "one" }).Id);
        Assert.True(Restore(first));
        Assert.True(Restore(second));
    }

    [Fact]
    public void Supersedes_MarksTheOlder()
    {
        MemoryId older = _bench.Add("old");
        CreateOutcome newer = _bench.Create(new MemoryDraft { Content = "new", Supersedes = [older] });
        Assert.Equal(newer.Id, Store.Find(older)!.SupersededBy);
        Assert.Equal(2, _bench.Entries()[^1].Changed);
        var unknown = MemoryId.Create(9, _bench.Fill);
        FailureException failure = Assert.Throws<FailureException>(() => _bench.Create(new MemoryDraft { Content = "third", Supersedes = [older, unknown] }));
        Assert.Equal(ErrorCode.InvalidParams, failure.Code);
        Assert.Contains($"supersedes names {unknown}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, Store.List(_all, 10).Memories.Count);
        Assert.Equal(newer.Id, Store.Find(older)!.SupersededBy);
        Purge(newer.Id);
        Assert.Null(Store.Find(older)!.SupersededBy);
    }

    [Fact]
    public void Transaction_ThatThrows_LeavesNeitherEffectNorEntry()
    {
        _bench.Add("before");
        using (Connection raw = _bench.Raw())
        {
            raw.Execute("CREATE TRIGGER fault BEFORE INSERT ON karma_entries WHEN new.tool = 'create_memory' BEGIN SELECT RAISE(ABORT, 'fault'); END");
        }

        Assert.Throws<FailureException>(() => _bench.Add("lost"));
        Assert.Single(Store.List(_all, 10).Memories);
        Assert.Empty(Store.Search("lost", _all, 10));
        Assert.Single(_bench.Entries());
        using (Connection raw = _bench.Raw())
        {
            raw.Execute("DROP TRIGGER fault");
        }

        _bench.Add("after");
        Assert.Equal(2, KarmaVerifier.Verify(Store.Ledger).Entries);
    }

    [Fact]
    public void Pending_ReadsAndAccesses_ComeWithTheNextWrite()
    {
        MemoryId id = _bench.Add("text");
        QueueRead(id);
        QueueRead(id);
        Assert.Single(_bench.Entries());
        _bench.Add("other");
        Assert.Equal(["create_memory", "read_memory", "read_memory", "create_memory"], _bench.Entries().Select(e => e.Tool));
        MemoryRecord memory = Store.Find(id)!;
        Assert.Equal((2L, 1L), (memory.AccessCount, memory.Version));
        Assert.NotNull(memory.LastAccessedAtMs);
        QueueRead(id);
        Store.Ledger.FlushPending();
        Assert.Equal(5, _bench.Entries().Count);
        Assert.Equal(3, Store.Find(id)!.AccessCount);
        Assert.Equal(0, Store.Ledger.DroppedCount);
        Assert.Null(KarmaVerifier.Verify(Store.Ledger).Problem);
    }

    [Fact]
    public void Pending_AfterAFailedWrite_AreStillThere()
    {
        MemoryId id = _bench.Add("text");
        QueueRead(id);
        Assert.Throws<FailureException>(() => Update(id, new MemoryPatch { Title = "x" }, expectedVersion: 9));
        Store.Ledger.FlushPending();
        Assert.Equal(["create_memory", "read_memory"], _bench.Entries().Select(e => e.Tool));
        Assert.Equal(1, Store.Find(id)!.AccessCount);
    }

    [Fact]
    public void Pending_AfterAWithdrawnCall_AreWritten()
    {
        MemoryId id = _bench.Add("text");
        bool isCancelled = false;
        Store.Bound(TimeSpan.FromSeconds(30), () => isCancelled);
        for (int i = 0; i < 3000; i++)
        {
            QueueRead(id);
        }

        isCancelled = true;
        Store.Ledger.FlushPending();
        Store.Bound(null, null);
        Assert.Equal(0, Store.Ledger.DroppedCount);
        Assert.Equal(3001, _bench.Entries().Count);
    }

    [Fact]
    public void Pending_OnAReadOnlyStore_AreDroppedAndCounted()
    {
        MemoryId id = _bench.Add("text");
        _bench.Galaxies.Dispose();
        using var reader = new Bench(_bench.Root, readOnly: true);
        Assert.NotNull(reader.Store.Find(id));
        reader.Store.NoteAccess(id);
        reader.Store.Ledger.Queue(Bench.Deed(Effect.Read, "read_memory"), "", 1, "ok", id.ToBytes());
        reader.Store.Ledger.FlushPending();
        Assert.Equal(1, reader.Store.Ledger.DroppedCount);
        Assert.Single(reader.Entries());
        Assert.Equal(ErrorCode.StorageReadonly, Assert.Throws<FailureException>(() => reader.Add("no")).Code);
    }

    [Fact]
    public void ReadAll_WhoseVisitorThrows_LeavesNoSnapshotBehind()
    {
        MemoryId id = _bench.Add("one");
        _bench.Add("two");
        Assert.Throws<IOException>(() => Store.ReadAll(_all, _ => throw new IOException("full")));
        using (var other = new Bench(_bench.Root))
        {
            other.Add("three");
        }

        _bench.Add("four");
        Assert.Equal(PurgeState.Erased, Purge(id));
    }

    [Fact]
    public void Import_DraftThatIsRefused_LeavesTheOthersOfItsBatch()
    {
        using (IImportSession session = Store.BeginImport(Bench.Permit(tool: "import_memories")))
        {
            string[] tags = [.. Enumerable.Range(0, Limits.TagCount).Select(i => $"tag{i}")];
            Assert.Equal(ImportOutcome.Created, session.Add(new MemoryDraft { Content = "one", Tags = tags }));
            Assert.Equal(ErrorCode.TooLarge, Assert.Throws<FailureException>(() => session.Add(new MemoryDraft { Content = "one", Tags = ["one more"] })).Code);
            Assert.Equal(ImportOutcome.Created, session.Add(new MemoryDraft { Content = "two" }));
            Assert.Equal(ImportOutcome.Reinforced, session.Add(new MemoryDraft { Content = "one" }));
            session.Commit();
        }

        Assert.Equal(["two", "one"], Store.List(_all, 10).Memories.Select(m => m.Content).OrderDescending());
        KarmaEntry entry = Assert.Single(_bench.Entries());
        Assert.Equal(3, entry.Changed);
        Assert.Equal(3 * MemoryId.Bytes, entry.MemoryIds.Length);
    }

    [Fact]
    public void Import_DraftThatSupersedesAnUnknownMemory_IsStored()
    {
        using IImportSession session = Store.BeginImport(Bench.Permit(tool: "import_memories"));
        Assert.Equal(ImportOutcome.Created, session.Add(new MemoryDraft { Content = "newer", Supersedes = [MemoryId.Create(1, _bench.Fill)] }));
        session.Commit();
        Assert.Single(Store.List(_all, 10).Memories);
    }

    [Fact]
    public void Import_ThatIsNotCommitted_LeavesNothing()
    {
        using (IImportSession session = Store.BeginImport(Bench.Permit(tool: "import_memories")))
        {
            session.Add(new MemoryDraft { Content = "one" });
        }

        Assert.Empty(Store.List(_all, 10).Memories);
        Assert.Empty(_bench.Entries());
        _bench.Add("goes on");
    }

    [Fact]
    public void Facts_AreCounted()
    {
        MemoryId id = _bench.Add("one");
        _bench.Add("two");
        Delete(id);
        GalaxyFacts facts = Store.Facts();
        Assert.Equal((1L, 1L, 3L, 4L), (facts.Live, facts.Deleted, facts.LedgerEntries, facts.SchemaVersion));
        Assert.Equal(new FileInfo(_bench.DatabasePath).Length, facts.DatabaseBytes);
        Assert.Equal(new FileInfo(_bench.DatabasePath + "-wal").Length, facts.LogBytes);
    }

    private long Update(MemoryId id, MemoryPatch patch, long? expectedVersion = null) => Store.Update(id, patch, expectedVersion, Bench.Permit(tool: "update_memory"));

    private void Delete(MemoryId id) => Store.Delete(id, Bench.Permit(Effect.Delete, "delete_memory"));

    private PurgeState Purge(MemoryId id) => Store.Purge(id, Bench.Permit(Effect.Delete, "delete_memory")).State;

    private bool Restore(MemoryId id) => Store.Restore(id, Bench.Permit(tool: "restore_memory"));

    private void QueueRead(MemoryId id)
    {
        Store.NoteAccess(id);
        Store.Ledger.Queue(Bench.Deed(Effect.Read, "read_memory"), "", 1, "ok", id.ToBytes());
    }
}
