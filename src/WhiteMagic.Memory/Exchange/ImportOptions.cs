using System;

namespace WhiteMagic.Memory.Exchange;

/// <summary>How an import is run.</summary>
public sealed class ImportOptions
{
    /// <summary>One of <see cref="ExchangeFormat.Readable"/>; null finds it out.</summary>
    public string? Format { get; init; }

    /// <summary>Opens the session that stores; called once, after the path proved to be readable. Null makes a dry run.</summary>
    public Func<IImportSession>? Begin { get; init; }

    /// <summary>Rules on each draft and gives it back, perhaps without what a rule took out; refuses one by throwing. Null: nobody rules.</summary>
    public Func<MemoryDraft, MemoryDraft>? Judge { get; init; }

    /// <summary>Receives what is done, of how much (null when that is not known; both in bytes, for a database in rows), and a sentence. What is done grows.</summary>
    public Action<long, long?, string>? Progress { get; init; }

    /// <summary>Tells whether to stop; asked between memories.</summary>
    public Func<bool>? IsCancelled { get; init; }

    /// <summary>Reader of SQLite files; null refuses them.</summary>
    public IForeignDatabase? Databases { get; init; }
}
