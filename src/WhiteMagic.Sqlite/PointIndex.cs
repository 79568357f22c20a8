using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.SpatialIndex5D;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Hologram;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>
/// The points of a galaxy's living memories on one UTC day. Built when a call first needs it, kept in step with the database whoever writes
/// it, built again on the next day, when every point has moved.
/// </summary>
internal sealed unsafe class PointIndex(GalaxyDatabase database) : IDisposable
{
    private const string Columns =
        "p.number, p.x, p.y, p.w, p.importance, p.event_time, a.access_count, a.last_accessed_at FROM memory_places p LEFT JOIN memory_access a ON a.number = p.number";

    private readonly ChangeFeed _feed = new(database, withAccesses: true);
    private SpatialIndex _index;
    private long? _day;

    /// <summary>Points; null before the first <see cref="Refresh"/>.</summary>
    internal long? Count => _day is null ? null : _index.Count;

    /// <summary>Brings the index to what the database holds. In no transaction that has written.</summary>
    internal void Refresh(Connection connection, long nowMs)
    {
        long? before = _day;
        long today = Place.DayOf(nowMs);

        // Until it is whole there is none: a refresh that was broken off is followed by a whole one.
        _day = null;
        if (!_feed.Follow(connection, _index.Count) || before != today)
        {
            Build(connection, nowMs);
        }
        else
        {
            foreach (MemoryId id in _feed.Changed)
            {
                Move(connection, id, nowMs);
            }
        }

        _day = today;
    }

    /// <summary>The nearest memories after a <see cref="Refresh"/>; see <see cref="IGalaxyStore.Nearest"/>.</summary>
    internal List<Neighbour> Nearest(Connection connection, in Coordinates point, int limit, double? radius, MemoryId? except, int? previewBytes, long nowMs)
    {
        int most = Math.Min(limit + (except is null ? 0 : 1), _index.Count);
        int[] numbers = new int[most];
        float[] squares = new float[most];
        var neighbours = new List<Neighbour>(most);
        var at = new Point5(point.X, point.Y, point.Z, point.W, point.V);
        bool hasGhosts;
        do
        {
            neighbours.Clear();
            hasGhosts = false;
            int count = radius is { } within ? _index.Within(at, (float)within, numbers, squares) : _index.Nearest(at, numbers, squares);
            for (int i = 0; i < count; i++)
            {
                if (MemoryRows.FindNumber(connection, numbers[i], nowMs, previewBytes) is not { Coordinates: { } stands } memory)
                {
                    // Its ledger entry names an id that no row has any more, so an erased memory is recognised only here.
                    hasGhosts |= _index.Remove(numbers[i]);
                }
                else if (memory.Id != except && neighbours.Count < limit)
                {
                    neighbours.Add(new Neighbour(memory, stands.DistanceTo(point)));
                }
            }
        }
        while (hasGhosts);
        return neighbours;
    }

    public void Dispose() => _index.Free();

    private void Build(Connection connection, long nowMs)
    {
        long count = connection.ScalarInt64("SELECT count(*) FROM memory_places");
        if (count > int.MaxValue)
        {
            throw NoMemory();
        }

        // SAFETY: both blocks have room for count elements and live until the end of the method; the reader below stops at count.
        var ids = (int*)NativeMemory.Alloc((nuint)count, sizeof(int));
        var points = (Point5*)NativeMemory.Alloc((nuint)count, (nuint)sizeof(Point5));
        try
        {
            int read = 0;
            Statement s = connection.Prepare("SELECT " + Columns + " ORDER BY p.number");
            while (s.Step())
            {
                if (read == count)
                {
                    // Another process adds memories while we read; the next look at the ledger names them.
                    s.Reset();
                    break;
                }

                if (s.Int64(0) is > 0 and <= int.MaxValue)
                {
                    ids[read] = (int)s.Int64(0);
                    points[read++] = PointOf(s, nowMs);
                }
            }

            Check(_index.TryBuild(new ReadOnlySpan<int>(ids, read), new ReadOnlySpan<Point5>(points, read)));
        }
        finally
        {
            NativeMemory.Free(ids);
            NativeMemory.Free(points);
        }
    }

    private void Move(Connection connection, MemoryId id, long nowMs)
    {
        Statement number = connection.Prepare("SELECT number FROM memories WHERE memory_id = ?1").BindBlob(1, id.ToBytes());
        if (!number.Step())
        {
            return;
        }

        long row = number.Int64(0);
        number.Reset();
        if (row is <= 0 or > int.MaxValue)
        {
            return;
        }

        Statement s = connection.Prepare("SELECT " + Columns + " WHERE p.number = ?1").Bind(1, row);
        if (!s.Step())
        {
            _index.Remove((int)row);
            return;
        }

        Point5 point = PointOf(s, nowMs);
        s.Reset();
        Check(_index.TryInsert((int)row, point));
    }

    private void Check(int result)
    {
        if (result == KernelError.InvalidArgument)
        {
            throw StorageFailure.Corrupt(database.Path, "a memory's coordinates are no finite numbers");
        }

        if (result < 0)
        {
            throw NoMemory();
        }
    }

    private static Point5 PointOf(Statement s, long nowMs)
    {
        Coordinates at = new Place((float)s.Double(1), (float)s.Double(2), (float)s.Double(3))
            .At(nowMs, s.Int64(5), s.Double(4), s.Int64(6), s.Int64OrNull(7));
        return new Point5(at.X, at.Y, at.Z, at.W, at.V);
    }

    private static FailureException NoMemory() =>
        new(ErrorCode.InternalError, "there is not enough memory for the points of this galaxy", "close other programs and repeat the call", retryable: true);
}
