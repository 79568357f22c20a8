using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Hologram;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class PointIndexTests(ITestOutputHelper output) : IDisposable
{
    private const long DayMs = 86_400_000;

    private static readonly string[] _words = ["logic", "query", "love", "hope", "joy", "byte", "pixel", "system", "universe", "vision", "tea", "house", "index", "grief"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nearest_AfterAnyChanges_IsWhatALookAtEveryMemoryFinds(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var bench = new Bench(_folder.Path);
        using var other = new Bench(_folder.Path, time: bench.Time);
        var ids = new List<MemoryId>();
        for (int round = 0; round < Runs.Of(120, 1200); round++)
        {
            // Two processes by turns, so that each must see what the other did.
            Bench writer = random.Next(2) == 0 ? bench : other;
            for (int i = random.Next(12); i > 0; i--)
            {
                Change(random, writer, ids);
            }

            if (random.Next(20) == 0)
            {
                bench.Time.NowMs += random.Next(3) * DayMs;
            }

            Coordinates point = new(Next(random), Next(random), Next(random), Next(random), Next(random));
            int limit = random.Next(1, 15);
            double? radius = random.Next(3) == 0 ? random.NextDouble() * 1.5 : null;
            Bench reader = random.Next(2) == 0 ? bench : other;
            writer.Galaxies.FlushPending();
            Expect(reader, point, limit, radius);
        }
    }

    [Fact]
    public void Nearest_ToAMemory_LeavesItOut()
    {
        using var bench = new Bench(_folder.Path);
        MemoryId love = bench.Add("love and hope");
        MemoryId query = bench.Add("query the index");
        MemoryId joy = bench.Add("joy and hope");
        Coordinates at = bench.Store.Find(love)!.Coordinates!.Value;
        IReadOnlyList<Neighbour> near = bench.Store.Nearest(at, 5, except: love);
        Assert.Equal([joy, query], near.Select(n => n.Memory.Id));
        Assert.Equal(0, near[0].Distance);
        Assert.Equal(2, near[1].Distance, 6);
        Assert.Equal(joy, Assert.Single(bench.Store.Nearest(at, 1, except: love)).Memory.Id);
        Assert.Equal(joy, Assert.Single(bench.Store.Nearest(at, 5, radius: 0.5, except: love)).Memory.Id);
    }

    [Fact]
    public void Index_IsMadeByTheFirstCallThatNeedsIt()
    {
        using var bench = new Bench(_folder.Path);
        bench.Add("one");
        bench.Store.Search("one", new MemoryFilter(), 5);
        Facts(bench, 1, null);
        bench.Store.Nearest(default, 5);
        Facts(bench, 1, 1);
        bench.Store.Delete(bench.Add("two"), Bench.Permit(Effect.Delete));
        bench.Store.Nearest(default, 5);
        Facts(bench, 1, 1);
    }

    [Fact]
    public void Row_OfAPurgedMemory_ThatIsUsedAgain_StandsWhereTheNewOneDoes()
    {
        using var bench = new Bench(_folder.Path);
        bench.Add("tea");
        MemoryId love = bench.Add("love");
        Assert.Equal(2, bench.Store.Nearest(default, 5).Count);
        bench.Store.Purge(love, Bench.Permit(Effect.Delete));
        MemoryId query = bench.Add("query");
        Assert.Equal(query, bench.Store.Nearest(new Coordinates(-1, 0, 1, 0.5f, 1), 5)[0].Memory.Id);
        bench.Store.Purge(query, Bench.Permit(Effect.Delete));
        Assert.Single(bench.Store.Nearest(default, 5));
        Assert.Empty(bench.Store.Nearest(default, 5, radius: 0.1));
    }

    [Fact]
    public void File_ReplacedWhileInUse_IsIndexedAnew()
    {
        string other = _folder.File("other");
        using (var bench = new Bench(other))
        {
            bench.Add("of the other file");
        }

        using var here = new Bench(_folder.File("here"));
        here.Add("of the first file");
        here.Store.Nearest(default, 5);
        System.IO.File.Delete(here.DatabasePath + "-wal");
        System.IO.File.Delete(here.DatabasePath + "-shm");
        System.IO.File.Move(WhiteMagic.Sqlite.SqliteGalaxies.PathOf(other, "default"), here.DatabasePath, overwrite: true);
        Assert.Equal("of the other file", Assert.Single(here.Store.Nearest(default, 5)).Memory.Content);
    }

    private static void Facts(Bench bench, long placed, long? indexed) =>
        Assert.Equal((placed, indexed), (bench.Store.Hologram().Placed, bench.Store.Hologram().Indexed));

    private static void Expect(Bench reader, in Coordinates point, int limit, double? radius)
    {
        Coordinates at = point;
        List<double> distances = [];
        reader.Store.ReadAll(new MemoryFilter(), memory =>
        {
            distances.Add(memory.Coordinates!.Value.DistanceTo(at));
            return true;
        });
        distances.Sort();
        double[] expected = [.. distances.Where(d => radius is not { } most || d <= most).Take(limit)];
        IReadOnlyList<Neighbour> found = reader.Store.Nearest(point, limit, radius);
        Assert.Equal(expected.Length, found.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            // The index orders by distances in single precision.
            Assert.Equal(expected[i], found[i].Distance, 5);
            Assert.Equal(found[i].Memory.Coordinates!.Value.DistanceTo(point), found[i].Distance);
        }

        Assert.Equal(found.Count, found.Select(n => n.Memory.Id).Distinct().Count());
    }

    private static void Change(Random random, Bench bench, List<MemoryId> ids)
    {
        string Text() => string.Join(' ', Enumerable.Range(0, random.Next(1, 60)).Select(_ => _words[random.Next(_words.Length)]));
        MemoryId any = ids.Count > 0 ? ids[random.Next(ids.Count)] : default;
        MemoryRecord? memory = bench.Store.Find(any, includeDeleted: true);
        switch (random.Next(10))
        {
            case 0 when memory is { DeletedAtMs: null }:
                bench.Store.Delete(any, Bench.Permit(Effect.Delete));
                break;
            case 1 when memory is not null:
                bench.Store.Restore(any, Bench.Permit());
                break;
            case 2 when memory is not null:
                bench.Store.Purge(any, Bench.Permit(Effect.Delete));
                ids.Remove(any);
                break;
            case 3 when memory is { DeletedAtMs: null }:
                bench.Store.Update(any, new MemoryPatch { Content = Text(), Importance = random.NextDouble(), EventTimeMs = bench.Time.NowMs - (random.Next(900) * DayMs) }, null, Bench.Permit());
                break;
            case 4 when memory is { DeletedAtMs: null }:
                // As a tool that reads does: the access, and the entry that names the memory.
                bench.Store.NoteAccess(any);
                bench.Store.Ledger.Queue(Bench.Deed(Effect.Read, "read_memory"), "", 1, "ok", any.ToBytes());
                break;
            case 5:
                using (IImportSession session = bench.Store.BeginImport(Bench.Permit()))
                {
                    session.Add(new MemoryDraft { Content = Text(), Importance = random.NextDouble() });
                    session.Commit();
                }

                break;
            default:
                ids.Add(bench.Create(new MemoryDraft { Content = Text(), Importance = random.Next(3) / 2.0, EventTimeMs = bench.Time.NowMs - (random.Next(900) * DayMs) }).Id);
                break;
        }
    }

    private static float Next(Random random) => (float)((random.NextDouble() * 2) - 1);
}
