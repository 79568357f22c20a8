using System;
using System.Threading;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.EventRing;

// The event ring: the last 65,536 events in 8 MiB that all processes of a state root map.
//
// Problem: many producers publish without ever waiting; up to 32 consumers each read all events in order at their own pace; who is too slow is
// told exactly how many events it missed; nobody reads an event that is half another; a process may be killed at any instruction.
//
//   publish:  n = next number (fetch and add); slot = n mod 65,536
//             compare-and-swap the slot's word to "n is being written"; when it holds a later number, or somebody is still writing an earlier
//             one, a whole lap went by meanwhile: note that n was dropped, as if it had been overwritten at once
//             else write the event; set the word to n
//   poll:     while the consumer's n is below the next number:
//               more than 65,536 behind: lost += what was overwritten, go on with the oldest
//               word is n: copy, look at the word again: n still? delivered : lost + 1
//               word is later, or n is noted as dropped: lost + 1
//               else n is being written: stop; after 100 ms at the same n, its producer is dead: lost + 1, go on
//
// Only who made the compare-and-swap writes into the slot, and nobody takes a slot from somebody who writes: so no slot is ever written by two.
// Hence for each consumer, events published since it subscribed = delivered + lost + still to come.
//
// Cost: publishing is two atomic operations and three cache lines, about 10 ns; polling about 20 ns an event.
// Knowingly not optimal: a producer that is killed while it writes leaves its slot unusable until the file is made anew, and one event in 65,536
// is dropped. Taking the slot over could let a producer that was only stopped write into another's event.

