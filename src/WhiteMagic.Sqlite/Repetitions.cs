using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>
/// Finds the memories that say nearly the same as one that is being stored. What it keeps in memory is read when the first one is stored, and
/// kept in step with the database whoever writes it.
/// </summary>
internal sealed class Repetitions(GalaxyDatabase database) : IDisposable
{
    /// <summary>From this similarity on a memory is reported as a near repetition.</summary>
    internal const double Near = 0.9;

    // What an update or a deletion leaves in the filter is harmless, but takes room: after so many changes it is made anew.
    private const int FewChanges = 1000;

    private readonly ChangeFeed _feed = new(database, withAccesses: false);
    private NearDuplicateFilter _filter;
    private long _known;
    private long _changed;

    // False while a refresh is under way: one that was broken off is followed by a whole one.
    private bool _isWhole;

    // Memory was short: a memory is stored all the same, only without a look for others like it.
    private bool _isOff;

    /// <summary>Whether a <see cref="Refresh"/> reads only what changed.</summary>
    internal bool IsLoaded => _isWhole && _feed.IsFollowing;

    /// <summary>Brings the filter to what the database holds, and returns how many memories it looked at. In no transaction that has written.</summary>
    internal int Refresh(Connection connection)
    {
        bool isWhole = _isWhole;
        _isWhole = false;
        if (!_feed.Follow(connection, _known) || !isWhole || _changed > _known + FewChanges)
        {
            Load(connection);
        }
        else
        {
            foreach (MemoryId id in _feed.Changed)
            {
                Statement one = connection.Prepare("SELECT p.number, p.signature FROM memories m JOIN memory_places p ON p.number = m.number WHERE m.memory_id = ?1").BindBlob(1, id.ToBytes());
                if (one.Step())
                {
                    Put(one);
                    one.Reset();
                    _changed++;
                }
            }
        }

        _isWhole = true;
        return _feed.Changed.Count;
    }

    /// <summary>The memories, most alike first, that say nearly the same as one that was just stored.</summary>
    internal List<SimilarMemory>? Of(Connection connection, long number, in CompactSignature own)
    {
        Span<int> candidates = stackalloc int[NearDuplicateFilter.MaxCandidates];
        int count = _filter.Candidates(own, candidates);
        List<SimilarMemory>? similar = null;
        foreach (int candidate in candidates[..count])
        {
            // What the filter remembers may have been changed or erased since: the stored signature decides.
            Statement s = connection.Prepare("SELECT p.signature, m.memory_id, m.title FROM memory_places p JOIN memories m ON m.number = p.number WHERE p.number = ?1").Bind(1, candidate);
            if (candidate != number && s.Step() && s.Blob(0).Length == CompactSignature.Bytes)
            {
                double similarity = CompactSignature.Similarity(own, MemoryMarshal.AsRef<CompactSignature>(s.Blob(0)));
                if (similarity >= Near)
                {
                    similar ??= [];
                    similar.Add(new SimilarMemory(MemoryId.Read(s.Blob(1)), s.Text(2), similarity));
                }
            }

            s.Reset();
        }

        similar?.Sort((a, b) => b.Similarity.CompareTo(a.Similarity));
        return similar;
    }

    /// <summary>Takes in a memory that this process has just committed.</summary>
    /// <param name="number">Its row.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="entry">The ledger entry of its creation.</param>
    /// <param name="entryCount">How many entries were committed with it, that one the last.</param>
    internal void Add(long number, in CompactSignature signature, long entry, int entryCount)
    {
        Put(number, signature);
        _known++;
        _feed.Skip(entry, entryCount);
    }

    public void Dispose() => _filter.Free();

    private void Load(Connection connection)
    {
        _filter.Free();
        _isOff = false;
        _known = 0;
        _changed = 0;
        Statement all = connection.Prepare("SELECT number, signature FROM memory_places ORDER BY number");
        while (all.Step())
        {
            Put(all);
            _known++;
        }
    }

    private void Put(Statement row)
    {
        if (row.Blob(1).Length == CompactSignature.Bytes)
        {
            Put(row.Int64(0), MemoryMarshal.AsRef<CompactSignature>(row.Blob(1)));
        }
    }

    private void Put(long number, in CompactSignature signature)
    {
        if (!_isOff && number is > 0 and <= int.MaxValue && !_filter.TryAdd((int)number, signature))
        {
            _filter.Free();
            _isOff = true;
        }
    }
}
