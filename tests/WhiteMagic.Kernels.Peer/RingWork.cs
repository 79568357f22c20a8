using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Threading;
using WhiteMagic.Kernels.EventRing;

namespace WhiteMagic.Kernels.Peer;

/// <summary>Three threads that publish events whose every byte follows from producer and number, and one that reads all events and checks them.</summary>
public static class RingWork
{
    private const int Producers = 3;

    /// <summary>Returns how many events were published, and how many one consumer received and lost.</summary>
    public static (long Published, long Received, long Lost) Run(SharedRing ring, int seed, long untilNs)
    {
        long published = 0, received = 0, lost = 0;
        int working = Producers;
        int consumer = ring.Subscribe(Clock.NowNs);
        Crew.Demand(consumer >= 0, $"Subscribe returned {consumer}");
        var works = new List<Action>();
        for (int producer = 0; producer < Producers; producer++)
        {
            int id = (seed * Producers) + producer;
            works.Add(() =>
            {
                Interlocked.Add(ref published, Publish(ring, id, untilNs));
                Interlocked.Decrement(ref working);
            });
        }

        works.Add(() => (received, lost) = Consume(ring, consumer, () => Volatile.Read(ref working) > 0));
        Crew.Run(works);
        Crew.Demand(ring.Unsubscribe(consumer) == 0, "Unsubscribe");
        return (published, received, lost);
    }

    /// <summary>Publishes until the time; in bursts, with pauses, so that consumers sometimes follow and sometimes do not.</summary>
    public static long Publish(SharedRing ring, int producer, long untilNs)
    {
        var random = new Random(producer);
        Span<byte> data = stackalloc byte[SharedRing.DataBytes];
        long count = 0;
        long lastSequence = 0;
        while (Clock.NowNs < untilNs)
        {
            for (int burst = random.Next(1, 2000); burst > 0; burst--)
            {
                count++;
                int length = Fill(data, producer, count);
                long sequence = ring.Publish(producer + 1, (ulong)count, Stamp(producer, count), 0.5, data[..length]);
                Crew.Demand(sequence > lastSequence, $"sequence {sequence} after {lastSequence}");
                lastSequence = sequence;
            }

            if (random.Next(3) == 0)
            {
                Thread.Yield();
            }
        }

        return count;
    }

    /// <summary>Reads while others publish, and then what is left.</summary>
    public static (long Received, long Lost) Consume(SharedRing ring, int consumer, Func<bool> isPublishing)
    {
        byte[] events = new byte[256 * SharedRing.SlotBytes];
        var last = new Dictionary<int, long>();
        long received = 0;
        long lastSequence = 0;
        long idleSince = Clock.NowNs;
        while (isPublishing() || Clock.NowNs - idleSince < 500_000_000)
        {
            int count = ring.Poll(consumer, events, Clock.NowNs);
            Crew.Demand(count >= 0, $"Poll returned {count}");
            for (int i = 0; i < count; i++)
            {
                Check(events.AsSpan(i * SharedRing.SlotBytes, SharedRing.SlotBytes), last, ref lastSequence);
            }

            received += count;
            if (count > 0)
            {
                idleSince = Clock.NowNs;
            }
            else
            {
                Thread.Yield();
            }
        }

        return (received, ring.Lost(consumer));
    }

    private static void Check(ReadOnlySpan<byte> slot, Dictionary<int, long> last, ref long lastSequence)
    {
        long sequence = BinaryPrimitives.ReadInt64LittleEndian(slot);
        int producer = (int)BinaryPrimitives.ReadInt64LittleEndian(slot[8..]) - 1;
        long count = BinaryPrimitives.ReadInt64LittleEndian(slot[16..]);
        Crew.Demand(sequence > lastSequence, $"sequence {sequence} after {lastSequence}");
        lastSequence = sequence;
        Crew.Demand(count > last.GetValueOrDefault(producer), $"number {count} of producer {producer} after {last.GetValueOrDefault(producer)}");
        last[producer] = count;
        Span<byte> data = stackalloc byte[SharedRing.DataBytes];
        int length = Fill(data, producer, count);
        bool isWhole = BinaryPrimitives.ReadInt64LittleEndian(slot[24..]) == Stamp(producer, count)
            && BinaryPrimitives.ReadDoubleLittleEndian(slot[32..]) == 0.5
            && BinaryPrimitives.ReadInt64LittleEndian(slot[40..]) == length
            && slot[48..].SequenceEqual(data);
        Crew.Demand(isWhole, $"event {sequence} of producer {producer} is torn");
    }

    private static int Fill(Span<byte> data, int producer, long count)
    {
        int length = (int)(count % (SharedRing.DataBytes + 1));
        data[..length].Fill((byte)((count * 31) + producer));
        data[length..].Clear();
        return length;
    }

    private static long Stamp(int producer, long count) => (count << 8) ^ producer;
}
