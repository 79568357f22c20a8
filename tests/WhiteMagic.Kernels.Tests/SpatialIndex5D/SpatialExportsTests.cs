using System;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.SpatialIndex5D;
using WhiteMagic.Kernels.Tests.Differential;

namespace WhiteMagic.Kernels.Tests;

[Collection(KernelModules.Name)]
public sealed unsafe class SpatialExportsTests : IDisposable
{
    public SpatialExportsTests() => SpatialExports.Clear();

    public void Dispose() => SpatialExports.Clear();

    [Fact]
    public void Query_AfterInsertsAndARemoval_GivesIdsAndSquaredDistances()
    {
        Assert.Equal(0, SpatialExports.Insert(1, 3, 0, 0, 0, 0));
        Assert.Equal(0, SpatialExports.Insert(2, 0, 4, 0, 0, 0));
        Assert.Equal(0, SpatialExports.Insert(3, 0, 0, 0, 0, 0));
        Assert.Equal(0, SpatialExports.Remove(3));
        Assert.Equal(KernelError.NotFound, SpatialExports.Remove(3));
        Assert.Equal(2, SpatialExports.Count());
        Assert.Equal(2, SpatialExports.Query(0, 0, 0, 0, 0, 1000));
        Assert.Equal([1, 2], new Span<int>(SpatialExports.ResultIds(), 2));
        Assert.Equal([9, 16], new Span<float>(SpatialExports.ResultDistances(), 2));
        Assert.Equal(1, SpatialExports.Radius(0, 0, 0, 0, 0, 3, 1000));
        Assert.Equal(1, SpatialExports.Radius(0, 0, 0, 0, 0, 5, 1));
    }

    [Fact]
    public void Build_ReplacesEverything_AndOfOneIdTheLastCounts()
    {
        Assert.Equal(0, SpatialExports.Insert(9, 0, 0, 0, 0, 0));
        int* ids = stackalloc int[] { 1, 2, 1 };
        Point5* points = stackalloc Point5[] { default, new(2, 0, 0, 0, 0), new(1, 0, 0, 0, 0) };
        Assert.Equal(0, SpatialExports.Build(ids, points, 3));
        Assert.Equal(2, SpatialExports.Count());
        Assert.Equal(2, SpatialExports.Query(0, 0, 0, 0, 0, 2));
        Assert.Equal([1, 2], new Span<int>(SpatialExports.ResultIds(), 2));
    }

    [Fact]
    public void AnyExport_BadArgument_GivesTheDocumentedCode()
    {
        Assert.Equal(KernelError.InvalidArgument, SpatialExports.Insert(1, 0, 0, float.NaN, 0, 0));
        Assert.Equal(KernelError.InvalidArgument, SpatialExports.Query(0, 0, 0, 0, 0, 0));
        Assert.Equal(KernelError.InvalidArgument, SpatialExports.Query(0, 0, 0, 0, 0, int.MinValue));
        Assert.Equal(KernelError.InvalidArgument, SpatialExports.Query(0, 0, 0, float.PositiveInfinity, 0, 1));
        Assert.Equal(KernelError.InvalidArgument, SpatialExports.Radius(0, 0, 0, 0, 0, float.NaN, 1));
        Assert.Equal(KernelError.InvalidArgument, SpatialExports.Radius(0, 0, 0, 0, 0, -1, 1));
        Assert.Equal(KernelError.InvalidArgument, SpatialExports.Radius(0, 0, 0, 0, 0, 1, 0));
        Assert.Equal(KernelError.InvalidArgument, SpatialExports.Build(null, null, -1));
        Assert.Equal(KernelError.InvalidArgument, SpatialExports.Build(null, null, int.MaxValue));
        Assert.Equal(KernelError.OutOfRange, SpatialExports.Build(null, null, 1));
        Assert.Equal(0, SpatialExports.Build(null, null, 0));
        Assert.Equal(0, SpatialExports.Count());
        Assert.Equal(0, SpatialExports.Query(0, 0, 0, 0, 0, 1));
    }
}
