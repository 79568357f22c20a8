using System.Collections.Generic;
using System.Diagnostics;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>
/// Looks for memories that the disk has changed, a few milliseconds at a time: SQLite has no checksums, so only the SHA-256 of a content shows it.
/// </summary>
internal sealed class DamagedMemories(GalaxyDatabase database)
{
    // What a call that asks for the state of the store may take longer; some megabytes are read in it.
    private const int LookMs = 10;

    private readonly List<MemoryId> _known = [];
    private int _generation = -1;
    private long _checked;

    /// <summary>Checks the known ones again and goes on looking where the last look ended, from the beginning after the end.</summary>
    internal IReadOnlyList<MemoryId> Look(Connection connection)
    {
        if (_generation != database.Generation)
        {
            _generation = database.Generation;
            _checked = 0;
            _known.Clear();
        }

        _known.RemoveAll(id => !MemoryRows.IsDamaged(connection, id));
        long started = Stopwatch.GetTimestamp();
        _checked = MemoryRows.FindDamaged(connection, _checked, id =>
        {
            if (!_known.Contains(id))
            {
                _known.Add(id);
            }
        }, () => Stopwatch.GetElapsedTime(started).TotalMilliseconds > LookMs);
        return _known.ToArray();
    }
}
