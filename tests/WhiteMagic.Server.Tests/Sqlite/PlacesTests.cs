using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Hologram;
using WhiteMagic.Memory.Seeds;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class PlacesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryWrite_KeepsTheRowInStep()
    {
        using var bench = new Bench(_folder.Path);
        Seeding.Store(bench.Galaxies, Quickstart.Seeds(), Bench.Permit());
        Right(bench, Quickstart.Seeds().Count);
        MemoryId id = bench.Add("love and hope", tags: ["a"]);
        Right(bench, Quickstart.Seeds().Count + 1);
        bench.Create(new MemoryDraft { Content = "love and hope", Importance = 0.9, Tags = ["b"] });
        Right(bench, Quickstart.Seeds().Count + 1);
        foreach (MemoryPatch patch in (MemoryPatch[])[new() { Content = "query the database" }, new() { Importance = 0.7 }, new() { EventTimeMs = 5 }, new() { Title = "t" }])
        {
            bench.Store.Update(id, patch, null, Bench.Permit());
            Right(bench, Quickstart.Seeds().Count + 1);
        }

        bench.Store.Delete(id, Bench.Permit(Effect.Delete));
        Right(bench, Quickstart.Seeds().Count);
        Assert.Null(bench.Store.Find(id, includeDeleted: true)!.Coordinates);
        bench.Store.Restore(id, Bench.Permit());
        Right(bench, Quickstart.Seeds().Count + 1);
        using (IImportSession session = bench.Store.BeginImport(Bench.Permit()))
        {
            session.Add(new MemoryDraft { Content = "joy", EventTimeMs = 7 });
            session.Add(new MemoryDraft { Content = "joy", EventTimeMs = 7, Importance = 1 });
            session.Commit();
        }

        Right(bench, Quickstart.Seeds().Count + 2);
        bench.Store.Purge(id, Bench.Permit(Effect.Delete));
        Right(bench, Quickstart.Seeds().Count + 1);
    }

    [Fact]
    public void Coordinates_FollowTextImportanceTimeAndUse()
    {
        using var bench = new Bench(_folder.Path);
        CreateOutcome made = bench.Create(new MemoryDraft { Content = "love is a system", Importance = 0.8 });
        Coordinates at = made.Coordinates!.Value;
        Assert.Equal(at, bench.Store.Find(made.Id)!.Coordinates);
        Assert.Equal((1f, 1f, 1f, 0.8f, 1f), (at.X, at.Y, at.Z, at.W, at.V));
        bench.Time.NowMs += 365L * 86_400_000;
        at = bench.Store.Find(made.Id)!.Coordinates!.Value;
        Assert.Equal((0f, 0.8f), (at.Z, at.W));
        Assert.Equal(0.56f, at.V, 5);
        bench.Store.NoteAccess(made.Id);
        bench.Galaxies.FlushPending();
        Assert.Equal((0f, 1f), (bench.Store.Find(made.Id)!.Coordinates!.Value.Z, bench.Store.Find(made.Id)!.Coordinates!.Value.V));
    }

    [Fact]
    public void Database_OfSchema1_IsMigratedWithAllMemoriesPlaced()
    {
        List<string> reports = [];
        MemoryId dead = default;
        using (var old = new Bench(_folder.Path, migrations: Migrations.Built.First(1)))
        {
            using Connection raw = old.Galaxies.Open("default") is SqliteGalaxy galaxy ? RawOf(galaxy) : throw new InvalidOperationException();
            for (int i = 0; i < 30; i++)
            {
                InsertAsSchema1(raw, i, $"memory {i} of love and logic " + string.Concat(Enumerable.Repeat("and more ", i * 10)));
            }

            raw.Execute("UPDATE memories SET deleted_at = 5 WHERE number = 3");
            dead = MemoryId.Read(IdOf(2));
        }

        using (var readOnly = new Bench(_folder.Path, readOnly: true))
        {
            FailureException failure = Assert.Throws<FailureException>(() => readOnly.Store.Facts());
            Assert.Equal(ErrorCode.StorageReadonly, failure.Code);
            Assert.Contains("has schema 1 and must become 4", failure.Message, StringComparison.Ordinal);
        }

        using (var bench = new Bench(_folder.Path, report: reports.Add))
        {
            Assert.Equal((29L, 1L, 4L), (bench.Store.Facts().Live, bench.Store.Facts().Deleted, bench.Store.Facts().SchemaVersion));
            Right(bench, 29);
            Assert.Contains("love", bench.Store.Search("love", new MemoryFilter(), 1)[0].Memory.Content, StringComparison.Ordinal);
            bench.Store.Restore(dead, Bench.Permit());
            Right(bench, 30);
            Assert.Equal(30, bench.Store.Nearest(default, 50).Count);
        }

        Assert.Contains("schema 1 becomes 4", Assert.Single(reports), StringComparison.Ordinal);
        string backup = Assert.Single(Directory.GetFiles(_folder.File("backups")));
        Assert.StartsWith("default-schema1-", Path.GetFileName(backup), StringComparison.Ordinal);
        using Connection copy = Connection.Open(backup, Connection.Mode.ReadOnly, 1000);
        Assert.Equal(30, copy.ScalarInt64("SELECT count(*) FROM memories"));
    }

    [Fact]
    public void Purge_LeavesNoByteOfCoordinatesOrSignature()
    {
        using var bench = new Bench(_folder.Path);
        for (int i = 0; i < 100; i++)
        {
            bench.Add($"neighbour {i} of the secret, with its own words {i * 7}");
        }

        MemoryId id = bench.Create(new MemoryDraft { Content = "the secret of love, logic, proof and query lies in a byte, a bit and a vision", Importance = 0.7123456789 }).Id;
        List<byte[]> traces = [];
        using (Connection raw = bench.Raw())
        {
            Statement s = raw.Prepare("SELECT p.x, p.y, p.w, p.importance, p.signature FROM memory_places p JOIN memories m ON m.number = p.number WHERE m.memory_id = ?1").BindBlob(1, id.ToBytes());
            Assert.True(s.Step());
            for (int i = 0; i < 4; i++)
            {
                byte[] real = new byte[8];
                System.Buffers.Binary.BinaryPrimitives.WriteDoubleBigEndian(real, s.Double(i));
                traces.Add(real);
            }

            traces.AddRange(s.Blob(4).ToArray().Chunk(16));
            s.Reset();
        }

        Assert.All(traces, trace => Assert.True(IsAnywhere(bench.Root, trace)));
        bench.Store.Update(id, new MemoryPatch { Importance = 0.25 }, null, Bench.Permit());
        Assert.Equal(PurgeState.Erased, bench.Store.Purge(id, Bench.Permit(Effect.Delete)).State);
        Assert.All(traces, trace => Assert.False(IsAnywhere(bench.Root, trace)));
    }

    private static void Right(Bench bench, long living)
    {
        Assert.Equal(living, bench.Store.Hologram().Placed);
        Assert.Equal((0L, 0L), ((SqliteGalaxy)bench.Store).Database.Read(Places.CountWrong));
    }

    private static bool IsAnywhere(string root, byte[] trace) =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(trace) >= 0;
        });

    private static Connection RawOf(SqliteGalaxy galaxy) => Connection.Open(galaxy.Database.Path, Connection.Mode.ReadWrite, 2000);

    private static byte[] IdOf(int i) => [.. Enumerable.Range(0, 16).Select(b => (byte)((b * 7) + i))];

    private static void InsertAsSchema1(Connection raw, int i, string content)
    {
        byte[] hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content));
        raw.Prepare("INSERT INTO memories(memory_id, title, content, tags, memory_type, importance, created_at, updated_at, event_time, version, content_hash, repetition, salt) "
            + "VALUES(?1, 't', ?2, '[]', 1, ?3, ?4, ?4, ?4, 1, ?5, 0, ?1)")
            .BindBlob(1, IdOf(i)).Bind(2, content).Bind(3, i / 30.0).Bind(4, 1_700_000_000_000 + (i * 86_400_000L)).BindBlob(5, hash).Run();
    }
}
