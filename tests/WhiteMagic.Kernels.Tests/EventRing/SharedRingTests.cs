using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.EventRing;

public sealed unsafe class SharedRingTests
{
    private const long Ms = 1_000_000;
    private const int NextOffset = 64;
    private const int SlotsOffset = 4096;
    private const ulong Writing = 1UL << 63;

    [Fact]
    public void Poll_AfterRandomWork_IsWhatAListSays()
    {
        int rounds = Runs.Of(20, 200);
        for (int seed = 0; seed < rounds; seed++)
        {
            var random = new Random(seed);
            using NativeBlock block = new(SharedRing.Bytes);
            SharedRing ring = Attach(block);
            var published = new List<byte[]>();
            var consumers = new Dictionary<int, (int Done, long Lost)>();
            byte[] events = new byte[300 * SharedRing.SlotBytes];
            for (int step = 0; step < 300; step++)
            {
                switch (random.Next(4))
                {
                    case 0:
                        int consumer = ring.Subscribe(step);
                        Assert.Equal(consumers.Count == 32, consumer == KernelError.TooLarge);
                        consumers[consumer] = (published.Count, 0);
                        consumers.Remove(KernelError.TooLarge);
                        break;
                    case 1:
                        for (int count = random.Next(10) == 0 ? random.Next(100_000) : random.Next(50); count > 0; count--)
                        {
                            byte[] data = new byte[random.Next(81)];
                            random.NextBytes(data);
                            published.Add(data);
                            Assert.Equal(published.Count, ring.Publish(1 + (count % 25), (ulong)count, step, 1, data));
                        }

                        break;
                    default:
                        foreach ((int handle, (int done, long lost)) in consumers)
                        {
                            int oldest = Math.Max(done, published.Count - SharedRing.SlotCount);
                            int most = random.Next(1, 300);
                            int found = ring.Poll(handle, events.AsSpan(0, most * SharedRing.SlotBytes), step);
                            Assert.True(found == Math.Min(most, published.Count - oldest), $"seed {seed}, step {step}");
                            for (int i = 0; i < found; i++)
                            {
                                ReadOnlySpan<byte> slot = events.AsSpan(i * SharedRing.SlotBytes, SharedRing.SlotBytes);
                                Assert.Equal(oldest + i + 1, BinaryPrimitives.ReadInt64LittleEndian(slot));
                                Assert.Equal(published[oldest + i], slot.Slice(48, (int)BinaryPrimitives.ReadInt64LittleEndian(slot[40..])).ToArray());
                            }

                            consumers[handle] = (oldest + found, lost + oldest - done);
                            Assert.Equal(lost + oldest - done, ring.Lost(handle));
                        }

                        break;
                }

                if (consumers.Count > 0 && random.Next(20) == 0)
                {
                    int handle = consumers.Keys.First();
                    consumers.Remove(handle);
                    Assert.Equal(0, ring.Unsubscribe(handle));
                    Assert.Equal(KernelError.NotFound, ring.Poll(handle, events, step));
                }
            }
        }
    }

