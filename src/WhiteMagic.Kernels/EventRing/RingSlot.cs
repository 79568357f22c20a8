using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace WhiteMagic.Kernels.EventRing;

/// <summary>One slot of the ring. Its word holds the sequence of its event, with the top bit set while that is being written.</summary>
internal readonly unsafe struct RingSlot(byte* start)
{
    public const int Copied = 0;
    public const int Overwritten = 1;
    public const int NotThere = 2;

    private const long Writing = long.MinValue;
    private const int TypeOffset = 8;
    private const int SourceOffset = 16;
    private const int TimestampOffset = 24;
    private const int ConfidenceOffset = 32;
    private const int LengthOffset = 40;
    private const int DataOffset = 48;

    // SAFETY: the ring makes slots of 128 bytes inside its memory, aligned to 8; data is at most 80 bytes.
    private readonly byte* _start = start;

    /// <summary>Makes the slot the caller's to write in; false when somebody is writing in it, or a later event is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBegin(long sequence)
    {
        long seen = Volatile.Read(ref Word);
        return seen >= 0 && seen < sequence && Interlocked.CompareExchange(ref Word, sequence | Writing, seen) == seen;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(int type, ulong sourceId, long timestampNs, double confidence, ReadOnlySpan<byte> data)
    {
        *(ulong*)(_start + TypeOffset) = (uint)type;
        *(ulong*)(_start + SourceOffset) = sourceId;
        *(long*)(_start + TimestampOffset) = timestampNs;
        *(double*)(_start + ConfidenceOffset) = confidence;
        *(ulong*)(_start + LengthOffset) = (uint)data.Length;
        Span<byte> bytes = new(_start + DataOffset, SharedRing.DataBytes);
        bytes.Clear();
        data.CopyTo(bytes);
    }

    /// <summary>Shows the event; what was written comes before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(long sequence) => Volatile.Write(ref Word, sequence);

    /// <summary>Copies the event, if that is what is there before and afterwards.</summary>
    public int TryCopy(long sequence, Span<byte> copy)
    {
        long seen = Volatile.Read(ref Word);
        if (seen != sequence)
        {
            return (seen & ~Writing) > sequence ? Overwritten : NotThere;
        }

        for (int at = 0; at < SharedRing.SlotBytes; at += sizeof(ulong))
        {
            // Each read is ordered before the next, and so before the second look at the word.
            Unsafe.WriteUnaligned(ref copy[at], Volatile.Read(ref *(ulong*)(_start + at)));
        }

        return Volatile.Read(ref Word) == sequence ? Copied : Overwritten;
    }

    private ref long Word => ref *(long*)_start;
}
