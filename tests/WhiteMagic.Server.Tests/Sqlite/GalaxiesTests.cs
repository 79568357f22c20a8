using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class GalaxiesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_MakesAGalaxyOfItsOwn()
    {
        using var bench = new Bench(_folder.Path);
        bench.Add("in default");
        bench.Galaxies.Create("work-2_b", "things of work", Bench.Permit(tool: "galaxy_create"));
        IGalaxyStore work = bench.Galaxies.Open("work-2_b");
        Assert.Empty(work.List(new MemoryFilter(), 10).Memories);
        work.Create(new MemoryDraft { Content = "in work" }, Bench.Permit());
        Assert.Equal("in work", Assert.Single(work.List(new MemoryFilter(), 10).Memories).Content);
        Assert.Equal("in default", Assert.Single(bench.Store.List(new MemoryFilter(), 10).Memories).Content);
        Assert.Equal([new GalaxyInfo("default", "", 1, null), new GalaxyInfo("work-2_b", "things of work", 1, null)], bench.Galaxies.List());
        Assert.Equal(["galaxy_create", "create_memory"], bench.Entries("work-2_b").Select(e => e.Tool));
        Assert.Equal(ErrorCode.Conflict, Assert.Throws<FailureException>(() => bench.Galaxies.Create("work-2_b", "", Bench.Permit())).Code);
        Assert.Equal(ErrorCode.Conflict, Assert.Throws<FailureException>(() => bench.Galaxies.Create("default", "", Bench.Permit())).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("CON")]
    [InlineData("-a")]
    [InlineData("_a")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("a\0")]
    [InlineData("gäläxy")]
    [InlineData("٣")]
    [InlineData("😀")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void Name_ThatIsHostile_IsRefusedEverywhere(string name)
    {
        using var bench = new Bench(_folder.Path);
        foreach (Action act in new Action[] { () => bench.Galaxies.Open(name), () => bench.Galaxies.Create(name, "", Bench.Permit()), () => bench.Galaxies.SetActive(name), () => new Bench(_folder.Path, galaxy: name).Dispose() })
        {
            FailureException failure = Assert.Throws<FailureException>(act);
            Assert.Equal(ErrorCode.InvalidParams, failure.Code);
            Assert.Contains(GalaxyName.Allowed, failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Name_OfTheGreatestLength_IsAllowed()
    {
        using var bench = new Bench(_folder.Path);
        string name = new('a', 64);
        bench.Galaxies.Create(name, "", Bench.Permit());
        Assert.Equal(name, bench.Galaxies.Open(name).Name);
    }

    [Fact]
    public void Open_OfAGalaxyThatIsNotThere_MakesNothing()
    {
        using var bench = new Bench(_folder.Path);
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<FailureException>(() => bench.Galaxies.Open("absent")).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Active_IsReadOnceAtTheStart()
    {
        using var first = new Bench(_folder.Path);
        Assert.Equal("default", first.Galaxies.Active);
        first.Galaxies.Create("other", "", Bench.Permit());
        first.Galaxies.SetActive("other");
        Assert.Equal("default", first.Galaxies.Active);
        using var second = new Bench(_folder.Path);
        Assert.Equal("other", second.Galaxies.Active);
        using var third = new Bench(_folder.Path, galaxy: "default");
        Assert.Equal("default", third.Galaxies.Active);
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<FailureException>(() => first.Galaxies.SetActive("absent")).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"active\":5}")]
    [InlineData("{\"active\":\"../x\"}")]
    [InlineData("{\"active\":\"\\ud800\"}")]
    public void Active_OfADamagedFile_IsAClearErrorAndNotAGuess(string json)
    {
        File.WriteAllText(_folder.File("galaxies.json"), json);
        using var bench = new Bench(_folder.Path);
        FailureException failure = Assert.Throws<FailureException>(() => bench.Galaxies.Active);
        Assert.Equal(ErrorCode.StorageCorrupt, failure.Code);
        Assert.Contains("galaxies.json", failure.Message, StringComparison.Ordinal);
        bench.Add("calls that name their galaxy go on");
    }

    [Fact]
    public void List_WithADamagedGalaxy_SaysSoAndListsTheOthers()
    {
        using var bench = new Bench(_folder.Path);
        bench.Galaxies.Create("bad", "", Bench.Permit());
        bench.Galaxies.Create("good", "", Bench.Permit());
        File.WriteAllText(SqliteGalaxies.PathOf(_folder.Path, "bad"), "not a database at all");
        var list = bench.Galaxies.List();
        Assert.Equal(["default", "bad", "good"], list.Select(g => g.Name));
        Assert.StartsWith("storage_corrupt", list[1].Problem, StringComparison.Ordinal);
        Assert.Null(list[1].MemoryCount);
        Assert.Equal(0, list[2].MemoryCount);
    }

    [Fact]
    public void List_AfterAWithdrawnCall_ReadsEveryGalaxy()
    {
        using var bench = new Bench(_folder.Path);
        using (IImportSession session = bench.Store.BeginImport(Bench.Permit(tool: "import_memories")))
        {
            for (int i = 0; i < 3000; i++)
            {
                session.Add(new MemoryDraft { Content = $"m{i}" });
            }

            session.Commit();
        }

        bench.Store.Bound(TimeSpan.FromSeconds(30), () => true);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal([new GalaxyInfo("default", "", 3000, null)], bench.Galaxies.List());
        }
    }

    [Fact]
    public void Open_OfMoreGalaxiesThanAreKept_LosesNothingPending()
    {
        using var bench = new Bench(_folder.Path);
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"g{i}")];
        foreach (string name in names)
        {
            bench.Galaxies.Create(name, "", Bench.Permit());
            bench.Galaxies.Open(name).Ledger.Queue(Bench.Deed(Effect.Read, "gnosis"), "", 1, "ok", []);
        }

        bench.Galaxies.FlushPending();
        Assert.All(names, name => Assert.Equal(["create_memory", "gnosis"], bench.Entries(name).Select(e => e.Tool)));
    }

    [Fact]
    public void Migration_BacksUpFirstAndKeepsEverything()
    {
        using (var old = new Bench(_folder.Path))
        {
            old.Add("kept");
        }

        Migrations next = Migrations.Built.With("a further table", "CREATE TABLE further(a INTEGER) STRICT");
        using (var bench = new Bench(_folder.Path, migrations: next))
        {
            Assert.Equal(next.Newest, bench.Store.Facts().SchemaVersion);
            Assert.Equal("kept", Assert.Single(bench.Store.List(new MemoryFilter(), 10).Memories).Content);
            bench.Add("and goes on");
        }

        string backup = Assert.Single(Directory.GetFiles(_folder.File("backups")));
        Assert.StartsWith($"default-schema{Migrations.Built.Newest}-", Path.GetFileName(backup), StringComparison.Ordinal);
        using Connection copy = Connection.Open(backup, Connection.Mode.ReadOnly, 1000);
        Assert.Equal("kept", copy.ScalarText("SELECT content FROM memories"));
        Assert.Equal(Migrations.Built.Newest, copy.ScalarInt64("SELECT max(version) FROM schema_version"));

        using var older = new Bench(_folder.Path);
        FailureException failure = Assert.Throws<FailureException>(() => older.Store.Facts());
        Assert.Equal(ErrorCode.StorageNewer, failure.Code);
        Assert.Contains($"has schema {next.Newest}, and this wm knows schemas up to {Migrations.Built.Newest}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migration_ThatFails_LeavesTheOldSchema()
    {
        using (var old = new Bench(_folder.Path))
        {
            old.Add("kept");
        }

        using (var broken = new Bench(_folder.Path, migrations: Migrations.Built.With("broken", "CREATE TABLE further(a INTEGER) STRICT; INSERT INTO absent VALUES(1)")))
        {
            Assert.Throws<FailureException>(() => broken.Store.Facts());
        }

        using var bench = new Bench(_folder.Path);
        Assert.Equal(Migrations.Built.Newest, bench.Store.Facts().SchemaVersion);
        using Connection raw = bench.Raw();
        Assert.Equal(0, raw.ScalarInt64("SELECT count(*) FROM sqlite_schema WHERE name = 'further'"));
    }

    [Fact]
    public void Migration_OfTwoAtOnce_HappensOnce()
    {
        for (int round = 0; round < Runs.Of(5, 50); round++)
        {
            string root = _folder.File("r" + round);
            using (var old = new Bench(root))
            {
                old.Add("kept");
            }

            Migrations next = Migrations.Built.With("a further table", "CREATE TABLE further(a INTEGER) STRICT");
            System.Threading.Tasks.Parallel.For(0, 4, _ =>
            {
                using var bench = new Bench(root, migrations: next);
                Assert.Equal(next.Newest, bench.Store.Facts().SchemaVersion);
            });
        }
    }

    [Fact]
    public void Stores_InManyThreads_LoseNothing()
    {
        int threads = 4;
        int writes = Runs.Of(60, 200);
        System.Threading.Tasks.Parallel.For(0, threads, new System.Threading.Tasks.ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
        {
            using var bench = new Bench(_folder.Path, busyTimeoutMs: 30_000);
            for (int i = 0; i < writes; i++)
            {
                bench.Add($"thread {t} memory {i}");
            }
        });
        using var all = new Bench(_folder.Path);
        Assert.Equal(threads * writes, all.Store.Facts().Live);
        var verdict = WhiteMagic.Governance.Karma.KarmaVerifier.Verify(all.Store.Ledger);
        Assert.Null(verdict.Problem);
        Assert.Equal(threads * writes, verdict.Entries);
    }

    [Fact]
    public void Store_ThatAnotherKeepsLocked_IsBusyAndSaysSo()
    {
        using var bench = new Bench(_folder.Path, busyTimeoutMs: 50);
        bench.Add("first");
        using (Connection raw = bench.Raw())
        {
            raw.Execute("BEGIN IMMEDIATE");
            FailureException failure = Assert.Throws<FailureException>(() => bench.Add("second"));
            Assert.Equal(ErrorCode.StorageBusy, failure.Code);
            Assert.True(failure.Retryable);
            Assert.Single(bench.Store.List(new MemoryFilter(), 10).Memories);
            raw.Execute("ROLLBACK");
        }

        bench.Add("second");
        Assert.Equal(2, bench.Store.Facts().Live);
    }

    [Fact]
    public void Write_WithdrawnWhileAnotherHoldsTheLock_IsGivenUpAtOnce()
    {
        using var bench = new Bench(busyTimeoutMs: 60_000);
        bench.Add("first");
        using Connection other = bench.Raw();
        other.Execute("BEGIN IMMEDIATE");
        long start = Stopwatch.GetTimestamp();
        bench.Store.Bound(null, () => Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(50));
        Assert.Equal(ErrorCode.StorageBusy, Assert.Throws<FailureException>(() => bench.Add("second")).Code);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10));
        other.Execute("COMMIT");
        bench.Store.Bound(null, null);
        bench.Add("second");
    }

    [Fact]
    public void Write_WhileAnotherHoldsTheLock_WaitsAsLongAsAllowed()
    {
        using var bench = new Bench(busyTimeoutMs: 300);
        bench.Add("first");
        using Connection other = bench.Raw();
        other.Execute("BEGIN IMMEDIATE");
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(ErrorCode.StorageBusy, Assert.Throws<FailureException>(() => bench.Add("second")).Code);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(10));
    }
}