    [Fact]
    public void Slot_HasItsFieldsAtTheirOffsets()
    {
        using NativeBlock block = new(SharedRing.Bytes);
        SharedRing ring = Attach(block);
        Assert.Equal(1, ring.Publish(25, 0xABCDEF, -5, 0.75, "hello"u8));
        ReadOnlySpan<byte> slot = block.Span.Slice(SlotsOffset + 128, 128);
        Assert.Equal(1, BinaryPrimitives.ReadInt64LittleEndian(slot));
        Assert.Equal(25, BinaryPrimitives.ReadInt64LittleEndian(slot[8..]));
        Assert.Equal(0xABCDEF, BinaryPrimitives.ReadInt64LittleEndian(slot[16..]));
        Assert.Equal(-5, BinaryPrimitives.ReadInt64LittleEndian(slot[24..]));
        Assert.Equal(0.75, BinaryPrimitives.ReadDoubleLittleEndian(slot[32..]));
        Assert.Equal(5, BinaryPrimitives.ReadInt64LittleEndian(slot[40..]));
        Assert.Equal("hello"u8, slot.Slice(48, 5));
        Assert.False(slot[53..].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Subscribe_ThirtyThird_IsRefusedUntilAPlaceIsGivenBackOrItsLeaseIsOver()
    {
        using NativeBlock block = new(SharedRing.Bytes);
        SharedRing ring = Attach(block);
        int[] handles = [.. Enumerable.Range(0, 32).Select(_ => ring.Subscribe(1))];
        Assert.All(handles, h => Assert.True(h >= 0));
        Assert.Equal(32, handles.Distinct().Count());
        Assert.Equal(KernelError.TooLarge, ring.Subscribe(1));
        Assert.Equal(0, ring.Unsubscribe(handles[9]));
        Assert.Equal(KernelError.NotFound, ring.Unsubscribe(handles[9]));
        int next = ring.Subscribe(2);
        Assert.True(next >= 0 && next != handles[9]);
        Assert.Equal(KernelError.TooLarge, ring.Subscribe(600_000 * Ms));
        int late = ring.Subscribe((600_000 * Ms) + 2);
        Assert.Equal(handles[0] % 32, late % 32);
        Assert.Equal(KernelError.NotFound, ring.Lost(handles[0]));
        Assert.Equal(KernelError.NotFound, ring.Lost(-5));
        Assert.Equal(0, ring.Lost(late));
    }

    [Fact]
    public void Poll_ProducerKilledBetweenClaimAndPublish_GoesOnAfter100MsAndCountsOneLost()
    {
        using NativeBlock block = new(SharedRing.Bytes);
        SharedRing ring = Attach(block);
        int consumer = ring.Subscribe(0);
        byte[] events = new byte[10 * SharedRing.SlotBytes];
        ring.Publish(1, 1, 1, 1, []);
        block.Word(NextOffset)++;
        ring.Publish(3, 1, 1, 1, []);
        Assert.Equal(1, ring.Poll(consumer, events, 0));
        Assert.Equal(0, ring.Poll(consumer, events, 50 * Ms));
        Assert.Equal(0, ring.Poll(consumer, events, 99 * Ms));
        Assert.Equal(1, ring.Poll(consumer, events, 101 * Ms));
        Assert.Equal(3, events[8]);
        Assert.Equal(1, ring.Lost(consumer));
    }

    [Fact]
    public void Publish_IntoASlotSomebodyWritesIn_IsDroppedAndReported()
    {
        using NativeBlock block = new(SharedRing.Bytes);
        SharedRing ring = Attach(block);
        int consumer = ring.Subscribe(0);
        block.Word(NextOffset)++;
        block.Word(SlotsOffset + SharedRing.SlotBytes) = 1 | Writing;
        for (int i = 2; i <= SharedRing.SlotCount + 3; i++)
        {
            Assert.Equal(i, ring.Publish(1, 1, 1, 1, []));
        }

        byte[] events = new byte[SharedRing.SlotCount * SharedRing.SlotBytes];
        Assert.Equal(SharedRing.SlotCount - 1, ring.Poll(consumer, events, 0));
        Assert.Equal(4, ring.Lost(consumer));
        long[] statistics = new long[SharedRing.StatisticsWords];
        Assert.Equal(0, ring.ReadStatistics(statistics));
        Assert.Equal([SharedRing.SlotCount + 3, 1, SharedRing.SlotCount - 1, 4, 1, SharedRing.SlotCount, SharedRing.SlotBytes], statistics);
    }

    [Fact]
    public void Publish_BadArguments_PublishesNothing()
    {
        using NativeBlock block = new(SharedRing.Bytes);
        SharedRing ring = Attach(block);
        byte[] before = block.Span.ToArray();
        Assert.Equal(KernelError.InvalidArgument, ring.Publish(0, 1, 1, 1, []));
        Assert.Equal(KernelError.InvalidArgument, ring.Publish(1, 1, 1, double.NaN, []));
        Assert.Equal(KernelError.InvalidArgument, ring.Publish(1, 1, 1, 1.5, []));
        Assert.Equal(KernelError.InvalidArgument, ring.Publish(1, 1, 1, -1, []));
        Assert.Equal(KernelError.TooLarge, ring.Publish(1, 1, 1, 1, new byte[81]));
        Assert.Equal(KernelError.InvalidArgument, ring.Subscribe(-1));
        Assert.Equal(KernelError.InvalidArgument, default(SharedRing).Publish(1, 1, 1, 1, []));
        Assert.Equal(KernelError.NotFound, default(SharedRing).Poll(0, new byte[128], 0));
        Assert.Equal(before, block.Span.ToArray());
        Assert.Equal(KernelError.InvalidArgument, SharedRing.Attach(block.Start, SharedRing.Bytes - 1, out _));
        block.Word(0)++;
        Assert.Equal(KernelError.Corrupt, SharedRing.Attach(block.Start, SharedRing.Bytes, out _));
    }

    private static SharedRing Attach(NativeBlock block)
    {
        Assert.Equal(0, SharedRing.Attach(block.Start, block.Length, out SharedRing ring));
        return ring;
    }
}
