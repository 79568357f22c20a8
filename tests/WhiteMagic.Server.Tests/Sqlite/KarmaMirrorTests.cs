using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class KarmaMirrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Mirror => Path.Combine(_folder.Path, "karma", "default.jsonl");

    private string OlderMirror => Path.Combine(_folder.Path, "karma", "default.1.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mirror_HoldsEveryEntryOnALineOfItsOwn()
    {
        using var bench = Filled(5);
        bench.Galaxies.FlushPending();
        string[] lines = File.ReadAllLines(Mirror);
        Assert.Equal(5, lines.Length);
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.Equal(("create_memory", "write", "ok", 1), (first.RootElement.GetProperty("tool").GetString(), first.RootElement.GetProperty("effect").GetString(),
            first.RootElement.GetProperty("outcome").GetString(), first.RootElement.GetProperty("sequence").GetInt32()));
        Assert.Equal(bench.Entries().Select(e => Convert.ToHexStringLower(e.Hash.Span)), lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("hash").GetString()));
        Assert.Null(bench.Store.Ledger.CheckMirror());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Mirror));
        }
    }

    [Fact]
    public void Mirror_IsWrittenByOneProcess_AndFollowsTheOthers()
    {
        using var first = Filled(2);
        first.Galaxies.FlushPending();
        using var second = new Bench(_folder.Path);
        second.Add("by the second");
        second.Galaxies.FlushPending();
        Assert.Equal(2, File.ReadAllLines(Mirror).Length);
        first.Galaxies.FlushPending();
        Assert.Equal(3, File.ReadAllLines(Mirror).Length);
    }

    [Theory]
    [InlineData("torn")]
    [InlineData("cut")]
    [InlineData("other")]
    [InlineData("gone")]
    [InlineData("nonsense")]
    [InlineData("ahead")]
    public void Mirror_ThatDiffersAfterACrash_IsRebuilt(string how)
    {
        using (var bench = Filled(5))
        {
        }

        string good = File.ReadAllText(Mirror);
        Damage(how, good);
        using var again = new Bench(_folder.Path);
        _ = again.Store.Facts();
        again.Galaxies.FlushPending();
        Assert.Equal(good, File.ReadAllText(Mirror));
    }

    [Theory]
    [InlineData("cut", "ends before entry 4: it lags, or was cut")]
    [InlineData("other", "says otherwise at entry 5")]
    [InlineData("edited", "says otherwise at entry 3")]
    [InlineData("tool", "says otherwise at entry 2")]
    [InlineData("spaced", "says otherwise at entry 2")]
    [InlineData("long", "says otherwise at entry 2")]
    [InlineData("beginning", "begins with entry 3: its beginning was cut")]
    [InlineData("emptied", "is empty: it lags, or was cut")]
    [InlineData("ahead", "has entry 6, and the ledger ends before it")]
    [InlineData("nonsense", "does not begin with an entry")]
    [InlineData("gone", null)]
    public void CheckMirror_SaysWhatDiffers(string how, string? expected)
    {
        using (var bench = Filled(5))
        {
        }

        Damage(how, File.ReadAllText(Mirror));
        using var again = new Bench(_folder.Path, readOnly: true);
        string? found = again.Store.Ledger.CheckMirror();
        Assert.Equal(expected is null, found is null);
        Assert.Contains(expected ?? "", found ?? "", StringComparison.Ordinal);
        Assert.Null(KarmaVerifier.Verify(again.Store.Ledger, "default").Problem);
    }

    [Fact]
    public void Mirror_ThatIsLong_IsSetAside_AndBothFilesAreChecked()
    {
        const long MostBytes = 400 << 10;
        using (var bench = new Bench(_folder.Path, mostMirrorBytes: MostBytes))
        {
            // Some 260 bytes a line: the file is set aside three times.
            for (int i = 0; i < 5000; i++)
            {
                bench.Store.Ledger.Queue(Bench.Deed(), "", 1, "ok", []);
            }

            bench.Galaxies.FlushPending();
            for (int i = 0; i < 20; i++)
            {
                bench.Galaxies.FlushPending();
            }

            Assert.Null(bench.Store.Ledger.CheckMirror());
        }

        string[] older = File.ReadAllLines(OlderMirror);
        string[] newer = File.ReadAllLines(Mirror);
        Assert.InRange(older.Length + newer.Length, 1000, 4999);
        int first = int.Parse(older[0][12..older[0].IndexOf(',', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"says otherwise at entry {first + 7}", Found(OlderMirror, older, lines => lines[7] = lines[7].Replace("create_memory", "x", StringComparison.Ordinal)));
        Assert.Equal($"says otherwise at entry {first + older.Length + 3}", Found(Mirror, newer, lines => lines[3] = lines[3].Replace("create_memory", "x", StringComparison.Ordinal)));
        Assert.Equal($"says otherwise at entry {first + older.Length}", Found(Mirror, newer, lines => lines.RemoveRange(0, 2)));
        Assert.Equal($"begins with entry {first + 600}: its beginning was cut", Found(OlderMirror, older, lines => lines.RemoveRange(0, 600)));
        File.Delete(OlderMirror);
        Assert.Equal($"begins with entry {first + older.Length}: its beginning was cut", Found(Mirror, newer, _ => { }));

        string Found(string path, string[] good, Action<System.Collections.Generic.List<string>> damage)
        {
            var lines = good.ToList();
            damage(lines);
            File.WriteAllText(path, string.Join('\n', lines) + "\n");
            using var again = new Bench(_folder.Path, readOnly: true, mostMirrorBytes: MostBytes);
            string found = again.Store.Ledger.CheckMirror()!;
            File.WriteAllText(path, string.Join('\n', good) + "\n");
            return found["the mirror karma/default.jsonl ".Length..].Replace(": one of the two was changed", "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Mirror_OfARunningProcess_DoesNotLagWhenItChecksItself()
    {
        using Bench bench = Filled(2);
        bench.Galaxies.FlushPending();
        bench.Add("not mirrored yet");
        Assert.Equal(2, File.ReadAllLines(Mirror).Length);
        Assert.Null(bench.Store.Ledger.CheckMirror());
    }

    [Fact]
    public void Mirror_ThatCannotBeWritten_StopsNoCall()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "root"));
        using var bench = new Bench(_folder.Path);
        File.WriteAllText(Path.Combine(_folder.Path, "karma"), "a file in the place of the folder");
        bench.Add("text");
        bench.Galaxies.FlushPending();
        Assert.Equal(1, bench.Store.Facts().Live);
        Assert.Contains("cannot be written", bench.Store.Ledger.MirrorProblem, StringComparison.Ordinal);
    }

    private void Damage(string how, string good)
    {
        string[] lines = good.Split('\n');
        switch (how)
        {
            case "torn": File.WriteAllText(Mirror, good[..^40]); break;
            case "cut": File.WriteAllText(Mirror, string.Join('\n', lines.Take(3)) + "\n"); break;
            case "other": File.WriteAllText(Mirror, good.Replace(lines[4][^20..], "0000000000000000" + lines[4][^4..], StringComparison.Ordinal)); break;
            case "edited": File.WriteAllText(Mirror, good.Replace(lines[2][^20..], "0000000000000000" + lines[2][^4..], StringComparison.Ordinal)); break;
            case "tool": File.WriteAllText(Mirror, good.Replace(lines[1], lines[1].Replace("create_memory", "delete_memory", StringComparison.Ordinal), StringComparison.Ordinal)); break;
            case "spaced": File.WriteAllText(Mirror, good.Replace(lines[1], lines[1].Insert(40, " "), StringComparison.Ordinal)); break;
            case "long": File.WriteAllText(Mirror, good.Replace(lines[1], lines[1] + new string('x', 3 << 20), StringComparison.Ordinal)); break;
            case "beginning": File.WriteAllText(Mirror, string.Join('\n', lines.Skip(2))); break;
            case "emptied": File.WriteAllText(Mirror, ""); break;
            case "gone": File.Delete(Mirror); break;
            case "ahead": File.WriteAllText(Mirror, good + lines[4].Replace("\"sequence\":5", "\"sequence\":6", StringComparison.Ordinal) + "\n"); break;
            default: File.WriteAllText(Mirror, "nonsense\n"); break;
        }
    }

    private Bench Filled(int count)
    {
        var bench = new Bench(_folder.Path);
        for (int i = 0; i < count; i++)
        {
            bench.Add("text " + i);
        }

        return bench;
    }
}
