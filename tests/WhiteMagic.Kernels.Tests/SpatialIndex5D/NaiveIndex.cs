using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Kernels.SpatialIndex5D;

namespace WhiteMagic.Kernels.Tests;

/// <summary>What the index promises, in the shortest form.</summary>
internal sealed class NaiveIndex
{
    private readonly Dictionary<int, (Point5 Point, long Order)> _points = [];
    private long _inserted;

    public int Count => _points.Count;

    public IReadOnlyCollection<int> Ids => _points.Keys;

    public void Insert(int id, Point5 point) => _points[id] = (point, _inserted++);

    public bool Remove(int id) => _points.Remove(id);

    public void Clear() => _points.Clear();

    public (int Id, float Distance)[] Within(Point5 at, float limit, int max) =>
    [
        .. _points.Select(p => (p.Key, Distance: Point5.SquaredDistance(at, p.Value.Point), p.Value.Order))
            .Where(p => p.Distance <= limit).OrderBy(p => p.Distance).ThenBy(p => p.Order).Take(max).Select(p => (p.Key, p.Distance)),
    ];
}
