using System;
using System.Threading;

namespace WhiteMagic.Kernels.StateBoard;

/// <summary>The 16 words of the state at their places, the copy that a writer makes first, and the checksums of both.</summary>
internal readonly unsafe struct BoardFields(byte* board)
{
    public const int WordCount = 16;

    private const int TickOffset = 16;
    private const int HarmonyOffset = 64;
    private const int ChecksumOffset = 1800;
    private const int CopyOffset = 1808;
    private const int CopyChecksumOffset = CopyOffset + (WordCount * sizeof(ulong));

    // SAFETY: all offsets are constants, or of a word below WordCount, and lie inside every board.
    private readonly byte* _board = board;

    /// <summary>Makes the zeroes of a new board a state; whoever else does it at once writes the same.</summary>
    public void Initialise()
    {
        Span<ulong> zeroes = stackalloc ulong[WordCount];
        zeroes.Clear();
        Interlocked.CompareExchange(ref Word(ChecksumOffset), Checksum(zeroes), 0);
    }

    /// <summary>Reads the fields; false when they are not one whole state.</summary>
    public bool TryRead(Span<ulong> state)
    {
        for (int i = 0; i < WordCount; i++)
        {
            state[i] = Volatile.Read(ref Field(i));
        }

        return Checksum(state) == Volatile.Read(ref Word(ChecksumOffset));
    }

    /// <summary>For the writer: the last whole state, which a writer that died may have left in the copy.</summary>
    public void ReadLast(Span<ulong> state)
    {
        if (TryRead(state))
        {
            return;
        }

        for (int i = 0; i < WordCount; i++)
        {
            state[i] = Volatile.Read(ref Word(CopyOffset + (i * sizeof(ulong))));
        }

        if (Checksum(state) != Volatile.Read(ref Word(CopyChecksumOffset)))
        {
            // Somebody spoiled both: start from nothing rather than from something torn.
            state.Clear();
        }
    }

    /// <summary>Writes copy and fields; only the holder of the lock may.</summary>
    public void Write(ReadOnlySpan<ulong> state)
    {
        ulong checksum = Checksum(state);
        for (int i = 0; i < WordCount; i++)
        {
            Volatile.Write(ref Word(CopyOffset + (i * sizeof(ulong))), state[i]);
        }

        Volatile.Write(ref Word(CopyChecksumOffset), checksum);
        for (int i = 0; i < WordCount; i++)
        {
            Volatile.Write(ref Field(i), state[i]);
        }

        Volatile.Write(ref Word(ChecksumOffset), checksum);
    }

    // Each step is one-to-one, so one changed word always shows; never 0, which is a board that has none yet.
    private static ulong Checksum(ReadOnlySpan<ulong> state)
    {
        ulong sum = 0x9E3779B97F4A7C15;
        for (int i = 0; i < WordCount; i++)
        {
            sum = (sum ^ state[i]) * 0xBF58476D1CE4E5B9;
            sum ^= sum >> 32;
        }

        return Math.Max(sum, 1);
    }

    // The tick stands alone; harmony, a gap of 8 bytes, and resonance follow at 64 and 128.
    private ref ulong Field(int i) => ref Word(i == 0 ? TickOffset : HarmonyOffset + ((i < 8 ? i - 1 : i) * sizeof(ulong)));

    private ref ulong Word(int offset) => ref *(ulong*)(_board + offset);
}
