using System;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Embedding;

namespace WhiteMagic.Sqlite;

/// <summary>How galaxies are stored; fixed when a process starts.</summary>
public sealed class StoreOptions
{
    /// <summary>The folder that holds everything.</summary>
    public required string Root { get; init; }

    /// <summary>Unpredictable bytes for ids and salts.</summary>
    public required RandomFill Random { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether every commit waits for the disk (survives power loss); else only a kill of the process is survived.</summary>
    public bool FullDurability { get; init; } = true;

    /// <summary>Whether nothing may be written, not even a new database.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long to wait for another process's transaction, in milliseconds.</summary>
    public int BusyTimeoutMs { get; init; } = 30_000;

    /// <summary>The galaxy that calls without one work on; null: as galaxies.json says.</summary>
    public string? Galaxy { get; init; }

    /// <summary>Receives what takes long when a database is opened, in words; null when nobody listens.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>Told the stages of each write (<see cref="StoreStage"/>), for tests; null when nobody listens.</summary>
    public Action<string>? Reached { get; init; }

    /// <summary>After so many changes of memories what is recent in the search tables becomes a segment.</summary>
    public int MostRecentChanges { get; init; } = Search.SearchWriter.UsualRecent;

    /// <summary>A model that gives texts a direction; null: memories are found by words alone.</summary>
    public EmbeddingModel? Model { get; init; }

    /// <summary>How long a mirror of a ledger grows before it is set aside, in bytes.</summary>
    internal long MostMirrorBytes { get; init; } = 64L << 20;

    /// <summary>The migrations; tests give their own.</summary>
    internal Migrations Migrations { get; init; } = Migrations.Built;
}
