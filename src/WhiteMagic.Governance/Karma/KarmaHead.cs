using System;

namespace WhiteMagic.Governance.Karma;

/// <summary>What the store keeps about its ledger as a whole.</summary>
public sealed class KarmaHead
{
    /// <summary>The galaxy's name, as its database has it.</summary>
    public required string Galaxy { get; init; }

    /// <summary>Made at random with the ledger; no other has it.</summary>
    public required string LedgerId { get; init; }

    /// <summary>How many entries there are; negative when the head is gone.</summary>
    public required long Size { get; init; }

    /// <summary>Hash of the last one.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>Of the tree over them, as <see cref="MerkleFrontier"/> has them.</summary>
    public ReadOnlyMemory<byte> Peaks { get; init; }

    /// <summary>Which ledger it is.</summary>
    public string Origin => KarmaCheckpoint.OriginOf(Galaxy, LedgerId);
}
