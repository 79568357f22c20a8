using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Server.Tests.Cli;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Governance;

public sealed class KarmaProofTests
{
    [Fact]
    public void Proofs_AgainstEveryKeptSize_Hold()
    {
        using Bench bench = Filled(700);
        var tree = new KarmaTree(bench.Store.Ledger);
        KarmaCheckpoint now = tree.Checkpoint();
        List<KarmaEntry> entries = bench.Entries();
        Assert.Equal(700, now.Size);
        foreach (int size in (int[])[1, 2, 255, 256, 257, 512, 513, 699, 700])
        {
            byte[] root = RootOf(entries.Take(size));
            Assert.True(MerkleProof.IsConsistent(size, root, 700, now.Root.Span, tree.Consistency(size, 700)), $"{size}");
            foreach (int sequence in ((int[])[1, 2, 200, 255, 256, 257, 500, 512, 513, 700]).Where(s => s <= size))
            {
                Assert.True(MerkleProof.IsIncluded(LeafOf(entries[sequence - 1]), sequence - 1, size, tree.Inclusion(sequence, size), root), $"{sequence} {size}");
            }
        }
    }

    [Fact]
    public void Migration_OfALedgerWithoutATree_MakesTheSameTree()
    {
        using var folder = new TemporaryFolder();
        string path, root;
        using (var made = new Bench(folder.Path))
        {
            Fill(made, 700);
            path = made.DatabasePath;
            root = KarmaVerifier.Verify(made.Store.Ledger).Root;
        }

        // Back to what a program of schema 2 left.
        using (Connection raw = Connection.Open(path, Connection.Mode.ReadWrite, 2000))
        {
            EarlierSchema.GoBackTo3(raw);
            raw.Execute("DROP TABLE karma_head; DROP TABLE karma_tiles; DELETE FROM galaxy WHERE key = 'ledger_id'; DELETE FROM schema_version WHERE version >= 3");
        }

        using var bench = new Bench(folder.Path);
        KarmaVerdict verdict = KarmaVerifier.Verify(bench.Store.Ledger, "default");
        Assert.Equal((700L, null, root), (verdict.Entries, verdict.Problem, verdict.Root));
        Assert.Equal(32, bench.Store.Ledger.ReadHead().LedgerId.Length);
        bench.Add("one more");
        verdict = KarmaVerifier.Verify(bench.Store.Ledger, "default");
        Assert.Equal((701L, null), (verdict.Entries, verdict.Problem));
    }

