using System;

namespace WhiteMagic.Memory.Exchange;

/// <summary>How an export is run.</summary>
public sealed class ExportOptions
{
    /// <summary>One of <see cref="ExchangeFormat.Writable"/>; null takes it from the extension of the path.</summary>
    public string? Format { get; init; }

    /// <summary>Which memories; all living ones when nothing is said.</summary>
    public MemoryFilter Filter { get; init; } = new();

    /// <summary>Whether an existing file is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Receives the memories written, how many there will be (null: not known), and a sentence.</summary>
    public Action<long, long?, string>? Progress { get; init; }

    /// <summary>Tells whether to stop; asked between memories.</summary>
    public Func<bool>? IsCancelled { get; init; }
}
