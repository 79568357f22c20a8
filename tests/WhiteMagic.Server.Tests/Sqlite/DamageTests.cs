using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class DamageTests : IDisposable
{
    private static readonly MemoryFilter _all = new();

    private readonly TemporaryFolder _folder = new();

    private string Database => WhiteMagic.Sqlite.SqliteGalaxies.PathOf(_folder.Path, "default");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_OfAnotherProgram_IsForeign() => Refused(ErrorCode.StorageForeign, () =>
        LegacyFiles.Lite(Database, "INSERT INTO memories(id, title, content, created_at, updated_at) VALUES('a', '', 'x', '', '')"));

    [Fact]
    public void File_ThatIsNoDatabase_IsCorrupt() => Refused(ErrorCode.StorageCorrupt, () => File.WriteAllText(Database, new string('x', 5000)));

    [Fact]
    public void File_OfZeroLength_IsCorrupt() => Refused(ErrorCode.StorageCorrupt, () => File.WriteAllBytes(Database, []));

    [Fact]
    public void File_ShorterThanAHeader_IsCorrupt() => Refused(ErrorCode.StorageCorrupt, () => File.WriteAllText(Database, "SQLite format 3\0"));

    [Fact]
    public void File_ThatIsGoneButItsLogIsNot_IsMissing()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        File.WriteAllText(Database + "-wal", "left over");
        using var bench = new Bench(_folder.Path);
        Assert.Equal(ErrorCode.StorageMissing, Assert.Throws<FailureException>(() => bench.Add("x")).Code);
        Assert.False(File.Exists(Database));
    }

    [Fact]
    public void File_ThatWasCutOff_IsAFailureAndNeverANewStore()
    {
        byte[] whole = Fill();
        foreach (int length in new[] { 100, 4096, whole.Length / 2, whole.Length - 4096, whole.Length - 1 })
        {
            File.WriteAllBytes(Database, whole[..length]);
            Probe(length >= whole.Length - 4096);
        }
    }

    [Fact]
    public void File_WithFlippedBits_GivesWhatWasStoredOrAFailure()
    {
        byte[] whole = Fill();
        var random = new Random(21);
        int failures = 0;
        for (int i = 0; i < Runs.Of(120, 500); i++)
        {
            byte[] flipped = (byte[])whole.Clone();
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                // The header's first bytes are another test's.
                flipped[random.Next(100, flipped.Length)] ^= (byte)(1 << random.Next(8));
            }

            Delete(Database + "-wal");
            Delete(Database + "-shm");
            File.WriteAllBytes(Database, flipped);
            failures += Probe(mayBeWhole: true);
        }

        Assert.InRange(failures, 1, int.MaxValue);
    }

    [Fact]
    public void File_RemovedWhileOpen_IsAFailureAndNoWriteIsAcknowledged()
    {
        using var bench = new Bench(_folder.Path);
        bench.Add("first");
        File.Delete(Database);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(ErrorCode.StorageMissing, Assert.Throws<FailureException>(() => bench.Add("second")).Code);
            Assert.Equal(ErrorCode.StorageMissing, Assert.Throws<FailureException>(() => bench.Store.List(_all, 10)).Code);
        }

        Assert.False(File.Exists(Database));
    }

    [Fact]
    public void File_ReplacedWhileOpen_IsOpenedAgain()
    {
        using var other = new TemporaryFolder();
        using (var bench = new Bench(other.Path))
        {
            bench.Add("of the other file");
        }

        using var here = new Bench(_folder.Path);
        here.Add("of the first file");
        File.Delete(Database + "-wal");
        File.Delete(Database + "-shm");
        File.Move(WhiteMagic.Sqlite.SqliteGalaxies.PathOf(other.Path, "default"), Database, overwrite: true);
        Assert.Equal("of the other file", Assert.Single(here.Store.List(_all, 10).Memories).Content);
        here.Add("written after that");
        using var again = new Bench(_folder.Path);
        Assert.Equal(2, again.Store.Facts().Live);
    }

    [Fact]
    public void File_ReplacedByAForeignOne_IsRefused()
    {
        using var bench = new Bench(_folder.Path);
        bench.Add("first");
        string foreign = _folder.File("foreign.db");
        LegacyFiles.Lite(foreign, "", log: false);
        File.Move(foreign, Database, overwrite: true);
        Assert.Equal(ErrorCode.StorageForeign, Assert.Throws<FailureException>(() => bench.Add("second")).Code);
    }

    [Fact]
    public void Folder_ThatCannotBeWritten_CanBeRead()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("this user may write everywhere; a read-only folder does not bind it");
            return;
        }

        Fill();
        File.SetUnixFileMode(Database, UnixFileMode.UserRead);
        File.SetUnixFileMode(Path.GetDirectoryName(Database)!, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            using var bench = new Bench(_folder.Path);
            Assert.NotEmpty(bench.Store.List(_all, 10).Memories);
            Assert.Equal(ErrorCode.StorageReadonly, Assert.Throws<FailureException>(() => bench.Add("x")).Code);
        }
        finally
        {
            File.SetUnixFileMode(Path.GetDirectoryName(Database)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Content_ThatWasChangedOnDisk_IsNotGiven()
    {
        MemoryId id;
        using (var bench = new Bench(_folder.Path))
        {
            id = bench.Add("the needle in the haystack");
        }

        byte[] bytes = File.ReadAllBytes(Database);
        int at = bytes.AsSpan().LastIndexOf("needle in the haystack"u8);
        bytes[at] = (byte)'N';
        File.WriteAllBytes(Database, bytes);
        using var again = new Bench(_folder.Path);
        FailureException failure = Assert.Throws<FailureException>(() => again.Store.Find(id));
        Assert.Equal(ErrorCode.StorageCorrupt, failure.Code);
        Assert.Contains("SHA-256", failure.Message, StringComparison.Ordinal);
    }

    private byte[] Fill()
    {
        using (var bench = new Bench(_folder.Path))
        {
            for (int i = 0; i < 40; i++)
            {
                bench.Add(Content(i), $"title {i}", ["tag", $"tag{i}"], speaker: "p", metadata: """{"a":1}""");
            }
        }

        return File.ReadAllBytes(Database);
    }

    private static string Content(int i) => $"memory {i} " + new string((char)('a' + (i % 26)), i * 40);

    // Whatever is asked, the answer is what was stored or a failure with a name: 1 when there was one.
    private int Probe(bool mayBeWhole)
    {
        HashSet<string> stored = [.. Enumerable.Range(0, 40).Select(Content)];
        int failures = 0;
        bool Try(Action act)
        {
            try
            {
                act();
                return true;
            }
            catch (FailureException e)
            {
                Assert.NotEmpty(e.Code);
                failures = 1;
                return false;
            }
        }

        using var bench = new Bench(_folder.Path);
        Try(() => Assert.All(bench.Store.List(_all, 100).Memories, m => Assert.True(m.IsDamaged || stored.Contains(m.Content))));
        Try(() => Assert.All(bench.Store.Search("memory", _all, 100), h => Assert.True(h.Memory.IsDamaged || stored.Contains(h.Memory.Content))));
        Try(() => bench.Store.ReadAll(_all, m =>
        {
            Assert.True(m.IsDamaged || stored.Contains(m.Content));
            _ = MemoryTypes.NameOf(m.Type);
            return true;
        }));
        Try(() => bench.Store.Facts());
        Try(() => WhiteMagic.Governance.Karma.KarmaVerifier.Verify(bench.Store.Ledger));
        Try(() => bench.Store.Create(new MemoryDraft { Content = "written after the damage" }, Bench.Permit()));
        Try(() => Assert.All(bench.Store.List(_all, 1).Memories, m => Assert.True(m.IsDamaged || stored.Contains(m.Content) || m.Content == "written after the damage")));
        Try(() => failures = bench.Store.Damaged().Count > 0 ? 1 : failures);
        Try(() => bench.Store.Ledger.FlushPending());
        Assert.True(mayBeWhole || failures > 0);
        return failures;
    }

    private void Refused(string code, Action make)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        make();
        byte[] before = File.ReadAllBytes(Database);
        using (var bench = new Bench(_folder.Path))
        {
            FailureException failure = Assert.Throws<FailureException>(() => bench.Add("x"));
            Assert.Equal(code, failure.Code);
            Assert.Contains(Database, failure.Message, StringComparison.Ordinal);
            Assert.NotEmpty(failure.Hint);
            Assert.Equal(code, Assert.Throws<FailureException>(() => bench.Store.List(_all, 1)).Code);
        }

        Assert.Equal(before, File.ReadAllBytes(Database));
    }

    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
