using System;
using System.IO;
using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Server.Peer;

/// <summary>A store on a root, with permits for deeds that are named after what is done.</summary>
public sealed class PeerStore : IDisposable
{
    private readonly Governor _governor = new([], [], (_, e) => throw e);

    public PeerStore(string root, Action<string>? reached)
    {
        Galaxies = new SqliteGalaxies(new StoreOptions
        {
            Root = root,
            Random = Fill,
            FullDurability = false,
            Reached = reached,
            MostRecentChanges = 6,
        });
    }

    public SqliteGalaxies Galaxies { get; }

    public IGalaxyStore Store => Galaxies.Open(GalaxyName.Default);

    public MemoryId Create(string content) => Store.Create(new MemoryDraft { Content = content, SessionId = content.Length % 3 == 0 ? "s" : null, Speaker = content.Length % 2 == 0 ? "Ann" : null }, Permit("create", Effect.Write)).Id;

    /// <summary>Leaves an entry that waits for the next change.</summary>
    public void Read(Effect effect) => Store.Ledger.Queue(Deed("read", effect), "", 1, Outcomes.Ok, []);

    public Permit Permit(string deed, Effect effect) => _governor.Rule(Deed(deed, effect)).Permit!;

    public void Dispose() => Galaxies.Dispose();

    private static Deed Deed(string name, Effect effect) => new()
    {
        Tool = name,
        Effect = effect,
        Agent = "peer/1",
        Session = "",
        Galaxy = GalaxyName.Default,
        Arguments = Encoding.UTF8.GetBytes("{}"),
        StartedAtMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        StartedTimestamp = TimeProvider.System.GetTimestamp(),
    };

    private static void Fill(Span<byte> bytes)
    {
        using FileStream random = File.OpenRead("/dev/urandom");
        random.ReadExactly(bytes);
    }
}
