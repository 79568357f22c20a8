using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class ImporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryImport _session = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ImportPath_File_CountsEveryLine()
    {
        const string Id = "01900102-0304-7506-8708-090a0b0c0d0e";
        string path = _folder.Write("a.jsonl", $"{{\"content\":\"a\",\"memory_id\":\"{Id}\"}}\n{{\"content\":\"b\",\"memory_id\":\"{Id}\"}}\n{{\"content\":\"a\"}}\nbroken\n");
        ImportReport report = Importer.ImportPath(path, Storing());
        Assert.Equal((4, 1, 1, 1, 1), (report.Read, report.Created, report.Reinforced, report.Skipped, report.Failed));
        Assert.Equal(("jsonl", false), (report.Format, report.DryRun));
        Assert.Equal((4, null), (report.Errors[0].Line, report.Errors[0].File));
        Assert.Single(_session.Committed);
        Assert.True(_session.IsDisposed);
    }

    [Fact]
    public void ImportPath_DryRun_ReportsTheSameErrorsAndStoresNothing()
    {
        string path = _folder.Write("a.jsonl", "{\"content\":\"a\"}\n{}\n");
        ImportReport report = Importer.ImportPath(path, new ImportOptions());
        Assert.Equal((2, 1, 1, true), (report.Read, report.Created, report.Failed, report.DryRun));
    }

    [Fact]
    public void ImportPath_EmptyFile_IsFineAndCommitsOnce()
    {
        ImportReport report = Importer.ImportPath(_folder.Write("a.jsonl", ""), Storing());
        Assert.Equal(0, report.Read);
        Assert.Equal([0], _session.Batches);
    }

    [Fact]
    public void ImportPath_ManyMemories_CommitsEveryThousand()
    {
        Importer.ImportPath(_folder.Write("a.jsonl", Lines(2500, 1)), Storing());
        Assert.Equal([1000, 1000, 500], _session.Batches);
    }

    [Fact]
    public void ImportPath_ExactlyFullBatches_CommitsNoEmptyOne()
    {
        Importer.ImportPath(_folder.Write("a.jsonl", Lines(1000, 1)), Storing());
        Assert.Equal([1000], _session.Batches);
    }

    [Fact]
    public void ImportPath_LargeMemories_CommitsEveryEightMebibytes()
    {
        Importer.ImportPath(_folder.Write("a.jsonl", Lines(20, 1_000_000)), Storing());
        Assert.Equal([9, 9, 2], _session.Batches);
    }

    [Fact]
    public void ImportPath_MoreErrorsThanReported_CountsThemAll()
    {
        ImportReport report = Importer.ImportPath(_folder.Write("a.jsonl", string.Concat(Enumerable.Repeat("{}\n", 250))), Storing());
        Assert.Equal((250, Limits.ImportErrorCount), (report.Failed, report.Errors.Count));
    }

    [Fact]
    public void ImportPath_StoreRefusesOneDraft_FailsItAlone()
    {
        var session = new MemoryImport { FailAdd = n => n == 2 ? new FailureException(ErrorCode.NotFound, "supersedes names no memory") : null };
        ImportReport report = Importer.ImportPath(_folder.Write("a.jsonl", Lines(3, 1)), new ImportOptions { Begin = () => session });
        Assert.Equal((3, 2, 1), (report.Read, report.Created, report.Failed));
        Assert.Equal((2, "supersedes names no memory"), (report.Errors[0].Line, report.Errors[0].Reason));
    }

    [Fact]
    public void ImportPath_StorageFailsInTheMiddle_SaysHowManyWereImported()
    {
        var session = new MemoryImport { FailAdd = n => n == 2300 ? new FailureException(ErrorCode.StorageFull, "the disk is full", "free space") : null };
        FailureException failure = Assert.Throws<FailureException>(() => Importer.ImportPath(_folder.Write("a.jsonl", Lines(2500, 1)), new ImportOptions { Begin = () => session }));
        Assert.Equal((ErrorCode.StorageFull, "the disk is full; 2000 memories were imported before that and are kept", "free space"), (failure.Code, failure.Message, failure.Hint));
        Assert.Equal(2000, session.Committed.Count);
        Assert.True(session.IsDisposed);
    }

    [Fact]
    public void ImportPath_CommitFails_SaysHowManyWereImported()
    {
        var session = new MemoryImport { FailCommit = n => n == 2 ? new FailureException(ErrorCode.StorageBusy, "busy", retryable: true) : null };
        FailureException failure = Assert.Throws<FailureException>(() => Importer.ImportPath(_folder.Write("a.jsonl", Lines(2500, 1)), new ImportOptions { Begin = () => session }));
        Assert.Equal("busy; 1000 memories were imported before that and are kept", failure.Message);
        Assert.True(failure.Retryable);
        Assert.Contains("can be repeated", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void ImportPath_Cancelled_StopsBetweenMemoriesAndSaysSo()
    {
        bool isCancelled = false;
        var session = new MemoryImport
        {
            FailAdd = n =>
        {
            if (n == 1500)
            {
                isCancelled = true;
            }

            return null;
        }
        };
        FailureException failure = Assert.Throws<FailureException>(() =>
            Importer.ImportPath(_folder.Write("a.jsonl", Lines(2500, 1)), new ImportOptions { Begin = () => session, IsCancelled = () => isCancelled }));
        Assert.Equal((ErrorCode.Timeout, "the import was cancelled; 1500 memories were imported before that and are kept"), (failure.Code, failure.Message));
        Assert.Equal((1500, 1500), (session.AddCount, session.Committed.Count));
    }

    [Fact]
    public void ImportPath_Progress_GrowsUpToTheSize()
    {
        string path = _folder.Write("a.jsonl", Lines(5000, 1000));
        var seen = new List<long>();
        Importer.ImportPath(path, new ImportOptions
        {
            Progress = (done, total, message) =>
        {
            Assert.Equal(new FileInfo(path).Length, total);
            Assert.Contains("entries read", message, StringComparison.Ordinal);
            seen.Add(done);
        }
        });
        Assert.True(seen.Count is >= 4 and <= 8, $"{seen.Count} reports");
        Assert.Equal(seen.Distinct().Order(), seen);
        Assert.Equal(new FileInfo(path).Length, seen[^1]);
    }

    [Fact]
    public void ImportPath_Folder_ReadsItsFilesByNameAndNamesThemInErrors()
    {
        _folder.Write("b.jsonl", "{\"content\":\"b\"}\n{}\n");
        _folder.Write("a/deep/note.md", "from a note");
        _folder.Write("c.jsonl", "{\"type\":\"entity\",\"name\":\"C\"}\n");
        _folder.Write(".obsidian/x.md", "not read");
        _folder.Write("picture.png", "not read");
        ImportReport report = Importer.ImportPath(_folder.Path, Storing());
        Assert.Equal(["from a note", "b", "C"], _session.Committed.Select(draft => draft.Content));
        Assert.Equal("a/deep/note.md", _session.Committed[0].Source);
        Assert.Equal(("mixed", 4, 1), (report.Format, report.Read, report.Failed));
        Assert.Equal(("b.jsonl", 2), (report.Errors[0].File, report.Errors[0].Line));
    }

    [Fact]
    public void ImportPath_FolderWithFormat_ReadsOnlyFilesOfIt()
    {
        _folder.Write("b.jsonl", "{\"content\":\"b\"}");
        _folder.Write("a.md", "a");
        ImportReport report = Importer.ImportPath(_folder.Path, new ImportOptions { Format = "markdown", Begin = () => _session });
        Assert.Equal("a", Assert.Single(_session.Committed).Content);
        Assert.Equal("markdown", report.Format);
    }

    [Fact]
    public void ImportPath_FolderWithLinks_DoesNotFollowThem()
    {
        using var outside = new TemporaryFolder();
        outside.Write("secret.md", "secret");
        _folder.Write("a.md", "a");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link.md"), Path.Combine(outside.Path, "secret.md"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "loop"), _folder.Path);
        ImportReport report = Importer.ImportPath(_folder.Path, Storing());
        Assert.Equal("a", Assert.Single(_session.Committed).Content);
        Assert.Equal(["link.md", "loop"], report.Errors.Select(error => error.File));
        Assert.Equal((3, 2), (report.Read, report.Failed));
    }

    [Fact]
    public void ImportPath_FolderWithPipe_FailsThatFileOnly()
    {
        MakePipe(Path.Combine(_folder.Path, "a.md"));
        _folder.Write("b.md", "b");
        ImportReport report = Importer.ImportPath(_folder.Path, Storing());
        Assert.Equal((2, 1, "a.md", 0), (report.Read, report.Failed, report.Errors[0].File, report.Errors[0].Line));
    }

    [Fact]
    public void ImportPath_FolderWithoutFiles_IsInvalid() =>
        Fails(_folder.Path, ErrorCode.InvalidParams, "holds no file to import");

    [Fact]
    public void ImportPath_FolderAndTheStoreCannotBegin_EndsAtOnce()
    {
        _folder.Write("a.md", "a");
        _folder.Write("b.md", "b");
        int count = 0;
        FailureException failure = Assert.Throws<FailureException>(() => Importer.ImportPath(_folder.Path, new ImportOptions
        {
            Begin = () =>
        {
            count++;
            throw new FailureException(ErrorCode.StorageReadonly, "read-only");
        }
        }));
        Assert.Equal((1, ErrorCode.StorageReadonly), (count, failure.Code));
    }

    [Fact]
    public void ImportPath_Missing_IsNotFound() => Fails(Path.Combine(_folder.Path, "no.md"), ErrorCode.NotFound, "there is no such file or folder");

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void ImportPath_NoPath_IsInvalid(string path) => Fails(path, ErrorCode.InvalidParams, "path is empty");

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void ImportPath_Device_IsInvalid(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such devices");
        Fails(path, ErrorCode.InvalidParams, "is not a regular file");
    }

    [Fact]
    public void ImportPath_Pipe_IsInvalidAndNotWaitedFor()
    {
        string path = Path.Combine(_folder.Path, "pipe.jsonl");
        MakePipe(path);
        Fails(path, ErrorCode.InvalidParams, "is not a regular file");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void ImportPath_NotReadable_IsPermissionDenied()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "this user may read everything");
        string path = _folder.Write("a.md", "a");
        File.SetUnixFileMode(path, UnixFileMode.None);
        Fails(path, ErrorCode.PermissionDenied, "this user may not do that");
    }

    [Fact]
    public void ImportPath_UnknownFormat_IsInvalid() =>
        Assert.Equal("format \"csv\" is unknown; allowed: jsonl, markdown, server-memory, sqlite",
            Assert.Throws<FailureException>(() => Importer.ImportPath(_folder.Write("a.md", "a"), new ImportOptions { Format = "csv" })).Message);

    [Fact]
    public void ImportPath_Sqlite_IsReadThroughThePort()
    {
        string path = _folder.Write("old.db", "SQLite format 3\0");
        ImportReport report = Importer.ImportPath(path, new ImportOptions { Begin = () => _session, Databases = new TwoRows() });
        Assert.Equal(("sqlite", 2, 1, 1), (report.Format, report.Read, report.Created, report.Failed));
        Assert.Equal((2, "no content"), (report.Errors[0].Line, report.Errors[0].Reason));
        Fails(path, ErrorCode.InvalidParams, "cannot be imported here");
    }

    [Fact]
    public void ImportData_Text_IsImported()
    {
        ImportReport report = Importer.ImportData("# T\ntext", Storing());
        Assert.Equal(("markdown", 1), (report.Format, report.Created));
        Assert.Null(_session.Committed[0].Source);
    }

    [Fact]
    public void ImportData_TooLong_NamesTheLimit() =>
        Assert.Equal("data has 8388609 bytes; the limit is 8388608", Assert.Throws<FailureException>(() => Importer.ImportData(new string('x', (8 << 20) + 1), Storing())).Message);

    [Fact]
    public void ImportData_Sqlite_IsInvalid() =>
        Assert.Contains("give the path", Assert.Throws<FailureException>(() => Importer.ImportData("SQLite format 3\0", Storing())).Message, StringComparison.Ordinal);

    private static string Lines(int count, int length)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append("{\"content\":\"").Append(i).Append(new string('x', length)).Append("\"}\n");
        }

        return text.ToString();
    }

    private static void MakePipe(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such pipes");
        using Process process = Process.Start("mkfifo", path);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static void Fails(string path, string code, string part)
    {
        FailureException failure = Assert.Throws<FailureException>(() => Importer.ImportPath(path, new ImportOptions()));
        Assert.Equal(code, failure.Code);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }

    private ImportOptions Storing() => new() { Begin = () => _session };

    private sealed class TwoRows : IForeignDatabase
    {
        public void Read(string path, Action<MemoryDraft, long> take, Action<ImportIssue> fail)
        {
            take(new MemoryDraft { Content = "row" }, 1);
            fail(new ImportIssue(2, "no content"));
        }
    }
}
