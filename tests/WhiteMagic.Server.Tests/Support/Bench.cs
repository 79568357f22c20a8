using System;
using System.Collections.Generic;
using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Embedding;
using WhiteMagic.Sqlite;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>Galaxies on a real file in a folder of their own, with permits from a real governor.</summary>
internal sealed class Bench : IDisposable
{
    private readonly TemporaryFolder? _folder;
    private static int _made = 20261122;

    private readonly Random _random = new(System.Threading.Interlocked.Increment(ref _made));

    public Bench(string? root = null, bool readOnly = false, ManualTime? time = null, Migrations? migrations = null, int busyTimeoutMs = 5000, string? galaxy = null,
        Action<string>? report = null, long mostMirrorBytes = 64L << 20, int mostRecentChanges = 4096, EmbeddingModel? model = null)
    {
        _folder = root is null ? new TemporaryFolder() : null;
        Root = root ?? _folder!.File("root");
        Time = time ?? new ManualTime();
        Galaxies = new SqliteGalaxies(new StoreOptions
        {
            Root = Root,
            Random = Fill,
            Time = Time,
            ReadOnly = readOnly,
            BusyTimeoutMs = busyTimeoutMs,
            FullDurability = false,
            Migrations = migrations ?? Migrations.Built,
            Galaxy = galaxy,
            Report = report,
            MostMirrorBytes = mostMirrorBytes,
            MostRecentChanges = mostRecentChanges,
            Model = model,
        });
    }

    public string Root { get; }

    public ManualTime Time { get; }

    public SqliteGalaxies Galaxies { get; }

    public IGalaxyStore Store => Galaxies.Open("default");

    public string DatabasePath => SqliteGalaxies.PathOf(Root, "default");

    public static Deed Deed(Effect effect = Effect.Write, string tool = "create_memory", string arguments = "{}", string session = "") => new()
    {
        Tool = tool,
        Effect = effect,
        Agent = "tests/1",
        Session = session,
        Galaxy = "default",
        Arguments = Encoding.UTF8.GetBytes(arguments),
        StartedAtMs = 1_795_340_000_000,
        StartedTimestamp = TimeProvider.System.GetTimestamp(),
    };

    /// <summary>A governor without rules.</summary>
    public static Governor Governor(bool readOnly) => new([new PermissionStage(readOnly)], [], (_, e) => throw e);

    public static Permit Permit(Effect effect = Effect.Write, string tool = "create_memory", string arguments = "{}") =>
        Governor(readOnly: false).Rule(Deed(effect, tool, arguments)).Permit!;

    public MemoryId Add(string content, string title = "", string[]? tags = null, MemoryType type = MemoryType.Note, string? session = null, string? speaker = null,
        long? eventTime = null, string? metadata = null, string? source = null) =>
        Create(new MemoryDraft
        {
            Content = content,
            Title = title,
            Tags = tags ?? [],
            Type = type,
            SessionId = session,
            Speaker = speaker,
            EventTimeMs = eventTime,
            Metadata = metadata,
            Source = source,
        }).Id;

    public CreateOutcome Create(MemoryDraft draft)
    {
        Time.NowMs++;
        return Store.Create(draft, Permit());
    }

    public List<KarmaEntry> Entries(string galaxy = "default")
    {
        var entries = new List<KarmaEntry>();
        Galaxies.Open(galaxy).Ledger.ReadEntries(e =>
        {
            entries.Add(e);
            return true;
        });
        return entries;
    }

    /// <summary>A second connection to the same file, without our rules.</summary>
    public Connection Raw() => Connection.Open(DatabasePath, Connection.Mode.ReadWrite, 2000);

    public void Fill(Span<byte> bytes) => _random.NextBytes(bytes);

    public void Dispose()
    {
        Galaxies.Dispose();
        _folder?.Dispose();
    }
}
