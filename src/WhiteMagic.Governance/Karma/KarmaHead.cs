using System;

namespace WhiteMagic.Governance.Karma;

/// <summary>What the store keeps about its ledger as a whole.</summary>
/// <param name="Galaxy">The galaxy's name, as its database has it.</param>
/// <param name="LedgerId">Made at random with the ledger; no other has it.</param>
/// <param name="Size">How many entries there are.</param>
/// <param name="Hash">Hash of the last one.</param>
/// <param name="Peaks">Of the tree over them, as <see cref="MerkleFrontier"/> has them.</param>
public sealed record KarmaHead(string Galaxy, string LedgerId, long Size, ReadOnlyMemory<byte> Hash, ReadOnlyMemory<byte> Peaks)
{
    /// <summary>Which ledger it is.</summary>
    public string Origin => KarmaCheckpoint.OriginOf(Galaxy, LedgerId);
}
