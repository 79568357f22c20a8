using System;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.EventRing;

[Collection(KernelModules.Name)]
public sealed class RingModuleTests
{
    [Fact]
    public void Exports_RandomCalls_AnswerAndLeaveTheSameBytes()
    {
        int steps = Runs.Of(2000, 100_000);
        var random = new Random(23);
        var tape = new Tape("event_ring");
        Ptr ring = tape.Alloc(SharedRing.Bytes), events = tape.Alloc(40 * SharedRing.SlotBytes), data = tape.Alloc(100), statistics = tape.Alloc(56);
        Assert.Equal(KernelError.InvalidArgument, tape.Call("ring_publish", 1, 1UL, 1L, 1.0, data, 0));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("ring_attach", ring, SharedRing.Bytes - 1));
        Assert.Equal(KernelError.OutOfRange, tape.Call("ring_attach", Ptr.Null, SharedRing.Bytes));
        Assert.Equal(0, tape.Call("ring_attach", ring, SharedRing.Bytes));

        // Near the end of the first lap, so that consumers are lapped as well.
        tape.Write(ring + 64, BitConverter.GetBytes(65_000L));
        long now = 0;
        int consumer = 0;
        byte[] bytes = new byte[100];
        for (int step = 0; step < steps; step++)
        {
            now += random.Next(10_000_000);
            switch (random.Next(8))
            {
                case 0:
                    int handle = (int)tape.Call("ring_subscribe", now);
                    consumer = handle >= 0 ? handle : consumer;
                    break;
                case 1:
                    tape.Call("ring_unsubscribe", random.Next(200));
                    break;
                case 2 or 3:
                    if (tape.Call("ring_poll", consumer, events, random.Next(0, 41), now) > 0)
                    {
                        tape.Read(events, 40 * SharedRing.SlotBytes);
                    }

                    tape.Call("ring_lost", consumer);
                    break;
                default:
                    random.NextBytes(bytes);
                    tape.Write(data, bytes);
                    double confidence = random.Next(20) == 0 ? double.NaN : random.NextDouble() * 1.01;
                    tape.Call("ring_publish", random.Next(-1, 26), (ulong)random.NextInt64(), now, confidence, data, random.Next(-1, 83));
                    break;
            }

            if (random.Next(100) == 0)
            {
                // A producer was killed before it wrote, or many events came.
                byte[] next = tape.Read(ring + 64, 8);
                tape.Write(ring + 64, BitConverter.GetBytes(BitConverter.ToInt64(next) + (random.Next(2) == 0 ? 1 : 65_600)));
            }
        }

        Assert.Equal(0, tape.Call("ring_stats", statistics));
        tape.Read(statistics, 56);
        Assert.Equal(KernelError.OutOfRange, tape.Call("ring_stats", Ptr.Null));
        Assert.Equal(KernelError.OutOfRange, tape.Call("ring_publish", 1, 1UL, 1L, 1.0, Ptr.Null, 5));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("ring_poll", 0, events, int.MaxValue, 1L));
        tape.Verify();
    }
}
