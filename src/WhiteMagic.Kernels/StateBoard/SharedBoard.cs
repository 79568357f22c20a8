using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.StateBoard;

// The state board: harmony, resonance, breakers and counters in 64 KiB that all processes of a state root map.
//
// Problem: many threads and processes write and read a vector of 16 words; no reader may ever see half of one write and half of another, and a
// process may be killed at any instruction. The board of version 1 had neither lock nor sequence.
//
//   write: lock = compare-and-swap of the sequence, even to odd, together with the time
//          state = the fields if their checksum holds, else the copy
//          change it; write the copy and its checksum; write the fields and their checksum
//          unlock = compare-and-swap of the sequence, to even
//   read:  sequence, fields, checksum, sequence again: equal, even and the checksum right, or once more, a bounded number of times
//
// A writer that died leaves the sequence odd. After 100 ms the next writer takes it over: either the copy was not complete, then the fields are
// untouched, or it was, then it is the state; either way a whole one. A writer that was only stopped for 100 ms and goes on writing after
// that can spoil the fields, but not their checksum as well: readers are told Busy until the next write, instead of something torn.
//
// Cost: a read about 20 ns, a write about 90 ns. Breakers are two words under the same sequence; counters are one atomic word each.
// Knowingly not optimal: one sequence for all, since writes are rare (one a call); readers after a writer's death wait for the next write.

