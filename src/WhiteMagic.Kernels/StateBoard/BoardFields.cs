using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace WhiteMagic.Kernels.StateBoard;

/// <summary>The 16 words of the state at their places, the copy that a writer makes first, and the checksums of both.</summary>
internal readonly unsafe struct BoardFields(byte* board)
{
    public const int WordCount = 16;

    private const int TickOffset = 16;
    private const int HarmonyOffset = 64;
    private const int ResonanceOffset = 128;
    private const int ResonanceWord = 8;
    private const int ChecksumOffset = 1800;
    private const int CopyOffset = 1808;
    private const int CopyChecksumOffset = CopyOffset + (WordCount * sizeof(ulong));
    private const ulong ChecksumOfZeroes = 0x2B2B_99F7_1886_F0F7;
    private const ulong Seed = 0x9E3779B97F4A7C15;

    // SAFETY: all offsets are constants, with spans that end inside every board.
    private readonly byte* _board = board;

    /// <summary>Makes the zeroes of a new board a state; whoever else does it at once does the same.</summary>
    public void Initialise() => Interlocked.CompareExchange(ref Word(ChecksumOffset), ChecksumOfZeroes, 0);

    /// <summary>Reads the fields; false when they are not one whole state.</summary>
    public bool TryRead(Span<ulong> state) => LoadFields(state) == Volatile.Read(ref Word(ChecksumOffset));

    /// <summary>For the writer: the last whole state, which a writer that died may have left in the copy.</summary>
    public void ReadLast(Span<ulong> state)
    {
        if (!TryRead(state) && Load(Seed, CopyOffset, state) != Volatile.Read(ref Word(CopyChecksumOffset)))
        {
            // Somebody spoiled both: start from nothing rather than from something torn.
            state.Clear();
        }
    }

    /// <summary>Writes copy and fields; only the holder of the lock may.</summary>
    public void Write(ReadOnlySpan<ulong> state)
    {
        ulong checksum = Store(Seed, CopyOffset, state);
        Volatile.Write(ref Word(CopyChecksumOffset), checksum);
        Store(Seed, TickOffset, state[..1]);
        Store(Seed, HarmonyOffset, state[1..ResonanceWord]);
        Store(Seed, ResonanceOffset, state[ResonanceWord..]);
        Volatile.Write(ref Word(ChecksumOffset), checksum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong LoadFields(Span<ulong> state)
    {
        ulong sum = Load(Seed, TickOffset, state[..1]);
        sum = Load(sum, HarmonyOffset, state[1..ResonanceWord]);
        return Load(sum, ResonanceOffset, state[ResonanceWord..]);
    }

    // Reads words and returns their checksum, with those before them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong Load(ulong sum, int offset, Span<ulong> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Volatile.Read(ref Word(offset + (i * sizeof(ulong))));
            sum = Mix(sum, words[i]);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong Store(ulong sum, int offset, ReadOnlySpan<ulong> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            Volatile.Write(ref Word(offset + (i * sizeof(ulong))), words[i]);
            sum = Mix(sum, words[i]);
        }

        return sum;
    }

    // Each step is one-to-one, so one changed word always shows.
    private static ulong Mix(ulong sum, ulong word)
    {
        sum = (sum ^ word) * 0xBF58476D1CE4E5B9;
        return sum ^ (sum >> 32);
    }

    private ref ulong Word(int offset) => ref *(ulong*)(_board + offset);
}
