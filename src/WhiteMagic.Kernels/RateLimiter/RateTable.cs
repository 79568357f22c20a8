using System;
using System.Runtime.CompilerServices;
using System.Threading;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.RateLimiter;

// A rate limiter in memory that threads and processes share.
//
// Problem: of the requests with one key, and of those with one group (all keys, or all of one client), never admit more than a given number in
// ANY window of W milliseconds; decide both at once, so that a refused request uses up nothing; say how long to wait; need no lock, because a
// process can be killed anywhere. The classic estimate from two windows admits up to twice the limit around a window's edge; an exact log of
// arrivals needs 600,000 places for each key.
//
// Idea: cut time into parts of P = ceil(W/26) ms and count per part. Any W consecutive milliseconds touch at most S parts (27; exactly W when
// P is 1), so a request may pass when the last S parts hold less than the limit.
//
//   clock = max(clock, part of now)                            never goes back
//   count the request in the cells (key, clock) and (group, clock)
//   if both sums over S parts are within the limits, and the clock still has the same part: admitted
//   else take both counts back; try again if the clock moved, else say when enough counts will have left the S parts
//
// Proof. Let A be admitted requests of a key whose times lie in one window, r the one of them that was counted last. When r summed, the clock
// still had r's part (it was checked afterwards), so no cell of these S parts had been reused for a later one; every other request in A had been
// counted before and is never taken back. So r saw at least |A|, and was admitted: |A| <= limit. Counts of requests that are taken back, or of
// a process killed half-way, only make sums larger. The same holds for times as the callers gave them, in whatever order: who comes late by up
// to D parts is summed from its own time's parts on (the ring of 32 cells keeps S + D parts), who comes later than that is refused.
//
// Keys: a key's hash chooses a bucket of seven owned cell rings and one that is shared. A ring's owner is one word (part of last use, tag), so
// "idle for a whole ring of parts" and "now mine" is one compare-and-swap. A key that finds no ring counts in the shared one, and what is in
// the shared one counts for every key of the bucket: neither a full table nor two rings that were claimed for one key at once admit more, since
// a request looks at the owners again after it was counted.
// Keys of one bucket with equal tags (1 in 2 million) share their budget.
//
// Cost: two compare-and-swaps and about 40 loads, 50 ns; a new part adds 26 loads once, and a refusal as many or fewer. 2,176 bytes for seven keys.
// Knowingly not optimal: S parts are longer than the window, so under steady pressure W / (S P) of the limit is used: 96.3 % at a minute, 95 % at a
// second, never less than 92.8 %, all of it up to 26 ms. A log would be exact; finer parts would cost memory.

