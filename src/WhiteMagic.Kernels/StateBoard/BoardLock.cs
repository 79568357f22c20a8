using System.Runtime.CompilerServices;
using System.Threading;

namespace WhiteMagic.Kernels.StateBoard;

/// <summary>
/// The sequence of a board: the time of the last change in ms in its upper 40 bits, in the lower 24 a number that is odd while somebody writes.
/// </summary>
internal readonly unsafe struct BoardLock(byte* board)
{
    /// <summary>Tries before somebody is told Busy; some microseconds.</summary>
    public const int MostAttempts = 256;

    private const int SequenceOffset = 1792;
    private const int NumberBits = 24;
    private const ulong NumberMask = (1 << NumberBits) - 1;
    private const ulong TimeMask = (1UL << (64 - NumberBits)) - 1;
    private const int NsPerMs = 1_000_000;

    // A writer that has been at it for so long is dead: writing takes less than a microsecond.
    private const ulong TakeoverMs = 100;

    // SAFETY: the sequence lies inside every board.
    private readonly ulong* _sequence = (ulong*)(board + SequenceOffset);

    /// <summary>Becomes the only writer; false when another was at work all the time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryEnter(long nowNs, out ulong held)
    {
        ulong nowMs = (ulong)(nowNs / NsPerMs) & TimeMask;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            ulong seen = Volatile.Read(ref *_sequence);
            bool isWriting = (seen & 1) != 0;

            // In the ring of 40 bits; a clock that is behind gives an age beyond half of it, and does not count as old.
            ulong age = (nowMs - (seen >> NumberBits)) & TimeMask;
            if (!isWriting || (age >= TakeoverMs && age <= TimeMask / 2))
            {
                held = (nowMs << NumberBits) | ((seen + (isWriting ? 2u : 1u)) & NumberMask);
                if (Interlocked.CompareExchange(ref *_sequence, held, seen) == seen)
                {
                    return true;
                }
            }

            Thread.SpinWait(1);
        }

        held = 0;
        return false;
    }

    /// <summary>Ends writing; false when the lock was taken over meanwhile, so that what was written may be lost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryLeave(ulong held)
    {
        ulong next = (held & ~NumberMask) | ((held + 1) & NumberMask);
        return Interlocked.CompareExchange(ref *_sequence, next, held) == held;
    }

    public bool TryBeginRead(out ulong sequence)
    {
        sequence = Volatile.Read(ref *_sequence);
        return (sequence & 1) == 0;
    }

    public bool IsUnchanged(ulong sequence) => Volatile.Read(ref *_sequence) == sequence;
}