/// <summary>
/// A view of a state board's memory; any number of threads and processes may have one. Writes return the board's tick, which is at least 1, or
/// a negative <see cref="KernelError"/>: Busy means that another writer was at work all the time; yield and call again.
/// </summary>
public readonly unsafe struct SharedBoard
{
    public const int Bytes = 64 << 10;
    public const int SlotCount = 64;

    /// <summary>Values of harmony: balance, throughput, latency, error rate, dharma, karma debt, energy.</summary>
    public const int HarmonyCount = 7;

    /// <summary>Values of resonance: guna, wu xing, gana, predecessor, successor, quadrant.</summary>
    public const int ResonanceCount = 6;

    /// <summary>A dimension of harmony for which nothing was measured.</summary>
    public const double NotMeasured = -1;

    /// <summary>Words of the state: the tick, harmony, resonance, active engines, last update.</summary>
    public const int StateWords = BoardFields.WordCount;

    /// <summary>Where the memory for a rate limiter begins, and its size.</summary>
    public const int RateOffset = 4096;

    public const int RateBytes = Bytes - RateOffset;

    private const ulong Magic = 0x574D424F41524400;
    private const ulong Version = 2;
    private const int VersionOffset = 8;
    private const int ResonanceWord = 8;
    private const int EnginesWord = 14;
    private const int UpdateWord = 15;

    // In place of a word: all but the tick become zero.
    private const int ClearAll = -1;

    private const int BreakersOffset = 256;
    private const int CountersOffset = 1280;
    private const int BreakerBytes = 16;

    // Bits of NotMeasured.
    private const ulong NotMeasuredBits = 0xBFF0_0000_0000_0000;

    // Bits of 1.0: as bits, the doubles from 0 to 1 are the smallest, and NaN is above.
    private const ulong OneBits = 0x3FF0_0000_0000_0000;
    private const int EngineCount = 28;

    // Most of resonance's six values.
    private static ReadOnlySpan<byte> MostResonance => [2, 4, 28, 28, 28, 3];

    private readonly byte* _memory;

    private SharedBoard(byte* memory) => _memory = memory;

    private BoardLock Lock => new(_memory);

    /// <summary>Opens a board of <see cref="Bytes"/> bytes; memory that is all zero becomes one.</summary>
    /// <returns>0; InvalidArgument for null or memory not aligned to 8; Corrupt when something else, or another version, is there.</returns>
    public static int Attach(void* memory, out SharedBoard board)
    {
        board = default;
        if (memory == null || ((nuint)memory & 7) != 0)
        {
            return KernelError.InvalidArgument;
        }

        // SAFETY: the caller vouches for 64 KiB. Everything in this file is below them: slots are checked, all else is constant.
        byte* start = (byte*)memory;
        ulong magic = Volatile.Read(ref *(ulong*)start);
        if (magic == 0)
        {
            ulong version = Interlocked.CompareExchange(ref *(ulong*)(start + VersionOffset), Version, 0);
            if (version is not (0 or Version))
            {
                return KernelError.Corrupt;
            }

            new BoardFields(start).Initialise();
            Interlocked.CompareExchange(ref *(ulong*)start, Magic, 0);
        }
        else if (magic != Magic || *(ulong*)(start + VersionOffset) != Version)
        {
            return KernelError.Corrupt;
        }

        board = new SharedBoard(start);
        return 0;
    }

    /// <summary>Writes the seven values of harmony, each 0 to 1 or <see cref="NotMeasured"/>.</summary>
    public long WriteHarmony(ReadOnlySpan<double> values, long nowNs) =>
        values.Length == HarmonyCount ? Write(1, MemoryMarshal.Cast<double, ulong>(values), nowNs) : KernelError.InvalidArgument;

    /// <summary>Writes guna 0..2, wu xing 0..4, gana, predecessor and successor 0..28 (0 = none), quadrant 0..3.</summary>
    public long WriteResonance(ReadOnlySpan<ulong> values, long nowNs) =>
        values.Length == ResonanceCount ? Write(ResonanceWord, values, nowNs) : KernelError.InvalidArgument;

    /// <summary>Writes the bit mask of the 28 engines.</summary>
    public long WriteActiveEngines(ulong mask, long nowNs) => Write(EnginesWord, [mask], nowNs);

    /// <summary>Reads all 16 words of one moment: tick, harmony (the bits of seven doubles), resonance, active engines, last update in ns.</summary>
    /// <returns>The tick; InvalidArgument when there is no room or no board; Busy.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long ReadState(Span<ulong> state)
    {
        if (_memory == null || state.Length < StateWords)
        {
            return KernelError.InvalidArgument;
        }

        BoardFields fields = new(_memory);
        for (int attempt = 0; attempt < BoardLock.MostAttempts; attempt++)
        {
            if (Lock.TryBeginRead(out ulong sequence) && fields.TryRead(state) && Lock.IsUnchanged(sequence))
            {
                return (long)state[0];
            }

            Thread.SpinWait(1);
        }

        return KernelError.Busy;
    }

    /// <summary>
    /// Changes a breaker to <paramref name="state"/> (0 closed, 1 open, 2 half-open), if it is in state <paramref name="expected"/> or that is
    /// negative: of many that see it open, one gets to make it half-open and probe.
    /// </summary>
    /// <returns>The tick, or 0 when the breaker is in another state and nothing was changed.</returns>
    public long WriteBreaker(int slot, int expected, int state, ulong failures, long nowNs)
    {
        if (_memory == null || (uint)slot >= SlotCount || (uint)state > 2 || nowNs < 0)
        {
            return KernelError.InvalidArgument;
        }

        if (!Lock.TryEnter(nowNs, out ulong held))
        {
            return KernelError.Busy;
        }

        ulong* breaker = Breaker(slot);
        if (expected >= 0 && Volatile.Read(ref breaker[0]) != (ulong)expected)
        {
            return Lock.TryLeave(held) ? 0 : KernelError.Busy;
        }

        Volatile.Write(ref breaker[0], (ulong)state);
        Volatile.Write(ref breaker[1], failures);
        return Store(held, 0, default, nowNs);
    }

    /// <summary>Reads a breaker's state and its failures, of one moment.</summary>
    /// <returns>The state, InvalidArgument or Busy.</returns>
    public int ReadBreaker(int slot, out ulong failures)
    {
        failures = 0;
        if (_memory == null || (uint)slot >= SlotCount)
        {
            return KernelError.InvalidArgument;
        }

        ulong* breaker = Breaker(slot);
        for (int attempt = 0; attempt < BoardLock.MostAttempts; attempt++)
        {
            if (Lock.TryBeginRead(out ulong sequence))
            {
                ulong state = Volatile.Read(ref breaker[0]);
                failures = Volatile.Read(ref breaker[1]);
                if (Lock.IsUnchanged(sequence))
                {
                    return (int)(state & 3);
                }
            }

            Thread.SpinWait(1);
        }

        return KernelError.Busy;
    }

    /// <summary>Adds one to a counter; returns its value, or InvalidArgument.</summary>
    public long Increment(int slot) =>
        _memory == null || (uint)slot >= SlotCount ? KernelError.InvalidArgument : Interlocked.Increment(ref *(long*)(_memory + CountersOffset + (slot * sizeof(long))));

    /// <summary>A counter's value, or InvalidArgument.</summary>
    public long ReadCounter(int slot) =>
        _memory == null || (uint)slot >= SlotCount ? KernelError.InvalidArgument : Volatile.Read(ref *(long*)(_memory + CountersOffset + (slot * sizeof(long))));

    /// <summary>Zeroes harmony, resonance, breakers and counters. The tick goes on, and the rate limiter's memory stays.</summary>
    public long Reset(long nowNs)
    {
        if (_memory == null || nowNs < 0)
        {
            return KernelError.InvalidArgument;
        }

        if (!Lock.TryEnter(nowNs, out ulong held))
        {
            return KernelError.Busy;
        }

        new Span<byte>(_memory + BreakersOffset, (SlotCount * BreakerBytes) + (SlotCount * sizeof(ulong))).Clear();
        return Store(held, ClearAll, default, nowNs);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Write(int word, scoped ReadOnlySpan<ulong> values, long nowNs)
    {
        if (_memory == null || nowNs < 0)
        {
            return KernelError.InvalidArgument;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!IsAllowed(word + i, values[i]))
            {
                return KernelError.InvalidArgument;
            }
        }

        return Lock.TryEnter(nowNs, out ulong held) ? Store(held, word, values, nowNs) : KernelError.Busy;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAllowed(int word, ulong value) =>
        word < ResonanceWord ? value <= OneBits || value == NotMeasuredBits || value << 1 == 0
        : word < EnginesWord ? value <= MostResonance[word - ResonanceWord]
        : value >> EngineCount == 0;

    // Changes some words, the tick and the time of the state, and leaves the lock.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Store(ulong held, int word, scoped ReadOnlySpan<ulong> values, long nowNs)
    {
        BoardFields fields = new(_memory);
        Span<ulong> state = stackalloc ulong[StateWords];
        fields.ReadLast(state);
        if (word == ClearAll)
        {
            state[1..].Clear();
        }
        else
        {
            values.CopyTo(state[word..]);
        }

        state[0]++;
        state[UpdateWord] = (ulong)nowNs;
        fields.Write(state);
        return Lock.TryLeave(held) ? (long)state[0] : KernelError.Busy;
    }

    private ulong* Breaker(int slot) => (ulong*)(_memory + BreakersOffset + (slot * BreakerBytes));
}
