using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Threading;

namespace WhiteMagic.Kernels.RateLimiter;

/// <summary>
/// One key in its bucket: seven rings of cells that keys own, one that is shared. Every word holds a part of time in its upper 43 bits; its
/// lower 21 bits are, in an owner, the key's tag; in a cell, a count; in a sum, the counts of the parts before that part. The view remembers
/// which rings were the key's when it was made.
/// </summary>
internal unsafe struct RateBucket
{
    public const int CellCount = 32;

    /// <summary>Bytes of a bucket: seven owners and a spare word, eight sums, eight rings.</summary>
    public const int Bytes = RingsOffset + ((OwnedCount + 1) * RingBytes);

    /// <summary>The last part that a word can hold.</summary>
    public const long LastPart = (1L << (64 - LowBits)) - 1;

    private const int LowBits = 21;
    private const ulong LowMask = (1UL << LowBits) - 1;
    private const int OwnedCount = 7;
    private const int Shared = OwnedCount;
    private const int SumsOffset = 64;
    private const int RingsOffset = 128;
    private const int RingBytes = CellCount * sizeof(ulong);

    // SAFETY: every access below is to an owner < 7, a sum or ring <= 7, a cell < 32 of a bucket that the table has room for; all are aligned.
    private readonly byte* _start;
    private readonly ulong _tag;

    // One bit for each ring whose counts are the key's: its own (two, when two threads claimed one at once) and the shared one.
    private uint _rings;

    // What was admitted in the summed parts but the last.
    private long _before;

    // Where the key counts: its own ring, else one that nobody uses, else the shared one.
    private readonly int _ring;

    public RateBucket(byte* start, ulong hash, long clock)
    {
        _start = start;

        // No tag is 0, so that a bucket that was never used belongs to nobody.
        _tag = Math.Max(hash & LowMask, 1);
        _rings = FindRings();
        _ring = BitOperations.TrailingZeroCount(_rings);
        if (_ring == Shared)
        {
            _ring = FindFree(clock);
        }
    }

    /// <summary>All that may have been admitted for the key in these parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Sum(in RateSpan span)
    {
        _before = 0;
        for (uint rings = _rings; rings != 0; rings &= rings - 1)
        {
            int ring = BitOperations.TrailingZeroCount(rings);
            ulong sum = span.IsSettled ? Volatile.Read(ref SumWord(ring)) : 0;
            _before += sum >> LowBits == (ulong)span.Last && span.IsSettled ? (long)(sum & LowMask) : SumBefore(ring, span);
        }

        return SumAgain(span.Last);
    }

    /// <summary>The sum once more: while the clock has its last part, only the counts of that part can have changed.</summary>
    public readonly long SumAgain(long clock) => _before + PartSum(clock);

    /// <summary>Counts one request where the key counts. False when another thread was in the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCount(long clock)
    {
        if (_ring != Shared && !TryOwn(clock))
        {
            return false;
        }

        ref ulong cell = ref Cell(_ring, clock);
        while (true)
        {
            ulong seen = Volatile.Read(ref cell);
            long part = (long)(seen >> LowBits);
            if (part > clock)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref cell, part == clock ? seen + 1 : Word(clock, 1), seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>Takes back what <see cref="TryCount"/> counted, unless its cell has gone to a later part.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly void TakeBack(long clock)
    {
        ref ulong cell = ref Cell(_ring, clock);
        while (true)
        {
            ulong seen = Volatile.Read(ref cell);
            if ((long)(seen >> LowBits) != clock || Interlocked.CompareExchange(ref cell, seen - 1, seen) == seen)
            {
                return;
            }
        }
    }

    /// <summary>Whether the key's rings are still those that the sums are of: another thread may have claimed one since.</summary>
    public readonly bool IsCurrent => FindRings() == _rings;

    /// <summary>
    /// How many of the parts, from the first on, must leave before <paramref name="used"/>, their sum, has room for one more within
    /// <paramref name="most"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly long PartsTooMany(in RateSpan span, long used, int most)
    {
        if (used < most)
        {
            return 0;
        }

        long part = span.FirstKept;
        while (used >= most && part <= span.Last)
        {
            used -= PartSum(part);
            part++;
        }

        return part - span.First;
    }

    // Makes the ring the key's for a whole ring of parts to come, unless it is. An owner never goes back in time.
    private bool TryOwn(long clock)
    {
        ref ulong word = ref Owner(_ring);
        ulong owner = Volatile.Read(ref word);
        ulong mine = Word(clock, _tag);
        if (owner == mine)
        {
            return true;
        }

        bool isMine = (owner & LowMask) == _tag;
        bool isLater = owner > mine;
        if (isMine ? isLater : !IsFree(owner, clock))
        {
            return false;
        }

        _rings |= 1u << _ring;
        return Interlocked.CompareExchange(ref word, mine, owner) == owner;
    }

    private readonly uint FindRings()
    {
        // The spare word is 0 and matches no tag. Each owner is read at once; in which order does not matter.
        Vector128<ulong> mask = Vector128.Create(LowMask);
        Vector128<ulong> tag = Vector128.Create(_tag);
        ulong* owners = (ulong*)_start;
        return (1u << Shared)
            | Vector128.Equals(Vector128.Load(owners) & mask, tag).ExtractMostSignificantBits()
            | (Vector128.Equals(Vector128.Load(owners + 2) & mask, tag).ExtractMostSignificantBits() << 2)
            | (Vector128.Equals(Vector128.Load(owners + 4) & mask, tag).ExtractMostSignificantBits() << 4)
            | (Vector128.Equals(Vector128.Load(owners + 6) & mask, tag).ExtractMostSignificantBits() << 6);
    }

    // A ring that nobody uses, else the shared one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int FindFree(long clock)
    {
        int ring = 0;
        while (ring < OwnedCount && !IsFree(Volatile.Read(ref Owner(ring)), clock))
        {
            ring++;
        }

        return ring;
    }

    // Once the clock has a part, what was admitted before it is settled: the first to sum it leaves it for the others.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly long SumBefore(int ring, in RateSpan span)
    {
        long sum = 0;
        for (long part = span.FirstKept; part < span.Last; part++)
        {
            sum += Count(ring, part);
        }

        if (span.IsSettled)
        {
            sum = Math.Min(sum, (long)LowMask);
            Volatile.Write(ref SumWord(ring), Word(span.Last, (ulong)sum));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly long PartSum(long part)
    {
        long sum = 0;
        for (uint rings = _rings; rings != 0; rings &= rings - 1)
        {
            sum += Count(BitOperations.TrailingZeroCount(rings), part);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly long Count(int ring, long part)
    {
        ulong cell = Volatile.Read(ref Cell(ring, part));
        return cell >> LowBits == (ulong)part ? (long)(cell & LowMask) : 0;
    }

    // Never used, or idle so long that nothing in it is summed any more.
    private static bool IsFree(ulong owner, long clock) => owner == 0 || (long)(owner >> LowBits) <= clock - CellCount;

    private static ulong Word(long part, ulong low) => ((ulong)part << LowBits) | low;

    private readonly ref ulong SumWord(int ring) => ref *(ulong*)(_start + SumsOffset + (ring * sizeof(ulong)));

    private readonly ref ulong Owner(int ring) => ref *(ulong*)(_start + (ring * sizeof(ulong)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref ulong Cell(int ring, long part) =>
        ref *(ulong*)(_start + RingsOffset + (ring * RingBytes) + ((int)(part & (CellCount - 1)) * sizeof(ulong)));
}