    [Theory]
    [InlineData("UPDATE karma_head SET size = size - 1", "head")]
    [InlineData("UPDATE karma_head SET size = size + 1", "301")]
    [InlineData("UPDATE karma_head SET hash = randomblob(32)", "head row")]
    [InlineData("UPDATE karma_head SET peaks = randomblob(length(peaks))", "head row")]
    [InlineData("DELETE FROM karma_head", "head")]
    [InlineData("UPDATE karma_tiles SET hash = randomblob(32)", "subtree 0 of height 8")]
    [InlineData("DELETE FROM karma_tiles", "subtree 0 of height 8")]
    [InlineData("UPDATE galaxy SET value = 'work' WHERE key = 'name'", "ledger of galaxy work")]
    [InlineData("DELETE FROM karma_entries WHERE sequence > 290", "entry 291 is missing: the head says that there are 300")]
    public void Verify_AfterTheHeadOrTreeWasChanged_SaysSo(string sql, string expected)
    {
        using Bench bench = Filled(300);
        Tamper(bench, sql);
        Assert.Contains(expected, KarmaVerifier.Verify(bench.Store.Ledger, "default").Problem ?? "nothing", StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_TruncatedWithItsHead_IsSeenAgainstACheckpoint()
    {
        using Bench bench = Filled(300);
        string older = Copy(bench, "older.db");
        KarmaCheckpoint kept = Grown(bench);
        Restore(bench, older);

        // The older copy is whole in itself: only what was kept elsewhere knows better.
        Assert.Null(KarmaVerifier.Verify(bench.Store.Ledger, "default").Problem);
        KarmaVerdict verdict = KarmaVerifier.Verify(bench.Store.Ledger, "default", kept);
        Assert.Equal(301, verdict.FirstBadSequence);
        Assert.Contains("the checkpoint has 310 entries, the ledger 300", verdict.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_RewrittenWholly_IsSeenAgainstACheckpoint()
    {
        using Bench bench = Filled(300);
        KarmaCheckpoint kept = new KarmaTree(bench.Store.Ledger).Checkpoint();
        Rewrite(bench, fromSequence: 250);
        Assert.Null(KarmaVerifier.Verify(bench.Store.Ledger, "default").Problem);
        Assert.Contains("the first 300 entries are not those of the checkpoint", KarmaVerifier.Verify(bench.Store.Ledger, "default", kept).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_SwappedDatabases_AreSeen()
    {
        using Bench bench = Filled(5);
        bench.Galaxies.Create("work", "", Bench.Permit());
        KarmaCheckpoint kept = new KarmaTree(bench.Store.Ledger).Checkpoint();
        KarmaCheckpoint keptOfWork = new KarmaTree(bench.Galaxies.Open("work").Ledger).Checkpoint();
        string work = WhiteMagic.Sqlite.SqliteGalaxies.PathOf(bench.Root, "work");
        bench.Galaxies.Dispose();
        Checkpointed(bench.DatabasePath);
        Checkpointed(work);
        File.Move(bench.DatabasePath, bench.DatabasePath + ".swap");
        File.Move(work, bench.DatabasePath);
        File.Move(bench.DatabasePath + ".swap", work);
        KarmaVerdict verdict = KarmaVerifier.Verify(bench.Store.Ledger, "default", kept);
        Assert.Contains("ledger of galaxy work, in the place of that of default", verdict.Problem, StringComparison.Ordinal);
        Assert.Contains("exchanged or made anew", KarmaVerifier.Verify(bench.Galaxies.Open("work").Ledger, null, keptOfWork).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_AfterAnOlderProcessWroteWithoutTheHead_TakesItsEntries()
    {
        using Bench bench = Filled(260);
        using (Connection raw = bench.Raw())
        {
            raw.Execute("CREATE TABLE kept AS SELECT size, hash, peaks FROM karma_head");
        }

        Fill(bench, 5);
        Tamper(bench, "UPDATE karma_head SET (size, hash, peaks) = (SELECT size, hash, peaks FROM kept)");
        Assert.Contains("the head says that there are 260 entries, and there are 265", KarmaVerifier.Verify(bench.Store.Ledger).Problem, StringComparison.Ordinal);
        bench.Add("one more");
        KarmaVerdict verdict = KarmaVerifier.Verify(bench.Store.Ledger, "default");
        Assert.Equal((266L, null), (verdict.Entries, verdict.Problem));
    }

    [Fact]
    public void Append_OnADamagedHead_IsRefusedAndChangesNothing()
    {
        using Bench bench = Filled(3);
        Tamper(bench, "UPDATE karma_head SET peaks = x'00'");
        var refused = Assert.Throws<WhiteMagic.Memory.FailureException>(() => bench.Add("more"));
        Assert.Equal("storage_corrupt", refused.Code);
        Assert.Equal((0, 3), (bench.Store.Facts().Live, bench.Entries().Count));
    }

    [Fact]
    public void Script_ChecksAnExportedProof_AndRefusesAForgedOne()
    {
        Assert.SkipUnless(Python("--version", out _) == 0, "python3 is not installed");
        using var shell = new Shell();
        shell.Ok("init");
        string id = shell.Remember("Tea is hot");
        string checkpoint = Path.Combine(shell.Folder, "checkpoint.txt");
        File.WriteAllText(checkpoint, shell.Ok("karma", "checkpoint"));
        shell.Ok("edit", id, "--title", "Tea");
        for (int i = 0; i < 5; i++)
        {
            shell.Remember("Cup " + i);
        }

        Assert.StartsWith("whole: ", shell.Ok("karma", "verify", "--against", checkpoint), StringComparison.Ordinal);
        string proof = Path.Combine(shell.Folder, "proof.json");
        File.WriteAllText(proof, shell.Ok("karma", "prove", id, "--against", checkpoint));
        Assert.Equal(0, Verify(proof, checkpoint, out string said));
        Assert.Contains("'tool': 'create_memory'", said, StringComparison.Ordinal);
        Assert.Contains("entries now begin with the 2 of the checkpoint", said, StringComparison.Ordinal);

        // The tool's name, one digit of the path, another checkpoint: each is refused.
        string good = File.ReadAllText(proof);
        using JsonDocument document = JsonDocument.Parse(good);
        string encoding = document.RootElement.GetProperty("entries")[0].GetProperty("encoding").GetString()!;
        string step = document.RootElement.GetProperty("entries")[0].GetProperty("path")[0].GetString()!;
        foreach ((string from, string to) in ((string, string)[])[(encoding, encoding.Replace("637265617465", "637265617466", StringComparison.Ordinal)), (step, Flip(step)),
            (document.RootElement.GetProperty("consistency")[0].GetString()!, Flip(document.RootElement.GetProperty("consistency")[0].GetString()!))])
        {
            Assert.NotEqual(from, to);
            File.WriteAllText(proof, good.Replace(from, to, StringComparison.Ordinal));
            Assert.Equal(1, Verify(proof, checkpoint, out said));
            Assert.Contains("FALSE", said, StringComparison.Ordinal);
        }

        // What proves nothing is not taken for a proof: no entries, a checkpoint of an empty ledger, a ledger that is shorter now.
        string kept = File.ReadAllText(checkpoint);
        string[] lines = kept.Split('\n');
        string empty = $"{lines[0]}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        foreach ((string given, string against) in ((string, string)[])[
            (JsonSerializer.Serialize(new { checkpoint = kept, entries = Array.Empty<int>() }), kept),
            (JsonSerializer.Serialize(new { checkpoint = empty, entries = Array.Empty<int>(), now = kept, consistency = Array.Empty<string>() }), empty),
            (good.Replace("\"checkpoint\":", "\"checkpoint\":" + JsonSerializer.Serialize(empty) + ",\"was\":", StringComparison.Ordinal), empty),
            (good.Replace("\"now\":", "\"now\":" + JsonSerializer.Serialize($"{lines[0]}\n1\n{lines[2]}\n") + ",\"was\":", StringComparison.Ordinal), kept)])
        {
            File.WriteAllText(proof, given);
            File.WriteAllText(checkpoint, against);
            Assert.Equal(1, Verify(proof, checkpoint, out said));
            Assert.Contains("FALSE", said, StringComparison.Ordinal);
        }

        File.WriteAllText(proof, good);
        File.WriteAllText(checkpoint, shell.Ok("karma", "checkpoint"));
        Assert.Equal(1, Verify(proof, checkpoint, out said));
        Assert.Contains("another checkpoint", said, StringComparison.Ordinal);
        Assert.InRange(File.ReadAllLines(Repository.File("examples/verify-proof/verify_proof.py")).Length, 1, 60);
    }

    [Fact]
    public void Verbs_WhatIsNoCheckpointOrEntry_IsNamed()
    {
        using var shell = new Shell();
        shell.Ok("init");
        File.WriteAllText(Path.Combine(shell.Folder, "no.txt"), "x");
        Assert.Equal(1, shell.Run("karma", "verify", "--against", "no.txt"));
        Assert.Contains("is no checkpoint", shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, shell.Run("karma", "verify", "--against", "absent.txt"));
        Assert.Contains("cannot be read", shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, shell.Run("karma", "prove", "99"));
        Assert.Contains("no entry 99", shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, shell.Run("karma", "prove", "nonsense"));
        string checkpoint = Path.Combine(shell.Folder, "c.txt");
        File.WriteAllText(checkpoint, shell.Ok("karma", "checkpoint"));
        string[] lines = File.ReadAllLines(checkpoint);
        File.WriteAllText(checkpoint, $"{lines[0]}\n9999\n{lines[2]}\n");
        Assert.Equal(1, shell.Run("karma", "verify", "--against", checkpoint));
    }

    private static int Verify(string proof, string checkpoint, out string said) =>
        Python($"\"{Repository.File("examples/verify-proof/verify_proof.py")}\" \"{proof}\" \"{checkpoint}\"", out said);

    private static int Python(string arguments, out string said)
    {
        said = "";
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private static string Flip(string hex) => (hex[0] == '0' ? '1' : '0') + hex[1..];

    private static Bench Filled(int count)
    {
        var bench = new Bench();
        Fill(bench, count);
        return bench;
    }

    private static void Fill(Bench bench, int count)
    {
        for (int i = 0; i < count; i++)
        {
            bench.Store.Ledger.Queue(Bench.Deed(tool: "tool " + i), "", 1, "ok", []);
        }

        bench.Galaxies.FlushPending();
    }

    private static KarmaCheckpoint Grown(Bench bench)
    {
        Fill(bench, 10);
        return new KarmaTree(bench.Store.Ledger).Checkpoint();
    }

    private static void Tamper(Bench bench, string sql)
    {
        using Connection raw = bench.Raw();
        raw.Execute("DROP TRIGGER IF EXISTS karma_entries_keep; DROP TRIGGER IF EXISTS karma_entries_stay; DROP TRIGGER IF EXISTS karma_entries_once");
        raw.Execute(sql);
    }

    // Somebody who knows everything rewrites an entry and all hashes after it, the head and the subtrees.
    private static void Rewrite(Bench bench, int fromSequence)
    {
        List<KarmaEntry> entries = bench.Entries();
        Tamper(bench, $"DELETE FROM karma_entries WHERE sequence >= {fromSequence}");
        using Connection raw = bench.Raw();
        raw.Execute("BEGIN");
        WhiteMagic.Sqlite.KarmaTable.FillTree(raw);
        raw.Execute("COMMIT");
        bench.Galaxies.Dispose();
        Fill(bench, entries.Count - fromSequence + 1);
        Assert.Equal(entries.Count, bench.Entries().Count);
    }

    private static string Copy(Bench bench, string name)
    {
        string copy = Path.Combine(bench.Root, name);
        using Connection raw = bench.Raw();
        raw.Prepare("VACUUM INTO ?1").Bind(1, copy).Run();
        return copy;
    }

    private static void Restore(Bench bench, string copy)
    {
        bench.Galaxies.Dispose();
        Checkpointed(bench.DatabasePath);
        File.Copy(copy, bench.DatabasePath, overwrite: true);
    }

    private static void Checkpointed(string path)
    {
        using (Connection raw = Connection.Open(path, Connection.Mode.ReadWrite, 2000))
        {
            raw.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }

    private static byte[] RootOf(IEnumerable<KarmaEntry> entries)
    {
        var tree = new MerkleFrontier();
        foreach (KarmaEntry entry in entries)
        {
            tree.Append(LeafOf(entry));
        }

        return tree.Root();
    }

    private static byte[] LeafOf(KarmaEntry entry)
    {
        byte[] hash = new byte[32];
        MerkleHash.Leaf(KarmaEncoding.Encode(entry), hash);
        return hash;
    }
}
