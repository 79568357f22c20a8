using System;
using System.Numerics;
using System.Threading;

namespace WhiteMagic.Kernels.RateLimiter;

/// <summary>
/// One key in its bucket: seven rings of cells that keys own, one that is shared. Every word holds a part of time in its upper 43 bits; its
/// lower 21 bits are, in an owner, the key's tag; in a cell, a count; in a sum, the counts of the parts before that part.
/// </summary>
internal readonly unsafe struct RateBucket
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

    public RateBucket(byte* start, ulong hash)
    {
        _start = start;

        // No tag is 0, so that a bucket that was never used belongs to nobody.
        _tag = Math.Max(hash & LowMask, 1);
    }

    /// <summary>All that may have been admitted for the key in these parts.</summary>
    public long Sum(in RateSpan span)
    {
        long sum = 0;
        for (uint rings = Rings(); rings != 0; rings &= rings - 1)
        {
            sum += RingSum(BitOperations.TrailingZeroCount(rings), span);
        }

        return sum;
    }

    /// <summary>Counts one request in the key's ring, or in the shared one when all are in use. False when another thread was in the way.</summary>
    public bool TryCount(long clock, out int ring)
    {
        ring = FindRing(clock);
        if (ring != Shared)
        {
            // A ring whose owner has the clock's part is nobody else's until a whole ring of parts later. An owner never goes back.
            ulong owner = Owner(ring);
            ulong mine = Word(clock, _tag);
            if (owner > mine && (owner & LowMask) == _tag)
            {
                return false;
            }

            if (owner != mine && (!IsFree(owner, clock) || Interlocked.CompareExchange(ref OwnerWord(ring), mine, owner) != owner))
            {
                return false;
            }
        }

        ref ulong cell = ref Cell(ring, clock);
        while (true)
        {
            ulong seen = Volatile.Read(ref cell);
            long part = (long)(seen >> LowBits);
            if (part > clock)
            {
                return false;
            }

            ulong next = part == clock ? seen + 1 : Word(clock, 1);
            if (Interlocked.CompareExchange(ref cell, next, seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>Takes back what <see cref="TryCount"/> counted, unless its cell has gone to a later part.</summary>
    public void TakeBack(int ring, long clock)
    {
        ref ulong cell = ref Cell(ring, clock);
        while (true)
        {
            ulong seen = Volatile.Read(ref cell);
            if ((long)(seen >> LowBits) != clock || Interlocked.CompareExchange(ref cell, seen - 1, seen) == seen)
            {
                return;
            }
        }
    }

    /// <summary>Whether the key's requests are still counted there: a key that counted in the shared ring may have got one of its own since.</summary>
    public bool IsPlace(int ring) => ring != Shared || Rings() == 1 << Shared;

    /// <summary>The first part, from <paramref name="clock"/> on, in which one more request is within <paramref name="most"/> if nobody else comes.</summary>
    public long PartWithRoom(long clock, int windowParts, int most)
    {
        uint rings = Rings();
        long used = 0;
        for (long part = clock - windowParts + 1; part <= clock; part++)
        {
            used += PartSum(rings, part);
        }

        long leaving = clock - windowParts + 1;
        while (used >= most && leaving <= clock)
        {
            used -= PartSum(rings, leaving);
            leaving++;
        }

        return leaving + windowParts - 1;
    }

    // One bit for each ring whose counts are the key's: its own (two, when two threads claimed one at once) and the shared one.
    private uint Rings()
    {
        uint rings = 1 << Shared;
        for (int ring = 0; ring < OwnedCount; ring++)
        {
            rings |= (Owner(ring) & LowMask) == _tag ? 1u << ring : 0;
        }

        return rings;
    }

    private long PartSum(uint rings, long part)
    {
        long sum = 0;
        for (; rings != 0; rings &= rings - 1)
        {
            sum += Count(BitOperations.TrailingZeroCount(rings), part);
        }

        return sum;
    }

    private long RingSum(int ring, in RateSpan span)
    {
        if (!span.IsSettled)
        {
            return Add(ring, span.First, span.Last);
        }

        // Once the clock has a part, what was admitted before it is settled: the first to sum it leaves it for the others.
        ref ulong sumWord = ref *(ulong*)(_start + SumsOffset + (ring * sizeof(ulong)));
        ulong sum = Volatile.Read(ref sumWord);
        long before = (long)(sum & LowMask);
        if ((long)(sum >> LowBits) != span.Last)
        {
            before = Math.Min(Add(ring, span.First, span.Last - 1), (long)LowMask);
            Volatile.Write(ref sumWord, Word(span.Last, (ulong)before));
        }

        return before + Count(ring, span.Last);
    }

    private long Add(int ring, long first, long last)
    {
        long sum = 0;
        for (long part = first; part <= last; part++)
        {
            sum += Count(ring, part);
        }

        return sum;
    }

    private long Count(int ring, long part)
    {
        ulong cell = Volatile.Read(ref Cell(ring, part));
        return (long)(cell >> LowBits) == part ? (long)(cell & LowMask) : 0;
    }

    // The key's own ring, else one that nobody uses, else the shared one.
    private int FindRing(long clock)
    {
        int free = Shared;
        for (int ring = OwnedCount - 1; ring >= 0; ring--)
        {
            ulong owner = Owner(ring);
            if ((owner & LowMask) == _tag)
            {
                return ring;
            }

            free = IsFree(owner, clock) ? ring : free;
        }

        return free;
    }

    // The key's own, never used, or idle so long that nothing in it is summed any more.
    private bool IsFree(ulong owner, long clock) =>
        owner == 0 || (owner & LowMask) == _tag || (long)(owner >> LowBits) <= clock - CellCount;

    private static ulong Word(long part, ulong low) => ((ulong)part << LowBits) | low;

    private ulong Owner(int ring) => Volatile.Read(ref OwnerWord(ring));

    private ref ulong OwnerWord(int ring) => ref *(ulong*)(_start + (ring * sizeof(ulong)));

    private ref ulong Cell(int ring, long part) =>
        ref *(ulong*)(_start + RingsOffset + (ring * RingBytes) + ((int)(part & (CellCount - 1)) * sizeof(ulong)));
}
