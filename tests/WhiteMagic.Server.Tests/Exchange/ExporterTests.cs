using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Memory.Hologram;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class ExporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FixedStore _store = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jsonl", null, "jsonl")]
    [InlineData("a.md", null, "markdown")]
    [InlineData("a.dat", "markdown", "markdown")]
    public void Export_ThenImport_GivesEveryMemoryBack(string name, string? format, string expected)
    {
        string path = Path.Combine(_folder.Path, name);
        ExportReport report = Exporter.Export(_store, path, new ExportOptions { Format = format });
        Assert.Equal(new ExportReport(path, expected, _store.Records.Count, new FileInfo(path).Length, report.Damaged), report);
        Assert.Empty(report.Damaged);
        var session = new MemoryImport();
        Importer.ImportPath(path, new ImportOptions { Format = expected, Begin = () => session });
        Assert.Equal(_store.Records.Select(record => record.Content), session.Committed.Select(draft => draft.Content));
        Assert.Equal([name], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Export_File_BelongsToItsUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such modes");
        string path = Path.Combine(_folder.Path, "a.jsonl");
        Exporter.Export(_store, path, new ExportOptions());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Export_FileExists_IsAConflictUnlessOverwritten()
    {
        string path = _folder.Write("a.jsonl", "mine");
        Assert.Equal(ErrorCode.Conflict, Fails(path, new ExportOptions()).Code);
        Assert.Equal("mine", File.ReadAllText(path));
        Exporter.Export(_store, path, new ExportOptions { Overwrite = true });
        Assert.StartsWith("{\"memory_id\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_RelativePath_AnswersTheAbsoluteOne()
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(_folder.Path, "a.md"));
        Assert.Equal(Path.Combine(_folder.Path, "a.md"), Exporter.Export(_store, relative, new ExportOptions()).Path);
    }

    [Fact]
    public void Export_StorageFails_LeavesNoFile()
    {
        _store.FailAfter = 3;
        Assert.Equal(ErrorCode.StorageCorrupt, Fails(Path.Combine(_folder.Path, "a.jsonl"), new ExportOptions()).Code);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Export_Cancelled_LeavesTheOldFile()
    {
        string path = _folder.Write("a.jsonl", "mine");
        FailureException failure = Fails(path, new ExportOptions { Overwrite = true, IsCancelled = () => true });
        Assert.Equal(ErrorCode.Timeout, failure.Code);
        Assert.Equal("mine", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Export_FolderMissing_IsNotFound() => Assert.Equal(ErrorCode.NotFound, Fails(Path.Combine(_folder.Path, "no", "a.md"), new ExportOptions()).Code);

    [Fact]
    public void Export_PathIsAFolder_IsInvalid() =>
        Assert.Contains("is a folder", Fails(_folder.Path, new ExportOptions { Format = "jsonl" }).Message, StringComparison.Ordinal);

    [Fact]
    public void Export_Device_IsInvalid()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such devices");
        Assert.Contains("is not a regular file", Fails("/dev/null", new ExportOptions { Format = "jsonl", Overwrite = true }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_ToArrow_IsAFileBetweenItsMarks()
    {
        // What is in it, apache-arrow reads in the tests of the binary.
        string path = Path.Combine(_folder.Path, "a.arrow");
        ExportReport report = Exporter.Export(_store, path, new ExportOptions());
        Assert.Equal((ExchangeFormat.Arrow, _store.Records.Count), (report.Format, report.Count));
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal(report.Bytes, bytes.Length);
        Assert.True(bytes.AsSpan().StartsWith("ARROW1\0\0"u8) && bytes.AsSpan().EndsWith("ARROW1"u8));
        Assert.All(_store.Records, memory => Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(memory.Id.ToString())) > 0));
        _store.Records.Clear();
        Assert.Equal(0, Exporter.Export(_store, path, new ExportOptions { Overwrite = true }).Count);
    }

    [Fact]
    public void Export_UnknownExtension_IsInvalid() => Assert.Contains("format cannot be told", Fails(Path.Combine(_folder.Path, "a.dat"), new ExportOptions()).Message, StringComparison.Ordinal);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Export_FolderNotWritable_IsPermissionDenied()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "this user may write everywhere");
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "closed")).FullName;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal(ErrorCode.PermissionDenied, Fails(Path.Combine(folder, "a.md"), new ExportOptions()).Code);
    }

    [Theory]
    [InlineData(28, ErrorCode.StorageFull, "there is no space left for it")]
    [InlineData(30, ErrorCode.StorageReadonly, "its file system is read-only")]
    [InlineData(17, ErrorCode.Conflict, "exists already")]
    [InlineData(5, ErrorCode.InternalError, "the system answered with error 5")]
    public void Failure_ErrorsOfTheSystem_AreSaidInOurWords(int error, string code, string part)
    {
        FailureException failure = ExchangePath.Failure("writing", "/x/a.md", new IOException("framework text", error));
        Assert.Equal(code, failure.Code);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.Contains("/x/a.md", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("framework text", failure.Message + failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_DiskFull_IsStorageFullAndLeavesNoFile()
    {
        string folder = Environment.GetEnvironmentVariable("WM_SMALL_FOLDER") ?? "";
        Assert.SkipUnless(Directory.Exists(folder), "WM_SMALL_FOLDER names no empty folder on a file system below 16 MB");
        for (int i = 0; i < 14; i++)
        {
            _store.Records.AddRange(_store.Records.ToArray());
        }

        Assert.Equal(ErrorCode.StorageFull, Fails(Path.Combine(folder, "a.jsonl"), new ExportOptions()).Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private FailureException Fails(string path, ExportOptions options) => Assert.Throws<FailureException>(() => Exporter.Export(_store, path, options));

    private sealed class FixedStore : IGalaxyStore
    {
        public List<MemoryRecord> Records { get; } = NastyMemories.Make(new Random(11), 20);

        public int FailAfter { get; set; } = int.MaxValue;

        public string Name => GalaxyName.Default;

        public ILedger Ledger => throw new NotSupportedException();

        public IReadOnlyList<MemoryRecord> History(MemoryId id) => throw new NotSupportedException();

        public void ReadAll(MemoryFilter filter, Func<MemoryRecord, bool> visit)
        {
            for (int i = 0; i < Records.Count; i++)
            {
                if (i == FailAfter)
                {
                    throw new FailureException(ErrorCode.StorageCorrupt, "damaged");
                }

                if (!visit(Records[i]))
                {
                    return;
                }
            }
        }

        public void Bound(TimeSpan? limit, Func<bool>? isCancelled) => throw new NotSupportedException();

        public MemoryRecord? Find(MemoryId id, bool includeDeleted = false, bool evenDamaged = false) => throw new NotSupportedException();

        public void NoteAccess(MemoryId id) => throw new NotSupportedException();

        public ListPage List(MemoryFilter filter, int limit, string? cursor = null, int? previewBytes = null) => throw new NotSupportedException();

        public IReadOnlyList<SearchHit> Search(string query, MemoryFilter filter, int limit, int? previewBytes = null) => throw new NotSupportedException();

        public IReadOnlyList<Neighbour> Nearest(in Coordinates point, int limit, double? radius = null, MemoryId? except = null, int? previewBytes = null) => throw new NotSupportedException();

        public IReadOnlyList<DuplicatePair> FindDuplicates(double threshold, int limit) => throw new NotSupportedException();

        public HologramFacts Hologram() => throw new NotSupportedException();

        public GalaxyFacts Facts() => throw new NotSupportedException();

        public CreateOutcome Create(MemoryDraft draft, Permit permit) => throw new NotSupportedException();

        public long Update(MemoryId id, MemoryPatch patch, long? expectedVersion, Permit permit) => throw new NotSupportedException();

        public void Delete(MemoryId id, Permit permit) => throw new NotSupportedException();

        public IReadOnlyList<MemoryId> Damaged() => throw new NotSupportedException();

        public PurgeOutcome Purge(MemoryId id, Permit permit) => throw new NotSupportedException();

        public bool Restore(MemoryId id, Permit permit) => throw new NotSupportedException();

        public IImportSession BeginImport(Permit permit) => throw new NotSupportedException();
    }
}
