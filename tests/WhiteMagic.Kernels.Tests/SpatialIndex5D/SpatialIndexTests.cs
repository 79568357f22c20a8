using System;
using System.Linq;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.SpatialIndex5D;

namespace WhiteMagic.Kernels.Tests;

public sealed class SpatialIndexTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("WM_FULL") == "1" ? 40 : 4;

    private SpatialIndex _index;
    private readonly NaiveIndex _naive = new();

    public void Dispose() => _index.Free();

    [Theory]
    [InlineData(Cloud.Uniform)]
    [InlineData(Cloud.Grid)]
    [InlineData(Cloud.OnePlace)]
    [InlineData(Cloud.Memories)]
    [InlineData(Cloud.Line)]
    [InlineData(Cloud.Extreme)]
    public void Nearest_InsertsMovesAndRemovesMixed_EqualsTheNaiveTwin(Cloud cloud)
    {
        for (int round = 0; round < Rounds; round++)
        {
            int seed = 1000 + round;
            var random = new Random(seed);
            int ids = new[] { 5, 60, 700, 5000 }[round % 4];
            _index.Clear();
            _naive.Clear();
            for (int step = 0; step < 3000; step++)
            {
                // Phases of growing and of shrinking, so that nodes split and join.
                int growth = step / 500 % 2 == 0 ? 8 : 2;
                int id = random.Next(ids) - (ids / 2);
                if (random.Next(10) < growth)
                {
                    Point5 point = cloud.Draw(random, step);
                    Assert.Equal(0, _index.TryInsert(id, point));
                    _naive.Insert(id, point);
                }
                else
                {
                    Assert.Equal(_naive.Remove(id), _index.Remove(id));
                }

                Assert.Equal(_naive.Count, _index.Count);
                if (step % 10 == 0)
                {
                    Compare(cloud.Draw(random, random.Next(3000)), random, $"seed {seed}, step {step}, {cloud}");
                }
            }
        }
    }

    [Theory]
    [InlineData(Cloud.Uniform)]
    [InlineData(Cloud.Grid)]
    [InlineData(Cloud.OnePlace)]
    [InlineData(Cloud.Memories)]
    [InlineData(Cloud.Line)]
    [InlineData(Cloud.Extreme)]
    public void Build_AnySize_EqualsInsertingOneByOne(Cloud cloud)
    {
        foreach (int count in (int[])[0, 1, 2, 15, 16, 17, 31, 32, 33, 64, 65, 257, 1000, 4097])
        {
            int seed = count;
            var random = new Random(seed);
            _naive.Clear();
            int[] ids = new int[count];
            Point5[] points = new Point5[count];
            for (int i = 0; i < count; i++)
            {
                // A few ids come twice; the later point counts.
                ids[i] = random.Next(20) == 0 ? random.Next(count) : i;
                points[i] = cloud.Draw(random, i);
                _naive.Insert(ids[i], points[i]);
            }

            Assert.Equal(0, _index.TryBuild(ids, points));
            Assert.Equal(_naive.Count, _index.Count);
            for (int query = 0; query < 20; query++)
            {
                Compare(cloud.Draw(random, random.Next(count + 1)), random, $"seed {seed}, query {query}, {cloud}");
            }

            foreach (int id in _naive.Ids.Where(id => id % 3 != 0).ToArray())
            {
                Assert.Equal(_naive.Remove(id), _index.Remove(id));
            }

            Compare(cloud.Draw(random, 0), random, $"seed {seed}, after removing, {cloud}");
        }
    }

    [Fact]
    public void Nearest_EqualDistances_ComeInTheOrderOfInsertion()
    {
        Assert.Equal(0, _index.TryInsert(7, new Point5(1, 0, 0, 0, 0)));
        Assert.Equal(0, _index.TryInsert(3, new Point5(-1, 0, 0, 0, 0)));
        Assert.Equal(0, _index.TryInsert(9, new Point5(1, 0, 0, 0, 0)));
        Assert.Equal([7, 3, 9], Nearest(default, 5));

        Assert.True(_index.Remove(7));
        Assert.Equal(0, _index.TryInsert(7, new Point5(1, 0, 0, 0, 0)));
        Assert.Equal([3, 9, 7], Nearest(default, 5));

        Assert.Equal(0, _index.TryInsert(3, new Point5(-1, 0, 0, 0, 0)));
        Assert.Equal([9, 7, 3], Nearest(default, 5));
        Assert.Equal([9, 7], Nearest(default, 2));
    }

    [Fact]
    public void Nearest_ZeroesOfBothSigns_AreOnePlace()
    {
        Assert.Equal(0, _index.TryInsert(1, new Point5(-0.0f, 0, -0.0f, 0, 0)));
        Assert.Equal(0, _index.TryInsert(2, new Point5(0, -0.0f, 0, 0, -0.0f)));
        Assert.Equal([1, 2], Nearest(new Point5(0, 0, 0, 0, -0.0f), 2));
    }

    [Fact]
    public void Nearest_SquaresOverflow_AreInfiniteAndStillFound()
    {
        Assert.Equal(0, _index.TryInsert(1, new Point5(float.MaxValue, 0, 0, 0, 0)));
        Assert.Equal(0, _index.TryInsert(2, new Point5(float.MinValue, 0, 0, 0, 0)));
        Assert.Equal([1, 2], Nearest(new Point5(float.MinValue / 2, 0, 0, 0, 0), 2));
        Assert.Equal([1, 2], Nearest(default, 3));
    }

    [Fact]
    public void TryInsert_CoordinateNotFinite_IsRefusedAndChangesNothing()
    {
        Assert.Equal(0, _index.TryInsert(1, default));
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            foreach (Point5 point in (Point5[])[new(bad, 0, 0, 0, 0), new(0, bad, 0, 0, 0), new(0, 0, bad, 0, 0), new(0, 0, 0, bad, 0), new(0, 0, 0, 0, bad)])
            {
                Assert.Equal(KernelError.InvalidArgument, _index.TryInsert(1, point));
                Assert.Equal(KernelError.InvalidArgument, _index.TryBuild([1], [point]));
                Assert.Equal(KernelError.InvalidArgument, _index.Nearest(point, new int[1], new float[1]));
                Assert.Equal(KernelError.InvalidArgument, _index.Within(point, 1, new int[1], new float[1]));
            }
        }

        Assert.Equal([1], Nearest(default, 2));
    }

    [Fact]
    public void Within_RadiusNegativeOrNaN_IsRefused()
    {
        Assert.Equal(KernelError.InvalidArgument, _index.Within(default, -1, new int[1], new float[1]));
        Assert.Equal(KernelError.InvalidArgument, _index.Within(default, float.NaN, new int[1], new float[1]));
        Assert.Equal(0, _index.Within(default, 0, new int[1], new float[1]));
    }

    [Fact]
    public void Within_MorePointsThanRoom_GivesTheNearest()
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(0, _index.TryInsert(i, new Point5(99 - i, 0, 0, 0, 0)));
        }

        int[] ids = new int[3];
        float[] distances = new float[3];
        Assert.Equal(3, _index.Within(default, 10, ids, distances));
        Assert.Equal([99, 98, 97], ids);
        Assert.Equal([0f, 1, 4], distances);
        Assert.Equal(0, _index.Within(default, 10, default, default));
    }

    [Fact]
    public void Free_ThenInsert_StartsAfresh()
    {
        Assert.Equal(0, _index.TryInsert(1, default));
        _index.Free();
        Assert.Equal(0, _index.Count);
        Assert.Empty(Nearest(default, 3));
        Assert.Equal(0, _index.TryInsert(2, default));
        Assert.Equal([2], Nearest(default, 3));
    }

    private int[] Nearest(Point5 at, int k)
    {
        int[] ids = new int[k];
        int found = _index.Nearest(at, ids, new float[k]);
        return ids[..found];
    }

    private void Compare(Point5 at, Random random, string where)
    {
        int k = random.Next(4) switch { 0 => 1, 1 => 10, 2 => random.Next(1, 50), _ => _naive.Count + 3 };
        float radius = random.Next(3) switch { 0 => 0, 1 => random.NextSingle(), _ => 2 };
        int[] ids = new int[k];
        float[] distances = new float[k];
        int found = _index.Nearest(at, ids, distances);
        (int, float)[] expected = _naive.Within(at, float.PositiveInfinity, k);
        Assert.True(expected.SequenceEqual(ids.Take(found).Zip(distances)), $"nearest {k}: {where}");
        found = _index.Within(at, radius, ids, distances);
        expected = _naive.Within(at, radius * radius, k);
        Assert.True(expected.SequenceEqual(ids.Take(found).Zip(distances)), $"within {radius}: {where}");
    }
}
