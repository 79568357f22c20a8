using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.RateLimiter;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.RateLimiter;

public sealed unsafe class RateTableTests
{
    private const ulong Group = 7;

    // A window is cut into 26 parts or fewer.
    private static int PartMs(int windowMs) => (windowMs + 25) / 26;

    // The parts that a window can touch, in milliseconds.
    private static int SpanMs(int windowMs) => (((windowMs - 1 + PartMs(windowMs) - 1) / PartMs(windowMs)) + 1) * PartMs(windowMs);

    [Fact]
    public void Acquire_AnyArrivals_NoWindowAdmitsMoreThanAllowed()
    {
        int rounds = Runs.Of(300, 5000);
        for (int seed = 0; seed < rounds; seed++)
        {
            var random = new Random(seed);
            int windowMs = random.Next(6) switch { 0 => 1, 1 => random.Next(1, 30), 2 => 26 * random.Next(1, 50), _ => random.Next(30, 70_000) };
            int keyMost = random.Next(1, 40), groupMost = random.Next(1, 100), keys = random.Next(1, 60);
            using NativeBlock block = new(RateTable.LeastBytes + random.Next(0, 20_000));
            Assert.Equal(0, RateTable.Open(block.Start, block.Length, windowMs, out RateTable table));
            var admitted = new List<(int Key, long Ms)>();
            var arrivals = new Arrivals(random, windowMs);
            for (int i = 0; i < 2000; i++)
            {
                int key = random.Next(keys);
                long now = arrivals.Next();
                int peeked = table.Peek((ulong)key, keyMost, Group, groupMost, now);
                int wait = table.Acquire((ulong)key, keyMost, Group, groupMost, now);
                Assert.True(wait >= 0 && wait == peeked, $"seed {seed}, request {i}: peek {peeked}, acquire {wait}");
                if (wait == 0)
                {
                    admitted.Add((key, now));
                }
            }

            Assert.True(WindowCheck.Fullest(admitted.Select(a => a.Ms), windowMs) <= groupMost, $"seed {seed}: too many of the group");
            Assert.All(admitted.GroupBy(a => a.Key), g => Assert.True(WindowCheck.Fullest(g.Select(a => a.Ms), windowMs) <= keyMost, $"seed {seed}: too many of key {g.Key}"));
        }
    }

    [Fact]
    public void Acquire_Refused_OnlyWhenThePartsOfAWindowAreFull_AndAdmittedAfterTheWait()
    {
        int rounds = Runs.Of(100, 2000);
        int refusals = 0;
        for (int seed = 0; seed < rounds; seed++)
        {
            var random = new Random(seed);
            int windowMs = random.Next(1, 5000), keyMost = random.Next(1, 20), groupMost = random.Next(1, 30), keys = random.Next(1, 5);
            using NativeBlock block = new(1 << 16), copy = new(1 << 16);
            Assert.Equal(0, RateTable.Open(block.Start, block.Length, windowMs, out RateTable table));
            var admitted = new List<(ulong Key, long Ms)>();
            long now = random.Next(100_000);
            for (int i = 0; i < 300; i++)
            {
                now += random.Next(2) == 0 ? 0 : random.Next(Math.Max(1, windowMs / 5));
                ulong key = (ulong)random.Next(keys);
                int wait = table.Acquire(key, keyMost, Group, groupMost, now);
                if (wait == 0)
                {
                    admitted.Add((key, now));
                    continue;
                }

                refusals++;
                List<(ulong Key, long Ms)> recent = [.. admitted.Where(a => a.Ms > now - SpanMs(windowMs))];
                Assert.True(recent.Count >= groupMost || recent.Count(a => a.Key == key) >= keyMost, $"seed {seed}, request {i}: refused for nothing");
                Assert.True(wait <= SpanMs(windowMs), $"seed {seed}, request {i}: wait {wait}");
                block.Span.CopyTo(copy.Span);
                Assert.Equal(0, RateTable.Open(copy.Start, copy.Length, windowMs, out RateTable later));
                Assert.True(later.Acquire(key, keyMost, Group, groupMost, now + wait) == 0, $"seed {seed}, request {i}: refused after waiting {wait} ms");
            }
        }

        Assert.True(refusals > rounds);
    }

    [Theory]
    [InlineData(60_000, 70, 0.96)]
    [InlineData(1000, 310, 0.95)]
    [InlineData(20, 10, 1.0)]
    public void Acquire_SteadyPressure_AdmitsNearlyTheLimit(int windowMs, int most, double share)
    {
        using NativeBlock block = new(1 << 16);
        Assert.Equal(0, RateTable.Open(block.Start, block.Length, windowMs, out RateTable table));
        int admitted = 0;
        int windows = 27;
        for (long now = 0; now < (long)windows * windowMs; now++)
        {
            admitted += table.Acquire(1, most, Group, RateTable.MostRequests, now) == 0 ? 1 : 0;
        }

        double found = admitted / (double)(most * windows);
        TestContext.Current.TestOutputHelper?.WriteLine($"{found:P1} of limit and burst");
        Assert.InRange(found, share, 1.0 + (1.0 / windows));
    }

