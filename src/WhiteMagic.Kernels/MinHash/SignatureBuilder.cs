using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>Takes the hashes of a set's elements, in any order and with repetitions, and gives the set's signature. Zeroed, it is the empty set.</summary>
internal struct SignatureBuilder
{
    private const int BlockLength = 256;
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;

    private Signature _rows;
    private Block _pending;
    private int _pendingCount;
    private bool _hasRows;

    /// <summary>Spreads every bit of a hash over all 32 (the finaliser of MurmurHash3).</summary>
    public static uint Spread(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    public void Add(uint elementHash)
    {
        if (_pendingCount == BlockLength)
        {
            Absorb();
        }

        // SAFETY: less than the block's length.
        Unsafe.Add(ref MemoryMarshal.GetReference((Span<uint>)_pending), _pendingCount++) = Spread(elementHash);
    }

    public void Finish(out Signature signature)
    {
        Absorb();
        signature = _rows;
    }

    // Not inlined: it has two callers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Absorb()
    {
        ref uint hashes = ref MemoryMarshal.GetReference((Span<uint>)_pending);
        ref uint rows = ref MemoryMarshal.GetReference((Span<uint>)_rows);
        if (Vector128.IsHardwareAccelerated)
        {
            AbsorbVectors(ref hashes, ref rows);
        }
        else
        {
            // SAFETY: here and below, hashes has at least _pendingCount values, and rows has 128.
            for (int i = 0; i < Signature.RowCount; i++)
            {
                uint seed = Mix(((uint)i * Prime1) + Prime3);
                seed ^= seed >> 13;
                uint min = _hasRows ? Unsafe.Add(ref rows, i) : uint.MaxValue;
                for (int j = 0; j < _pendingCount; j++)
                {
                    min = Math.Min(min, Mix(Unsafe.Add(ref hashes, j) ^ seed));
                }

                Unsafe.Add(ref rows, i) = min;
            }
        }

        _pendingCount = 0;
        _hasRows = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AbsorbVectors(ref uint hashes, ref uint rows)
    {
        Vector128<uint> function = Vector128.Create(0u, 1u, 2u, 3u);
        Vector128<uint> four = Vector128.Create(4u);
        for (nuint i = 0; i < Signature.RowCount; i += 8)
        {
            Vector128<uint> seed0 = Seeds(function);
            function += four;
            Vector128<uint> seed1 = Seeds(function);
            function += four;
            Vector128<uint> min0 = _hasRows ? Vector128.LoadUnsafe(ref rows, i) : Vector128<uint>.AllBitsSet;
            Vector128<uint> min1 = _hasRows ? Vector128.LoadUnsafe(ref rows, i + 4) : Vector128<uint>.AllBitsSet;
            for (int j = 0; j < _pendingCount; j++)
            {
                Vector128<uint> element = Vector128.Create(Unsafe.Add(ref hashes, j));
                min0 = Vector128.Min(min0, Mix(element ^ seed0));
                min1 = Vector128.Min(min1, Mix(element ^ seed1));
            }

            min0.StoreUnsafe(ref rows, i);
            min1.StoreUnsafe(ref rows, i + 4);
        }
    }

    private static uint Mix(uint x)
    {
        x *= Prime1;
        x ^= x >> 15;
        return x * Prime2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Mix(Vector128<uint> x)
    {
        x *= Vector128.Create(Prime1);
        x ^= x >>> 15;
        return x * Vector128.Create(Prime2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Seeds(Vector128<uint> function)
    {
        Vector128<uint> x = Mix((function * Vector128.Create(Prime1)) + Vector128.Create(Prime3));
        return x ^ (x >>> 13);
    }

    [InlineArray(BlockLength)]
    private struct Block
    {
        private uint _first;
    }
}
