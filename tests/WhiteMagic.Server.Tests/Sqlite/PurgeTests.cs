using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;
using WhiteMagic.Sqlite.Search;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class PurgeTests
{
    private const int WindowBytes = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Purge_LeavesNoByteOfTheMemoryInAnyFile(int seed)
    {
        using var bench = new Bench();
        var random = new Random(seed);
        var secrets = new List<string>();
        string Secret()
        {
            // Letters that no stemmer changes and no other text holds, in two cases.
            string word = new([.. Enumerable.Range(0, 20).Select(_ => (char)((random.Next(2) == 0 ? 'A' : 'a') + random.Next(24)))]);
            secrets.Add(word + "xq");
            return word + "xq";
        }

        for (int i = 0; i < Runs.Of(60, 600); i++)
        {
            bench.Add($"neighbour {i} " + new string((char)('a' + (i % 26)), random.Next(400)), tags: ["shared"]);
        }

        var purged = new List<MemoryId>();
        for (int i = 0; i < 6; i++)
        {
            string Text() => string.Join(' ', Enumerable.Range(0, random.Next(1, i == 5 ? 800 : 12)).Select(_ => Secret()));
            MemoryId id = bench.Add(Text(), Secret(), [Secret(), "shared"], session: Secret(), speaker: Secret(), source: Secret(), metadata: $$"""{"{{Secret()}}":"{{Secret()}}"}""");
            for (int update = 0; update < 3; update++)
            {
                bench.Store.Update(id, new MemoryPatch { Content = Text(), Title = Secret(), Tags = [Secret()], Speaker = Secret(), Metadata = $$"""{"a":"{{Secret()}}"}""" }, null, Bench.Permit());
                bench.Add($"between {seed} {i} {update}");
            }

            Assert.Contains(bench.Store.Search(secrets[^3], new MemoryFilter(), 20), hit => hit.Memory.Id == id);
            if (i % 2 == 0)
            {
                bench.Store.Delete(id, Bench.Permit(Effect.Delete));
            }

            purged.Add(id);
        }

        Assert.True(FindAny(bench.Root, secrets) is not null);
        foreach (MemoryId id in purged)
        {
            Assert.Equal(PurgeState.Erased, bench.Store.Purge(id, Bench.Permit(Effect.Delete)).State);
            Assert.Null(bench.Store.Find(id, includeDeleted: true));
        }

        Assert.Null(FindAny(bench.Root, secrets));
        Assert.Equal(Runs.Of(60, 600), bench.Store.Search("neighbour", new MemoryFilter(), 1000).Count);
        using Connection raw = bench.Raw();
        Assert.Equal("ok", raw.ScalarText("PRAGMA integrity_check"));
        Assert.Equal(0, SearchCheck.CountWrong(raw));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Purge_OfManyWordsWithOneBeginning_LeavesNoneOfItInTheIndex(int seed)
    {
        const string Beginning = "Qwzxjvkpqwzxjvkp";
        using var bench = new Bench();
        var random = new Random(seed);
        string Word(string beginning) => beginning + new string([.. Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(24)))]) + "xq";
        string Words(string beginning, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word(beginning)));
        var ids = new List<MemoryId>();
        for (int i = 0; i < 30; i++)
        {
            bench.Add("living " + Words("", 100));
            ids.Add(bench.Add("secret " + Words(Beginning, 100)));
        }

        Assert.NotNull(FindAny(bench.Root, [Beginning]));
        foreach (MemoryId id in ids)
        {
            Assert.Equal(PurgeState.Erased, bench.Store.Purge(id, Bench.Permit(Effect.Delete)).State);
        }

        Assert.Null(FindAny(bench.Root, [Beginning]));
        Assert.Equal(30, bench.Store.Search("living", new MemoryFilter(), 100).Count);
        using Connection raw = bench.Raw();
        Assert.Equal(0, SearchCheck.CountWrong(raw));
    }

    [Fact]
    public void Purge_WhileAnotherReads_IsPendingAndGoesWithTheNextCheckpoint()
    {
        using var bench = new Bench(busyTimeoutMs: 50);
        MemoryId id = bench.Add("Zyxwvutsrqponm is secret");
        using (Connection reader = bench.Raw())
        {
            reader.Execute("BEGIN");
            reader.ScalarInt64("SELECT count(*) FROM memories");
            Assert.Equal(PurgeState.Pending, bench.Store.Purge(id, Bench.Permit(Effect.Delete)).State);
            Assert.NotNull(FindAny(bench.Root, ["Zyxwvutsrqponm"]));
            Assert.Null(bench.Store.Find(id));
            reader.Execute("COMMIT");
        }

        MemoryId other = bench.Add("other");
        Assert.Equal(PurgeState.Erased, bench.Store.Purge(other, Bench.Permit(Effect.Delete)).State);
        Assert.Null(FindAny(bench.Root, ["Zyxwvutsrqponm"]));
    }

    /// <summary>The first window of a secret, as it was written or in lower case, that is in a file under the folder.</summary>
    private static string? FindAny(string folder, List<string> secrets)
    {
        var windows = new HashSet<string>(StringComparer.Ordinal);
        foreach (string secret in secrets)
        {
            for (int i = 0; i + WindowBytes <= secret.Length; i++)
            {
                windows.Add(secret.Substring(i, WindowBytes));
                windows.Add(secret.Substring(i, WindowBytes).ToLowerInvariant());
            }
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            string text = Encoding.Latin1.GetString(bytes);
            HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = windows.GetAlternateLookup<ReadOnlySpan<char>>();
            for (int i = 0; i + WindowBytes <= text.Length; i++)
            {
                if (lookup.Contains(text.AsSpan(i, WindowBytes)))
                {
                    return $"{file} at {i}: {text.Substring(i, WindowBytes)}";
                }
            }
        }

        return null;
    }
}
