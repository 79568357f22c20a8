using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite;
using WhiteMagic.Sqlite.Engine;
using WhiteMagic.Sqlite.Search;

namespace WhiteMagic.Server.Tests.Sqlite;

/// <summary>Processes that work on one store: killed at any stage of a write, or many at once.</summary>
public sealed class KillTests
{
    public static TheoryData<string> Stages => [.. StoreStage.All];

    [Theory]
    [MemberData(nameof(Stages))]
    public void Kill_AtAnyStageOfAWrite_LeavesNoEffectWithoutItsEntryAndNoEntryWithoutItsEffect(string stage)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no signal that nothing can catch");
        using var folder = new TemporaryFolder();
        int killed = 0;
        for (int round = 0; round < Runs.Of(2, 30); round++)
        {
            // Later rounds go on with what the ones before left.
            string[] said = Run(folder.Path, "write", Text(round), stage, Text((round * 7 % 23) + 1));
            killed += said.Contains("done 59") ? 0 : 1;
            using var bench = new Bench(folder.Path);
            Check(bench, said);
            using Connection raw = bench.Raw();
            Assert.Equal(0, SearchCheck.CountWrong(raw));
        }

        Assert.True(killed > 0, "no process was killed");
        Run(folder.Path, "mirror");
        using var last = new Bench(folder.Path, readOnly: true);
        Assert.Null(last.Store.Ledger.CheckMirror());
        Assert.Equal(last.Entries().Count, File.ReadAllLines(Path.Combine(folder.Path, "karma", "default.jsonl")).Length);
    }

    [Fact]
    public void FourProcesses_AppendingAtOnce_MakeOneChain()
    {
        const int Processes = 4;
        int count = Runs.Of(250, 10_000);
        using var folder = new TemporaryFolder();
        using (var first = new Bench(folder.Path))
        {
            first.Add("the store is there");
        }

        var started = Enumerable.Range(0, Processes).Select(i => Start(folder.Path, "append", Text(count), "process " + Text(i))).ToList();
        foreach (Process process in started)
        {
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            process.Dispose();
        }

        using var bench = new Bench(folder.Path);
        KarmaVerdict verdict = KarmaVerifier.Verify(bench.Store.Ledger, "default");
        Assert.Equal((1L + (Processes * count), null), (verdict.Entries, verdict.Problem));
        Assert.Equal(1 + (Processes * count), bench.Store.Facts().Live);
    }

    // Plays the ledger: what it says was done is what is there, and what was acknowledged is in it.
    private static void Check(Bench bench, string[] said)
    {
        KarmaVerdict verdict = KarmaVerifier.Verify(bench.Store.Ledger, "default");
        Assert.Null(verdict.Problem);
        var expected = new Dictionary<MemoryId, (bool IsDeleted, long Version)>();
        var entries = bench.Entries();
        foreach (KarmaEntry entry in entries.Where(e => e.Changed > 0))
        {
            foreach (MemoryId id in IdsOf(entry))
            {
                (bool isDeleted, long version) = expected.GetValueOrDefault(id, (false, 0));
                switch (entry.Tool)
                {
                    case "create" or "import": expected[id] = (false, 1); break;
                    case "update": expected[id] = (isDeleted, version + 1); break;
                    case "delete": expected[id] = (true, version); break;
                    case "restore": expected[id] = (false, version); break;
                    case "purge": expected.Remove(id); break;
                }
            }
        }

        var found = new Dictionary<MemoryId, (bool IsDeleted, long Version)>();
        bench.Store.ReadAll(new MemoryFilter { IncludeDeleted = true }, memory =>
        {
            found[memory.Id] = (memory.DeletedAtMs is not null, memory.Version);
            return true;
        });
        Assert.Equal(expected.OrderBy(p => p.Key.ToString()), found.OrderBy(p => p.Key.ToString()));
        foreach (string[] done in said.Where(l => l.StartsWith("done ", StringComparison.Ordinal)).Select(l => l.Split(' ')).Where(p => p.Length > 3 && p[3].Length > 0))
        {
            Assert.Contains(entries, e => e.Tool == done[2] && IdsOf(e).Any(id => id.ToString() == done[3]));
        }
    }

    private static IEnumerable<MemoryId> IdsOf(KarmaEntry entry)
    {
        for (int at = 0; at < entry.MemoryIds.Length; at += MemoryId.Bytes)
        {
            yield return MemoryId.Read(entry.MemoryIds.Span[at..]);
        }
    }

    private static string[] Run(string root, string work, params string[] arguments)
    {
        using Process process = Start(root, work, arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n');
    }

    private static Process Start(string root, string work, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "WhiteMagic.Server.Peer.dll"), work, root, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("dotnet is not on the path");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