/// <summary>A view of a rate limiter's memory; any number of threads and processes may have one. All members but Reset are safe together.</summary>
public readonly unsafe struct RateTable
{
    /// <summary>Least memory: a head, a bucket of seven groups and one of seven keys.</summary>
    public const int LeastBytes = HeadBytes + (2 * RateBucket.Bytes);

    /// <summary>Largest limit and burst together.</summary>
    public const int MostRequests = 2_000_000;

    /// <summary>Longest window in milliseconds, twelve days.</summary>
    public const int MostWindowMs = 1 << 30;

    // "WMRATE", then the version.
    private const ulong Magic = 0x0001_4554_4152_4D57;

    private const int WindowOffset = 8;
    private const int ClockOffset = 64;
    private const int HeadBytes = 128;

    // Parts that a window is cut into; the cells of a bucket's ring beyond the window serve requests that come late.
    private const int PartsOfWindow = 26;

    // One bucket in so many is for groups, and at least one.
    private const int PartOfGroups = 8;

    // Each further attempt needs the clock to have moved, or an owner to have changed, since the last.
    private const int MostAttempts = 64;

    private readonly byte* _memory;
    private readonly uint _groupBuckets;
    private readonly uint _keyBuckets;
    private readonly long _partMs;
    private readonly int _span;

    private RateTable(byte* memory, int bytes, int windowMs)
    {
        _memory = memory;

        // Groups have buckets of their own, so that a request never counts twice in one ring.
        uint buckets = (uint)((bytes - HeadBytes) / RateBucket.Bytes);
        _groupBuckets = Math.Max(buckets / PartOfGroups, 1);
        _keyBuckets = buckets - _groupBuckets;
        _partMs = (windowMs + PartsOfWindow - 1) / PartsOfWindow;
        _span = (int)((windowMs - 1 + _partMs - 1) / _partMs) + 1;
    }

    /// <summary>Opens memory that is zeroed, or that was opened with the same window and size before.</summary>
    /// <returns>
    /// 0; <see cref="KernelError.InvalidArgument"/> for a window out of range, too little memory or memory not aligned to 8;
    /// <see cref="KernelError.Corrupt"/> when something else is there, or a limiter with another window.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Open(void* memory, int bytes, int windowMs, out RateTable table)
    {
        table = default;
        if (memory == null || ((nuint)memory & 7) != 0 || bytes < LeastBytes || windowMs is <= 0 or > MostWindowMs)
        {
            return KernelError.InvalidArgument;
        }

        // SAFETY: the caller vouches for `bytes` bytes, which are at least the head. The window is set before the magic number, each by who comes first.
        byte* start = (byte*)memory;
        ulong magic = Volatile.Read(ref *(ulong*)start);
        if (magic is not (0 or Magic))
        {
            return KernelError.Corrupt;
        }

        ulong window = Interlocked.CompareExchange(ref *(ulong*)(start + WindowOffset), (ulong)windowMs, 0);
        if (window != 0 && window != (ulong)windowMs)
        {
            return KernelError.Corrupt;
        }

        Interlocked.CompareExchange(ref *(ulong*)start, Magic, 0);
        table = new RateTable(start, bytes, windowMs);
        return 0;
    }

    /// <summary>
    /// Asks for one request of <paramref name="key"/>, which is also one of <paramref name="group"/>. Most is limit and burst together; when
    /// callers give different ones for one key, each holds for its own requests.
    /// </summary>
    /// <param name="key">Any hash of who asks for what.</param>
    /// <param name="keyMost">1 to <see cref="MostRequests"/>.</param>
    /// <param name="group">Any hash of those that share a budget; the same for all callers makes it global.</param>
    /// <param name="groupMost">1 to <see cref="MostRequests"/>.</param>
    /// <param name="nowMs">A clock that all callers share, such as Unix time, not negative. Behind the latest seen it admits nothing extra.</param>
    /// <returns>
    /// 0: admitted. Positive: refused, nothing used up; after so many milliseconds it is admitted if nobody else comes.
    /// <see cref="KernelError.InvalidArgument"/> when an argument is out of range or the table was not opened.
    /// </returns>
    public int Acquire(ulong key, int keyMost, ulong group, int groupMost, long nowMs) => Decide(key, keyMost, group, groupMost, nowMs, true);

    /// <summary>What <see cref="Acquire"/> would answer, using up nothing.</summary>
    public int Peek(ulong key, int keyMost, ulong group, int groupMost, long nowMs) => Decide(key, keyMost, group, groupMost, nowMs, false);

    /// <summary>Forgets all counts, the clock and the window. Nobody else may be using the memory; open it again afterwards.</summary>
    public void Reset()
    {
        if (_memory != null)
        {
            // SAFETY: Open made sure of the size.
            new Span<byte>(_memory, HeadBytes + ((int)(_groupBuckets + _keyBuckets) * RateBucket.Bytes)).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Decide(ulong key, int keyMost, ulong group, int groupMost, long nowMs, bool isTaking)
    {
        if (_memory == null || nowMs < 0 || keyMost is <= 0 or > MostRequests || groupMost is <= 0 or > MostRequests)
        {
            return KernelError.InvalidArgument;
        }

        // Nearly always the clock's part is this one, which a multiplication tells sooner than a division.
        long part = Clock;
        if ((ulong)(nowMs - (part * _partMs)) >= (ulong)_partMs)
        {
            part = nowMs / _partMs;
        }

        if (part > RateBucket.LastPart)
        {
            return KernelError.InvalidArgument;
        }

        ulong keyHash = Mix(key);
        ulong groupHash = Mix(group);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            long clock = isTaking ? Advance(part) : Math.Max(part, Clock);
            RateBucket keys = new(Bucket(keyHash, _groupBuckets, _keyBuckets), keyHash, clock);
            RateBucket groups = new(Bucket(groupHash, 0, _groupBuckets), groupHash, clock);

            // All parts that a window around the request can touch, its own time's or the clock's.
            RateSpan span = new(part - _span + 1, clock, isTaking && part == clock);
            long keyUsed = keys.Sum(span);
            long groupUsed = groups.Sum(span);
            long latePartsTooMany = clock - part - (RateBucket.CellCount - _span);
            if (latePartsTooMany > 0 || keyUsed >= keyMost || groupUsed >= groupMost)
            {
                long parts = Math.Max(keys.PartsTooMany(span, keyUsed, keyMost), groups.PartsTooMany(span, groupUsed, groupMost));
                return (int)Math.Clamp(((part + Math.Max(parts, latePartsTooMany)) * _partMs) - nowMs, 1, int.MaxValue);
            }

            if (!isTaking)
            {
                return 0;
            }

            if (!keys.TryCount(clock))
            {
                continue;
            }

            if (!groups.TryCount(clock))
            {
                keys.TakeBack(clock);
                continue;
            }

            if (keys.SumAgain(clock) <= keyMost && groups.SumAgain(clock) <= groupMost && keys.IsCurrent && groups.IsCurrent && Clock == clock)
            {
                return 0;
            }

            keys.TakeBack(clock);
            groups.TakeBack(clock);
        }

        // So much is going on that nothing could be decided for certain.
        return 1;
    }

    private long Clock => Volatile.Read(ref *(long*)(_memory + ClockOffset));

    // Moves the clock to `part` unless it is there or beyond; returns where it is.
    private long Advance(long part)
    {
        long clock = Clock;
        while (part > clock)
        {
            long seen = Interlocked.CompareExchange(ref *(long*)(_memory + ClockOffset), part, clock);
            clock = seen == clock ? part : seen;
        }

        return clock;
    }

    // SAFETY: the bucket is one of `count` from `first` on, and the memory has room for all of them.
    private byte* Bucket(ulong hash, uint first, uint count) => _memory + HeadBytes + ((first + (uint)(((hash >> 32) * count) >> 32)) * RateBucket.Bytes);

    // Callers' hashes may be weak; the finalizer of SplitMix64 spreads them.
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
