using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class MissingStoreTests : IDisposable
{
    private static readonly MemoryFilter _all = new();

    private readonly TemporaryFolder _folder = new();

    private string Database => SqliteGalaxies.PathOf(_folder.Path, "default");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Default_WhoseDatabaseWasRemoved_IsMissingAndNotMadeAnew()
    {
        Fill();
        Remove(Database);
        using var bench = new Bench(_folder.Path);
        for (int i = 0; i < 2; i++)
        {
            AssertMissing(() => bench.Add("second"));
            AssertMissing(() => bench.Store.List(_all, 10));
        }

        Assert.StartsWith("storage_missing", bench.Galaxies.List()[0].Problem, StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
    }

    [Fact]
    public void Default_WhoseDatabaseIsAFolder_IsMissing()
    {
        Fill();
        Remove(Database);
        Directory.CreateDirectory(Database);
        using var bench = new Bench(_folder.Path);
        AssertMissing(() => bench.Add("second"));
        Directory.Delete(Database);
    }

    [Fact]
    public void Galaxy_WhoseDatabaseWasRemoved_IsListedAsMissing()
    {
        using (var bench = new Bench(_folder.Path))
        {
            bench.Galaxies.Create("work", "", Bench.Permit());
            bench.Galaxies.Open("work").Facts();
        }

        Remove(SqliteGalaxies.PathOf(_folder.Path, "work"));
        using var again = new Bench(_folder.Path);
        AssertMissing(() => again.Galaxies.Open("work").Facts());
        AssertMissing(() => again.Galaxies.Create("work", "", Bench.Permit()));
        Assert.StartsWith("storage_missing", again.Galaxies.List().Single(g => g.Name == "work").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Galaxy_WhoseMakingWasInterrupted_CanBeMade()
    {
        string path = SqliteGalaxies.PathOf(_folder.Path, "work");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".new-0011223344556677", "half");
        using var bench = new Bench(_folder.Path);
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<FailureException>(() => bench.Galaxies.Open("work")).Code);
        bench.Galaxies.Create("work", "", Bench.Permit());
        Assert.Equal(0, bench.Galaxies.Open("work").Facts().Live);
    }

    [Fact]
    public void Default_MadeAnewWhileInUse_IsNotTaken()
    {
        using var running = new Bench(_folder.Path);
        running.Add("first");
        Directory.Delete(Path.GetDirectoryName(Database)!, recursive: true);
        using (var other = new Bench(_folder.Path, time: new ManualTime { NowMs = running.Time.NowMs + 60_000 }))
        {
            other.Add("of the other");
        }

        for (int i = 0; i < 2; i++)
        {
            AssertMissing(() => running.Add("second"));
            AssertMissing(() => running.Store.List(_all, 10));
        }

        using var fresh = new Bench(_folder.Path, time: new ManualTime { NowMs = running.Time.NowMs + 60_000 });
        Assert.Equal("of the other", Assert.Single(fresh.Store.List(_all, 10).Memories).Content);
    }

    [Fact]
    public void Default_OpenedByManyAtOnceOnAnEmptyFolder_IsMadeOnce()
    {
        for (int round = 0; round < Runs.Of(10, 100); round++)
        {
            string root = _folder.File("r" + round);
            Parallel.For(0, 6, i =>
            {
                using var bench = new Bench(root, busyTimeoutMs: 30_000);
                bench.Add($"of {i}");
            });
            using var all = new Bench(root);
            Assert.Equal(6, all.Store.Facts().Live);
        }
    }

    private void Fill()
    {
        using var bench = new Bench(_folder.Path);
        bench.Add("first");
    }

    private static void Remove(string database)
    {
        foreach (string suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(database + suffix);
        }
    }

    private static void AssertMissing(Action act) => Assert.Equal(ErrorCode.StorageMissing, Assert.Throws<FailureException>(act).Code);
}
