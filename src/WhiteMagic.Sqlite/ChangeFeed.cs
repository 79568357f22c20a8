using System;
using System.Collections.Generic;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>
/// Tells which memories changed since the last look, whichever process changed them: every change leaves an entry in the ledger, in its own
/// transaction, that names its memories. A look that finds nothing costs one search for the ledger's end.
/// </summary>
/// <param name="database">The galaxy.</param>
/// <param name="withAccesses">Whether memories that were only read count too.</param>
internal sealed class ChangeFeed(GalaxyDatabase database, bool withAccesses)
{
    // Reading one memory that changed costs about as much as reading so many in a row.
    private const int AnewRatio = 8;

    private int _generation = -1;
    private long _seen;

    /// <summary>Whether the next look needs only what changed, as far as can be told without looking.</summary>
    internal bool IsFollowing => _generation == database.Generation;

    /// <summary>What <see cref="Follow"/> found.</summary>
    internal List<MemoryId> Changed { get; } = [];

    /// <summary>
    /// Fills <see cref="Changed"/>; false when everything must be read anew: at the first look, when the file is another one, after a repair,
    /// and when reading anew is less work.
    /// In no transaction that has written: its entries may be taken back.
    /// </summary>
    /// <param name="connection">The galaxy.</param>
    /// <param name="known">How many memories the caller would have to read anew.</param>
    internal bool Follow(Connection connection, long known)
    {
        Changed.Clear();
        long newest = connection.ScalarInt64("SELECT max(sequence) FROM karma_entries");
        bool follows = IsFollowing && newest >= _seen;
        if (follows && newest > _seen)
        {
            Statement s = connection.Prepare("SELECT sequence, changed, memory_ids FROM karma_entries WHERE sequence > ?1 ORDER BY sequence").Bind(1, _seen);
            while (s.Step())
            {
                newest = s.Int64(0);
                bool isChange = s.Int64(1) > 0;
                ReadOnlySpan<byte> ids = s.Blob(2);
                follows &= (!isChange || ids.Length > 0) && Changed.Count <= known / AnewRatio;
                for (; follows && (isChange || withAccesses) && ids.Length >= MemoryId.Bytes; ids = ids[MemoryId.Bytes..])
                {
                    Changed.Add(MemoryId.Read(ids));
                }
            }
        }

        _generation = database.Generation;
        _seen = newest;
        if (!follows)
        {
            Changed.Clear();
        }

        return follows;
    }

    /// <summary>Counts entries that this process has just committed as seen, when no other's are among them.</summary>
    /// <param name="newest">The last of them.</param>
    /// <param name="count">How many there are.</param>
    internal void Skip(long newest, int count)
    {
        if (IsFollowing && _seen == newest - count)
        {
            _seen = newest;
        }
    }
}
