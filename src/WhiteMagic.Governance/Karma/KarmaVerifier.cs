using System;

namespace WhiteMagic.Governance.Karma;

/// <summary>What verifying a chain found.</summary>
/// <param name="Entries">Entries read up to the end or the first bad one.</param>
/// <param name="Head">Hash of the last good entry, hexadecimal; 64 zeroes for an empty chain.</param>
/// <param name="FirstBadSequence">Sequence at which the chain breaks; null when it is whole.</param>
/// <param name="Problem">What is wrong there; null when nothing is.</param>
public sealed record KarmaVerdict(long Entries, string Head, long? FirstBadSequence, string? Problem);

/// <summary>Recomputes a chain from its first entry.</summary>
public static class KarmaVerifier
{
    /// <summary>Reads the whole ledger and names the first entry that is not what it must be.</summary>
    public static KarmaVerdict Verify(ILedger ledger)
    {
        long entries = 0;
        byte[] head = new byte[KarmaEncoding.HashBytes];
        long? firstBad = null;
        string? problem = null;
        ledger.ReadEntries(entry =>
        {
            problem =
                entry.Sequence != entries + 1 ? $"sequence {entries + 1} is missing, {entry.Sequence} follows"
                : !entry.PreviousHash.Span.SequenceEqual(head) ? "it does not name the hash of the entry before"
                : !HasItsLengths(entry) ? "one of its fields has a length or value that no entry has"
                : !entry.Hash.Span.SequenceEqual(KarmaEncoding.Hash(entry)) ? "its hash is not the hash of its fields"
                : null;
            if (problem is not null)
            {
                firstBad = Math.Min(entry.Sequence, entries + 1);
                return false;
            }

            entries++;
            entry.Hash.Span.CopyTo(head);
            return true;
        });
        return new KarmaVerdict(entries, Convert.ToHexStringLower(head), firstBad, problem);
    }

    // The encoding gives these fields a fixed size; other sizes could stand for the same bytes.
    private static bool HasItsLengths(KarmaEntry entry) =>
        entry.ArgumentsHash.Length == KarmaEncoding.HashBytes && entry.MemoryIds.Length % KarmaEncoding.IdBytes == 0
        && (int)entry.Effect is >= byte.MinValue and <= byte.MaxValue;
}
