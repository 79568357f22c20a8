using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>Takes the hashes of a set's elements, in any order and with repetitions, and gives the set's signature.</summary>
internal struct SignatureBuilder
{
    private const int BlockLength = 256;
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;

    private Signature _rows;
    private Block _pending;
    private int _pendingCount;

    public static SignatureBuilder Create()
    {
        SignatureBuilder builder = default;
        ((Span<uint>)builder._rows).Fill(uint.MaxValue);
        return builder;
    }

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

        _pending[_pendingCount++] = Spread(elementHash);
    }

    public void Finish(out Signature signature)
    {
        Absorb();
        signature = _rows;
    }

    // Not inlined: it has two callers, and in WebAssembly without simd it is long.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Absorb()
    {
        ref uint hashes = ref MemoryMarshal.GetReference((Span<uint>)_pending);
        ref uint rows = ref MemoryMarshal.GetReference((Span<uint>)_rows);
        if (!Vector128.IsHardwareAccelerated)
        {
            AbsorbInScalars(ref hashes, ref rows, _pendingCount);
            _pendingCount = 0;
            return;
        }

        Vector128<uint> function = Vector128.Create(0u, 1u, 2u, 3u);
        Vector128<uint> four = Vector128.Create(4u);
        for (nuint i = 0; i < Signature.RowCount; i += 8)
        {
            Vector128<uint> seed0 = Seeds(function);
            function += four;
            Vector128<uint> seed1 = Seeds(function);
            function += four;

            // SAFETY: rows has 128 values, and i + 8 is at most 128; hashes has at least _pendingCount.
            Vector128<uint> min0 = Vector128.LoadUnsafe(ref rows, i);
            Vector128<uint> min1 = Vector128.LoadUnsafe(ref rows, i + 4);
            for (int j = 0; j < _pendingCount; j++)
            {
                Vector128<uint> element = Vector128.Create(Unsafe.Add(ref hashes, j));
                min0 = Vector128.Min(min0, Mix(element ^ seed0));
                min1 = Vector128.Min(min1, Mix(element ^ seed1));
            }

            min0.StoreUnsafe(ref rows, i);
            min1.StoreUnsafe(ref rows, i + 4);
        }

        _pendingCount = 0;
    }

    /// <summary>The shorter way for the scalar build.</summary>
    private static void AbsorbInScalars(ref uint hashes, ref uint rows, int count)
    {
        for (uint i = 0; i < Signature.RowCount; i++)
        {
            uint seed = Mix((i * Prime1) + Prime3);
            seed ^= seed >> 13;
            ref uint row = ref Unsafe.Add(ref rows, i);
            for (int j = 0; j < count; j++)
            {
                row = Math.Min(row, Mix(Unsafe.Add(ref hashes, j) ^ seed));
            }
        }
    }

    private static uint Mix(uint x)
    {
        x *= Prime1;
        return (x ^ (x >> 15)) * Prime2;
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