    [Fact]
    public void Acquire_KeyRefused_UsesUpNothingOfTheGroup()
    {
        using NativeBlock block = new(1 << 16);
        Assert.Equal(0, RateTable.Open(block.Start, block.Length, 1000, out RateTable table));
        Assert.Equal(0, table.Acquire(1, 1, Group, 3, 0));
        for (int i = 0; i < 100; i++)
        {
            Assert.True(table.Acquire(1, 1, Group, 3, i) > 0);
        }

        Assert.Equal(0, table.Acquire(2, 1, Group, 3, 100));
        Assert.Equal(0, table.Acquire(3, 1, Group, 3, 100));
        Assert.True(table.Acquire(4, 1, Group, 3, 100) > 0);
    }

    [Fact]
    public void Acquire_GroupRefused_UsesUpNothingOfTheKey()
    {
        using NativeBlock block = new(1 << 16);
        Assert.Equal(0, RateTable.Open(block.Start, block.Length, 1000, out RateTable table));
        Assert.Equal(0, table.Acquire(1, 5, Group, 1, 0));
        Assert.True(table.Acquire(2, 1, Group, 1, 0) > 0);
        Assert.Equal(0, table.Acquire(2, 1, Group + 1, 1, 0));
    }

    [Fact]
    public void Acquire_MoreKeysThanRings_ShareAndAreNeverUnlimited()
    {
        using NativeBlock block = new(RateTable.LeastBytes);
        Assert.Equal(0, RateTable.Open(block.Start, block.Length, 1000, out RateTable table));
        int[] admitted = new int[100];
        for (int round = 0; round < 50; round++)
        {
            for (int key = 0; key < admitted.Length; key++)
            {
                admitted[key] += table.Acquire((ulong)key, 10, Group, 1_000_000, 5) == 0 ? 1 : 0;
            }
        }

        // Seven rings are the bucket's; the others count together.
        Assert.All(admitted, a => Assert.True(a <= 10));
        Assert.InRange(admitted.Sum(), 10, 70);

        // When all have been idle, the rings go to those who come next.
        Assert.Equal(10, Enumerable.Range(0, 50).Count(_ => table.Acquire(77, 10, Group, 1_000_000, 5000) == 0));
    }

    [Fact]
    public void Acquire_ClockFarBack_RefusesUntilItIsThereAgain()
    {
        using NativeBlock block = new(1 << 16);
        Assert.Equal(0, RateTable.Open(block.Start, block.Length, 1000, out RateTable table));
        Assert.Equal(0, table.Acquire(1, 5, Group, 5, 100_000));
        int wait = table.Acquire(1, 5, Group, 5, 50_000);
        Assert.InRange(wait, 49_000, 50_000);
        Assert.Equal(0, table.Acquire(1, 5, Group, 5, 50_000 + wait));
        table.Reset();
        Assert.Equal(0, RateTable.Open(block.Start, block.Length, 1000, out table));
        Assert.Equal(0, table.Acquire(1, 5, Group, 5, 50_000));
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(-1, 5, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(5, int.MaxValue, 0)]
    [InlineData(5, 5, -1)]
    [InlineData(5, 5, long.MaxValue)]
    [InlineData(5, 5, long.MinValue)]
    public void Acquire_ArgumentOutOfRange_IsRefused(int keyMost, int groupMost, long now)
    {
        using NativeBlock block = new(1 << 16);
        Assert.Equal(0, RateTable.Open(block.Start, block.Length, 1000, out RateTable table));
        Assert.Equal(KernelError.InvalidArgument, table.Acquire(1, keyMost, Group, groupMost, now));
        Assert.Equal(KernelError.InvalidArgument, table.Peek(1, keyMost, Group, groupMost, now));
        Assert.Equal(KernelError.InvalidArgument, default(RateTable).Acquire(1, 5, Group, 5, 0));
    }

    [Fact]
    public void Open_SomethingElseOrAnotherWindow_IsCorrupt()
    {
        using NativeBlock block = new(1 << 16);
        Assert.Equal(KernelError.InvalidArgument, RateTable.Open(block.Start, block.Length, 0, out _));
        Assert.Equal(KernelError.InvalidArgument, RateTable.Open(block.Start, RateTable.LeastBytes - 1, 1000, out _));
        Assert.Equal(KernelError.InvalidArgument, RateTable.Open(block.Start + 1, RateTable.LeastBytes, 1000, out _));
        Assert.Equal(0, RateTable.Open(block.Start, block.Length, 1000, out _));
        Assert.Equal(0, RateTable.Open(block.Start, block.Length, 1000, out _));
        Assert.Equal(KernelError.Corrupt, RateTable.Open(block.Start, block.Length, 1001, out _));
        block.Word(0)++;
        Assert.Equal(KernelError.Corrupt, RateTable.Open(block.Start, block.Length, 1000, out _));
    }

    /// <summary>Times of a clock that bursts at a window's edges, stands still, leaps, and goes back.</summary>
    private sealed class Arrivals(Random random, int windowMs)
    {
        private long _now = random.Next(1_000_000);
        private int _kind;

        public long Next()
        {
            if (random.Next(100) == 0)
            {
                _kind = random.Next(6);
            }

            _now += _kind switch
            {
                0 => 0,
                1 => random.Next(3),
                2 => random.Next(20) == 0 ? windowMs + random.Next(-2, 3) : 0,
                3 => random.Next(10) == 0 ? -random.Next(windowMs * 2) : random.Next(windowMs),
                4 => random.Next(10) == 0 ? PartMs(windowMs) + random.Next(-1, 2) : random.Next(-2, 3),
                _ => random.Next(Math.Max(1, windowMs / 10)),
            };
            _now = Math.Max(_now, 0);
            return _now;
        }
    }
}