/// <summary>A view of an event ring's memory; any number of threads and processes may publish, and each consumer may be polled by one at a time.</summary>
public readonly unsafe struct SharedRing
{
    public const int SlotCount = 1 << 16;
    public const int SlotBytes = 128;
    public const int DataBytes = 80;
    public const int ConsumerCount = RingConsumer.MostConsumers;

    /// <summary>Size of a ring, 8 MiB and a page.</summary>
    public const int Bytes = SlotsOffset + (SlotCount * SlotBytes);

    /// <summary>Words that <see cref="ReadStatistics"/> gives.</summary>
    public const int StatisticsWords = 7;

    // "WMRING", then the version.
    private const ulong Magic = 0x0002_474E_4952_4D57;

    private const int NextOffset = 64;
    private const int DroppedOffset = 72;
    private const int SlotsOffset = 4096;

    // The last numbers that were dropped, by their remainder; a few are enough, consumers that miss a note wait.
    private const int NotesOffset = 2304;
    private const int NoteCount = 128;

    // How long a consumer waits for a number that does not come: publishing takes less than a microsecond.
    private const long WaitNs = 100_000_000;

    private readonly byte* _memory;

    private SharedRing(byte* memory) => _memory = memory;

    /// <summary>Opens a ring; memory that is all zero becomes one.</summary>
    /// <returns>0; InvalidArgument for too few bytes or memory not aligned to 8; Corrupt when something else is there.</returns>
    public static int Attach(void* memory, int bytes, out SharedRing ring)
    {
        ring = default;
        if (memory == null || ((nuint)memory & 7) != 0 || bytes < Bytes)
        {
            return KernelError.InvalidArgument;
        }

        // SAFETY: the caller vouches for `bytes` bytes; everything below is inside Bytes: slots are taken modulo their count, consumers checked.
        ulong magic = Interlocked.CompareExchange(ref *(ulong*)memory, Magic, 0);
        if (magic is not (0 or Magic))
        {
            return KernelError.Corrupt;
        }

        ring = new SharedRing((byte*)memory);
        return 0;
    }

    /// <summary>
    /// Publishes an event. Never waits; overwrites the oldest. When all others have gone a whole lap round the ring during it, the event is lost to
    /// the consumers, who are told so.
    /// </summary>
    /// <param name="type">Greater than 0.</param>
    /// <param name="sourceId">A hash of where the event comes from.</param>
    /// <param name="timestampNs">When it happened.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="data">At most <see cref="DataBytes"/> bytes.</param>
    /// <returns>The event's sequence, at least 1; InvalidArgument; TooLarge for longer data.</returns>
    public long Publish(int type, ulong sourceId, long timestampNs, double confidence, ReadOnlySpan<byte> data)
    {
        if (_memory == null || type <= 0 || !(confidence >= 0 && confidence <= 1))
        {
            return KernelError.InvalidArgument;
        }

        if (data.Length > DataBytes)
        {
            return KernelError.TooLarge;
        }

        long sequence = Interlocked.Increment(ref *(long*)(_memory + NextOffset));
        RingSlot slot = Slot(sequence);
        if (slot.TryBegin(sequence))
        {
            slot.Write(type, sourceId, timestampNs, confidence, data);
            slot.End(sequence);
        }
        else
        {
            Volatile.Write(ref Note(sequence), sequence);
            Interlocked.Increment(ref *(long*)(_memory + DroppedOffset));
        }

        return sequence;
    }

    /// <summary>Makes a consumer that gets the events published from now on. One that was not polled for ten minutes may lose its place to it.</summary>
    /// <returns>The consumer, or TooLarge when there are 32; InvalidArgument.</returns>
    public int Subscribe(long nowNs)
    {
        if (_memory == null || nowNs < 0)
        {
            return KernelError.InvalidArgument;
        }

        for (int index = 0; index < ConsumerCount; index++)
        {
            RingConsumer consumer = new(_memory, index);
            if (consumer.TryTake(nowNs, out int handle))
            {
                consumer.Start(Next);
                return handle;
            }
        }

        return KernelError.TooLarge;
    }

    /// <summary>Gives the consumer's place back.</summary>
    /// <returns>0 or NotFound.</returns>
    public int Unsubscribe(int handle) => TryFind(handle, out RingConsumer consumer) && consumer.TryRelease(handle) ? 0 : KernelError.NotFound;

    /// <summary>
    /// Copies the next events, each <see cref="SlotBytes"/> bytes as in the ring: sequence, type, source, timestamp, confidence, length (8 bytes
    /// each), data.
    /// </summary>
    /// <returns>The count of events; NotFound for a consumer that is none any more; InvalidArgument.</returns>
    public int Poll(int handle, Span<byte> events, long nowNs)
    {
        if (!TryFind(handle, out RingConsumer consumer))
        {
            return KernelError.NotFound;
        }

        if (nowNs < 0)
        {
            return KernelError.InvalidArgument;
        }

        int most = events.Length / SlotBytes;
        int count = 0;
        long lost = 0;
        long done = consumer.Done;
        while (count < most)
        {
            long next = Next;
            if (done >= next)
            {
                break;
            }

            // Slots are reused one by one, so of those a lap behind only the later ones may still be there.
            long overwritten = next - SlotCount - done;
            if (overwritten > 0)
            {
                lost += overwritten;
                done += overwritten;
            }

            int found = Slot(done + 1).TryCopy(done + 1, events.Slice(count * SlotBytes, SlotBytes));
            if (found == RingSlot.Copied)
            {
                count++;
            }
            else if (found == RingSlot.Overwritten || Volatile.Read(ref Note(done + 1)) == done + 1 || consumer.HasWaited(done, nowNs, WaitNs))
            {
                lost++;
            }
            else
            {
                break;
            }

            done++;
        }

        consumer.Advance(done, count, lost, nowNs);
        return count;
    }

    /// <summary>
    /// Copies the newest events without being a consumer, the oldest first, each <see cref="SlotBytes"/> bytes; those that are being written are
    /// left out.
    /// </summary>
    /// <returns>The count of events; InvalidArgument.</returns>
    public int ReadNewest(Span<byte> events)
    {
        if (_memory == null)
        {
            return KernelError.InvalidArgument;
        }

        long next = Next;
        int count = 0;
        for (long sequence = Math.Max(1, next - Math.Min(events.Length / SlotBytes, SlotCount) + 1); sequence <= next; sequence++)
        {
            count += Slot(sequence).TryCopy(sequence, events.Slice(count * SlotBytes, SlotBytes)) == RingSlot.Copied ? 1 : 0;
        }

        return count;
    }

    /// <summary>How many events the consumer has lost since it subscribed; NotFound for one that is none any more.</summary>
    public long Lost(int handle) => TryFind(handle, out RingConsumer consumer) ? consumer.Lost : KernelError.NotFound;

    /// <summary>
    /// Gives seven numbers: events published, of these dropped at once, events delivered and events lost (by all consumers there are), consumers,
    /// slots, bytes of a slot.
    /// </summary>
    public int ReadStatistics(Span<long> statistics)
    {
        if (_memory == null || statistics.Length < StatisticsWords)
        {
            return KernelError.InvalidArgument;
        }

        statistics[..StatisticsWords].Clear();
        statistics[0] = Next;
        statistics[1] = Volatile.Read(ref *(long*)(_memory + DroppedOffset));
        for (int index = 0; index < ConsumerCount; index++)
        {
            RingConsumer consumer = new(_memory, index);
            if (consumer.IsTaken)
            {
                statistics[2] += consumer.Delivered;
                statistics[3] += consumer.Lost;
                statistics[4]++;
            }
        }

        statistics[5] = SlotCount;
        statistics[6] = SlotBytes;
        return 0;
    }

    // The last sequence that was given out.
    private long Next => Volatile.Read(ref *(long*)(_memory + NextOffset));

    private RingSlot Slot(long sequence) => new(_memory + SlotsOffset + (((int)sequence & (SlotCount - 1)) * SlotBytes));

    private ref long Note(long sequence) => ref *(long*)(_memory + NotesOffset + (((int)sequence & (NoteCount - 1)) * sizeof(long)));

    private bool TryFind(int handle, out RingConsumer consumer)
    {
        consumer = _memory == null || handle < 0 ? default : new RingConsumer(_memory, handle % ConsumerCount);
        return consumer.IsHeldBy(handle);
    }
}
