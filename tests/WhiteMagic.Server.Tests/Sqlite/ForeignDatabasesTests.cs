using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;
using WhiteMagic.Sqlite.Legacy;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class ForeignDatabasesTests : IDisposable
{
    private const string Uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("whitemagic.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lite_Row_BecomesAMemoryWithItsId()
    {
        LegacyFiles.Lite(File, $"""
            INSERT INTO memories(id, title, content, tags, created_at, updated_at, access_count, importance)
            VALUES('{Uuid}', 'Rollback', 'We rolled back.', 'Ops, deploy,,ops', '2025-03-01T10:00:00.123456789+00:00', '2025-03-02T10:00:00+00:00', 7, 1.5)
            """);
        MemoryDraft draft = Assert.Single(Read().Drafts);
        Assert.Equal("We rolled back.", draft.Content);
        Assert.Equal("Rollback", draft.Title);
        Assert.Equal(["deploy", "ops"], draft.Tags);
        Assert.Equal("2025-03-01T10:00:00.123Z", Instant.Format(draft.CreatedAtMs!.Value));
        Assert.Equal("2025-03-02T10:00:00.000Z", Instant.Format(draft.UpdatedAtMs!.Value));
        Assert.Equal(1, draft.Importance);
        Assert.Equal("whitemagic-lite", draft.Source);
        Assert.Equal(Uuid, draft.Id!.Value.ToString());
        JsonElement metadata = Metadata(draft);
        Assert.Equal(Uuid, metadata.GetProperty("legacy_id").GetString());
        Assert.Equal(7, metadata.GetProperty("access_count").GetInt32());
        Assert.Equal(1.5, metadata.GetProperty("importance").GetDouble());
        Assert.Equal(3, metadata.EnumerateObject().Count());
    }

    [Fact]
    public void Lite_RowOfDefaults_KeepsOnlyItsIdInMetadata()
    {
        LegacyFiles.Lite(File, "INSERT INTO memories(id, title, content, created_at, updated_at) VALUES('abc', '', 'text', 'yesterday', '')");
        MemoryDraft draft = Assert.Single(Read().Drafts);
        Assert.Null(draft.Id);
        Assert.Null(draft.CreatedAtMs);
        Assert.Equal(0.5, draft.Importance);
        Assert.Equal("""{"legacy_id":"abc","created_at":"yesterday"}""", draft.Metadata);
    }

    [Fact]
    public void Python_Row_KeepsWhatOurModelHasNoFieldFor()
    {
        LegacyFiles.Python(File, """
            INSERT INTO memories(id, content, memory_type, created_at, updated_at, accessed_at, access_count, emotional_valence, importance, neuro_score, is_protected,
              metadata, title, galactic_distance, content_hash, event_time, is_private, model_exclude)
            VALUES('0123456789abcdef', '{"a": [1, 2]}', 'EMOTIONAL', '2025-01-02T03:04:05.678901', '2025-01-02T03:04:06', '2025-02-02T03:04:05', 3, -0.25, 0.75, 0.4, 1,
              '{"status":"archived","event_time":"2024-12-31","legacy_id":"x","galactic_distance":9}', NULL, 0.95, 'ffff', '2024-12-31T00:00:00', 1, 1);
            INSERT INTO tags VALUES('0123456789abcdef', 'Beta'), ('0123456789abcdef', 'alpha');
            """);
        MemoryDraft draft = Assert.Single(Read().Drafts);
        Assert.Equal("""{"a": [1, 2]}""", draft.Content);
        Assert.Equal("", draft.Title);
        Assert.Equal(MemoryType.Event, draft.Type);
        Assert.Equal(["alpha", "beta"], draft.Tags);
        Assert.Equal(0.75, draft.Importance);
        Assert.Equal("whitemagic-python", draft.Source);
        Assert.Equal("2025-01-02T03:04:05.678Z", Instant.Format(draft.CreatedAtMs!.Value));
        Assert.Equal("2024-12-31T00:00:00.000Z", Instant.Format(draft.EventTimeMs!.Value));
        Assert.Equal("""
            {"status":"archived","event_time":"2024-12-31","legacy_id":"x","galactic_distance":9,"legacy_legacy_id":"0123456789abcdef","memory_type":"EMOTIONAL","accessed_at":"2025-02-02T03:04:05","access_count":3,"emotional_valence":-0.25,"neuro_score":0.4,"is_protected":1,"legacy_galactic_distance":0.95,"is_private":1,"model_exclude":1}
            """, draft.Metadata);
    }

    [Theory]
    [InlineData("SHORT_TERM", MemoryType.Note)]
    [InlineData("LONG_TERM", MemoryType.Fact)]
    [InlineData("EMOTIONAL", MemoryType.Event)]
    [InlineData("NARRATIVE", MemoryType.Event)]
    [InlineData("SYMBOLIC", MemoryType.Fact)]
    [InlineData("COLLECTIVE", MemoryType.Fact)]
    [InlineData("IMMUNE", MemoryType.Procedure)]
    [InlineData("PATTERN", MemoryType.Procedure)]
    [InlineData("decision", MemoryType.Decision)]
    [InlineData("OTHER", MemoryType.Note)]
    public void Python_MemoryType_IsMappedAndKept(string theirs, MemoryType ours)
    {
        LegacyFiles.Python(File, $"INSERT INTO memories(id, content, memory_type) VALUES('a', 'text', '{theirs}')");
        MemoryDraft draft = Assert.Single(Read().Drafts);
        Assert.Equal(ours, draft.Type);
        Assert.Equal(theirs, Metadata(draft).GetProperty("memory_type").GetString());
    }

    [Fact]
    public void Python_Associations_AreKeptStrongestFirst()
    {
        LegacyFiles.Python(File, """
            INSERT INTO memories(id, content) VALUES('a', 'one'), ('b', 'two');
            INSERT INTO associations(source_id, target_id, strength, relation_type) VALUES('a', 'b', 0.5, 'associated_with'), ('a', 'a', 0.75, 'causal');
            """);
        MemoryDraft draft = Read().Drafts[0];
        Assert.Equal("""[{"target_id":"a","strength":0.75,"relation_type":"causal"},{"target_id":"b","strength":0.5}]""", Metadata(draft).GetProperty("associations").GetRawText());
    }

    [Fact]
    public void Python_ManyAssociations_AreCutAndCounted()
    {
        LegacyFiles.Python(File, """
            INSERT INTO memories(id, content) VALUES('a', 'one');
            PRAGMA foreign_keys = OFF;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO associations(source_id, target_id, strength) SELECT 'a', printf('target-%06d', i), 1.0 / i FROM n;
            """);
        JsonElement metadata = Metadata(Assert.Single(Read().Drafts));
        int kept = metadata.GetProperty("associations").GetArrayLength();
        Assert.InRange(kept, 100, 1999);
        Assert.Equal(2000 - kept, metadata.GetProperty("associations_left_out").GetInt32());
        Assert.Equal("target-000001", metadata.GetProperty("associations")[0].GetProperty("target_id").GetString());
    }

    [Fact]
    public void Rows_ThatCannotBeTaken_AreIssuesWithTheirNumber()
    {
        LegacyFiles.Lite(File, """
            INSERT INTO memories(id, title, content, created_at, updated_at) VALUES
              ('1', '', 'good', '2025-01-01', '2025-01-01'), ('2', '', '  ', '', ''), ('3', '', CAST(x'66ff66' AS TEXT), '', ''),
              ('4', '', printf('%.*c', 1048577, 'x'), '', ''), ('5', '', printf('%.*c', 1048576, 'y'), '', ''), ('6', CAST(x'ff' AS TEXT), 'text', '', '');
            """);
        Found found = Read();
        Assert.Equal([1, 5], found.Numbers);
        Assert.Equal([2, 3, 4, 6], found.Issues.Select(i => i.Line));
        Assert.Contains("content is empty", found.Issues[0].Reason, StringComparison.Ordinal);
        Assert.Contains("content is not valid UTF-8", found.Issues[1].Reason, StringComparison.Ordinal);
        Assert.Contains("content has 1048577 bytes; the limit is 1048576", found.Issues[2].Reason, StringComparison.Ordinal);
        Assert.Contains("title is not valid UTF-8", found.Issues[3].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("plain")]
    public void Metadata_ThatIsNoObject_IsKeptAsText(string metadata)
    {
        LegacyFiles.Python(File, $"INSERT INTO memories(id, content, metadata) VALUES('a', 'text', '{metadata}')");
        Assert.Equal(metadata, Metadata(Assert.Single(Read().Drafts)).GetProperty("legacy_metadata").GetString());
    }

    [Fact]
    public void TitleAndTags_ThatBreakOurLimits_AreCutAndKeptInMetadata()
    {
        LegacyFiles.Lite(File, "INSERT INTO memories(id, title, content, tags, created_at, updated_at) VALUES('a', printf('%.*c', 1200, 't'), 'text', 'ok,' || printf('%.*c', 129, 'g'), '', '')");
        MemoryDraft draft = Assert.Single(Read().Drafts);
        Assert.Equal(1000, draft.Title.Length);
        Assert.Equal(["ok"], draft.Tags);
        Assert.Equal(1200, Metadata(draft).GetProperty("legacy_title").GetString()!.Length);
        Assert.Equal(129, Metadata(draft).GetProperty("legacy_tags")[0].GetString()!.Length);
    }

    [Fact]
    public void LiteFileThatPythonExtended_HasTheTagsOfBoth()
    {
        LegacyFiles.Lite(File, """
            ALTER TABLE memories ADD COLUMN memory_type TEXT DEFAULT 'SHORT_TERM';
            CREATE TABLE tags (memory_id TEXT, tag TEXT, PRIMARY KEY (memory_id, tag));
            INSERT INTO memories(id, title, content, tags, created_at, updated_at) VALUES('a', '', 'text', 'one', '', '');
            INSERT INTO tags VALUES('a', 'two'), ('a', 'one');
            """);
        MemoryDraft draft = Assert.Single(Read().Drafts);
        Assert.Equal(["one", "two"], draft.Tags);
        Assert.Equal("whitemagic-python", draft.Source);
    }

    [Fact]
    public void Log_BesideTheFile_IsHonouredAndNothingIsChanged()
    {
        using Connection writer = Connection.Open(File, Connection.Mode.Create, 2000);
        writer.Execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE memories(id TEXT PRIMARY KEY, title TEXT, content TEXT, tags TEXT)");
        writer.Execute("INSERT INTO memories VALUES('a', '', 'in the log', '')");
        byte[] log = Bytes(File + "-wal");
        byte[] database = Bytes(File);
        Assert.Equal("in the log", Assert.Single(Read().Drafts).Content);
        Assert.Equal(log, Bytes(File + "-wal"));
        Assert.Equal(database, Bytes(File));
    }

    [Fact]
    public void Log_LeftByAKilledProgram_IsHonoured()
    {
        string copy = _folder.File("copy.db");
        using (Connection writer = Connection.Open(File, Connection.Mode.Create, 2000))
        {
            writer.Execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE memories(id TEXT PRIMARY KEY, title TEXT, content TEXT, tags TEXT)");
            writer.Execute("INSERT INTO memories VALUES('a', '', 'in the log', '')");
            System.IO.File.WriteAllBytes(copy, Bytes(File));
            System.IO.File.WriteAllBytes(copy + "-wal", Bytes(File + "-wal"));
        }

        byte[] log = Bytes(copy + "-wal");
        Assert.Equal("in the log", Assert.Single(Read(copy).Drafts).Content);
        Assert.Equal(log, Bytes(copy + "-wal"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void File_AtRest_IsReadWithoutATrace(bool log)
    {
        LegacyFiles.Lite(File, "INSERT INTO memories(id, title, content, created_at, updated_at) VALUES('a', '', 'text', '', '')", log);
        byte[] before = Bytes(File);
        Assert.Single(Read().Drafts);
        Assert.Equal(before, Bytes(File));
        Assert.Equal([File], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Database_OfAnotherProgram_IsRefused()
    {
        LegacyFiles.Make(File, "CREATE TABLE memories(id TEXT, body TEXT)", "INSERT INTO memories VALUES('a', 'b')", log: false);
        FailureException failure = Assert.Throws<FailureException>(() => Read());
        Assert.Equal(ErrorCode.InvalidParams, failure.Code);
        Assert.Contains("holds no memories of an earlier WhiteMagic", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Database_WhoseMemoriesAreAView_IsRefused()
    {
        LegacyFiles.Make(File, "CREATE VIEW memories AS SELECT 'a' AS id, 'b' AS title, 'c' AS content, '' AS tags", "", log: false);
        Assert.Equal(ErrorCode.InvalidParams, Assert.Throws<FailureException>(() => Read()).Code);
    }

    [Fact]
    public void Database_OfThisProgram_IsRefusedWithAHint()
    {
        using var bench = new Bench();
        bench.Add("text");
        FailureException failure = Assert.Throws<FailureException>(() => Read(bench.DatabasePath));
        Assert.Contains("of this WhiteMagic", failure.Message, StringComparison.Ordinal);
        Assert.Contains("wm export", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Database_Damaged_FailsWithAName()
    {
        LegacyFiles.Lite(File, "INSERT INTO memories(id, title, content, created_at, updated_at) VALUES('a', '', printf('%.*c', 50000, 'x'), '', '')", log: false);
        byte[] bytes = Bytes(File);
        bytes.AsSpan(4096).Fill(0xA5);
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Equal(ErrorCode.StorageCorrupt, Assert.Throws<FailureException>(() => Read()).Code);
    }

    [Fact]
    public void Take_ThatThrows_EndsTheReadingWithItsOwnFailure()
    {
        LegacyFiles.Lite(File, "INSERT INTO memories(id, title, content, created_at, updated_at) VALUES('a', '', 'x', '', ''), ('b', '', 'y', '', '')");
        var thrown = FailureException.Invalid("mine");
        int calls = 0;
        Assert.Same(thrown, Assert.Throws<FailureException>(() => new ForeignDatabases().Read(File, (_, _) => { calls++; throw thrown; }, _ => { })));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Importer_WithALiteFile_StoresItOnceHoweverOftenItIsRepeated()
    {
        LegacyFiles.Lite(File, $"INSERT INTO memories(id, title, content, created_at, updated_at) VALUES('{Uuid}', 'T', 'kept', '2025-01-01', '2025-01-01'), ('b', '', 'other', '', '')");
        using var bench = new Bench();
        ImportReport first = Import(bench);
        Assert.Equal((2, 0, 0), (first.Created, first.Skipped, first.Failed));
        ImportReport second = Import(bench);
        Assert.Equal((0, 1, 1), (second.Created, second.Skipped, second.Reinforced));
        Assert.True(MemoryId.TryParse(Uuid, out MemoryId id));
        Assert.Equal("kept", bench.Store.Find(id)!.Content);
    }

    private ImportReport Import(Bench bench) => Importer.ImportPath(File, new ImportOptions
    {
        Begin = () => bench.Store.BeginImport(Bench.Permit(tool: "import_memories")),
        Databases = new ForeignDatabases(),
    });

    private Found Read(string? path = null)
    {
        var found = new Found();
        new ForeignDatabases().Read(path ?? File, (draft, number) =>
        {
            found.Drafts.Add(draft);
            found.Numbers.Add(number);
        }, found.Issues.Add);
        return found;
    }

    private static JsonElement Metadata(MemoryDraft draft)
    {
        using JsonDocument document = JsonDocument.Parse(draft.Metadata!);
        return document.RootElement.Clone();
    }

    private static byte[] Bytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed class Found
    {
        public List<MemoryDraft> Drafts { get; } = [];

        public List<long> Numbers { get; } = [];

        public List<ImportIssue> Issues { get; } = [];
    }
}
