using System;
using System.Runtime.InteropServices;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.SpatialIndex5D;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests;

[Collection(KernelModules.Name)]
public sealed class SpatialModuleTests
{
    private const string Module = "core";

    [Theory]
    [InlineData(Cloud.Uniform)]
    [InlineData(Cloud.Grid)]
    [InlineData(Cloud.OnePlace)]
    [InlineData(Cloud.Memories)]
    [InlineData(Cloud.Line)]
    [InlineData(Cloud.Extreme)]
    public void Module_InsertsRemovesAndQueriesMixed_GivesTheBytesOfCoreClr(Cloud cloud)
    {
        int seed = 77 + (int)cloud;
        var random = new Random(seed);
        var tape = new Tape(Module);
        int steps = Runs.Of(2000, 20_000);
        for (int step = 0; step < steps; step++)
        {
            int id = random.Next(600) - 300;
            if (random.Next(10) < (step / 400 % 2 == 0 ? 8 : 3))
            {
                Point5 p = cloud.Draw(random, step);
                Assert.Equal(0, tape.Call("spatial_insert_5d", id, p.X, p.Y, p.Z, p.W, p.V));
            }
            else
            {
                tape.Call("spatial_remove_5d", id);
            }

            if (step % 10 == 0)
            {
                Ask(tape, cloud.Draw(random, random.Next(steps)), random);
            }
        }

        tape.Call("spatial_count");
        tape.Verify();
    }

    [Theory]
    [InlineData(Cloud.Uniform)]
    [InlineData(Cloud.Grid)]
    [InlineData(Cloud.Memories)]
    [InlineData(Cloud.Extreme)]
    public void Module_BuiltAndThenChanged_GivesTheBytesOfCoreClr(Cloud cloud)
    {
        var random = new Random(99);
        var tape = new Tape(Module);
        foreach (int count in (int[])[0, 1, 24, 25, 300, 5000])
        {
            int[] ids = new int[count];
            Point5[] points = new Point5[count];
            for (int i = 0; i < count; i++)
            {
                ids[i] = random.Next(10) == 0 ? random.Next(count) : i;
                points[i] = cloud.Draw(random, i);
            }

            Ptr idsAt = tape.AllocWith(MemoryMarshal.AsBytes(ids.AsSpan()));
            Ptr pointsAt = tape.AllocWith(MemoryMarshal.AsBytes(points.AsSpan()));
            Assert.Equal(0, tape.Call("spatial_build_5d", idsAt, pointsAt, count));
            for (int i = 0; i < 50; i++)
            {
                Ask(tape, cloud.Draw(random, random.Next(count + 1)), random);
                Point5 p = cloud.Draw(random, i);
                tape.Call("spatial_insert_5d", random.Next(count + 10), p.X, p.Y, p.Z, p.W, p.V);
                tape.Call("spatial_remove_5d", random.Next(count + 1));
            }
        }

        tape.Verify();
    }

    [Fact]
    public void Module_BadArguments_GivesTheCodesOfCoreClr()
    {
        var tape = new Tape(Module);
        Ptr block = tape.Alloc(64);
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            Assert.Equal(KernelError.InvalidArgument, tape.Call("spatial_insert_5d", 1, bad, 0f, 0f, 0f, 0f));
            Assert.Equal(KernelError.InvalidArgument, tape.Call("spatial_query_5d", 0f, 0f, 0f, 0f, bad, 1));
        }

        Assert.Equal(KernelError.InvalidArgument, tape.Call("spatial_radius_5d", 0f, 0f, 0f, 0f, 0f, float.NaN, 1));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("spatial_radius_5d", 0f, 0f, 0f, 0f, 0f, -1f, 1));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("spatial_query_5d", 0f, 0f, 0f, 0f, 0f, 0));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("spatial_query_5d", 0f, 0f, 0f, 0f, 0f, int.MinValue));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("spatial_build_5d", block, block, -1));
        Assert.Equal(KernelError.OutOfRange, tape.Call("spatial_build_5d", Ptr.Null, block, 1));
        Assert.Equal(0, tape.Call("spatial_query_5d", 0f, 0f, 0f, 0f, 0f, int.MaxValue));
        Assert.Equal(KernelError.NotFound, tape.Call("spatial_remove_5d", int.MinValue));
        Assert.Equal(0, tape.Call("spatial_insert_5d", int.MinValue, -0.0f, 0f, 0f, 0f, 0f));
        Assert.Equal(0, tape.Call("spatial_remove_5d", int.MinValue));
        tape.Call("spatial_clear");
        Assert.Equal(0, tape.Call("spatial_count"));
        tape.Verify();
    }

    private static void Ask(Tape tape, Point5 p, Random random)
    {
        int k = random.Next(3) switch { 0 => 10, 1 => random.Next(1, 40), _ => 700 };
        long found = random.Next(2) == 0
            ? tape.Call("spatial_query_5d", p.X, p.Y, p.Z, p.W, p.V, k)
            : tape.Call("spatial_radius_5d", p.X, p.Y, p.Z, p.W, p.V, random.NextSingle(), k);
        if (found > 0)
        {
            tape.Read(tape.CallPointer("spatial_result_ids"), (int)found * sizeof(int));
            tape.Read(tape.CallPointer("spatial_result_distances"), (int)found * sizeof(float));
        }
    }
}
