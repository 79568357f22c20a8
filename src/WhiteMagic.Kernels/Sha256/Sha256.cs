using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.Sha256;

// SHA-256 (FIPS 180-4, section 6.2).
//
// Problem: hash any number of bytes, given in pieces of any size, without touching the heap, natively and in WebAssembly.
//
//   state = eight words, the first 32 bits of the fractional parts of the square roots of the first eight primes
//   for each block of 64 bytes:
//     w[0..15] = the block as big-endian words; w[t] = s1(w[t-2]) + w[t-7] + s0(w[t-15]) + w[t-16]
//     64 rounds of (a..h) with k[t] + w[t]; add (a..h) to the state
//   at the end: 0x80, zeroes up to 56 mod 64, the length in bits as 64 bits
//
// Cost: one pass, about 10 cycles a byte in scalar code; 112 bytes of state.
// Knowingly not optimal: no SHA-NI and no four-lane schedule; the hashed texts are short and the disk is slower.

/// <summary>Computes SHA-256 over bytes given in pieces; a value type, so a copy continues independently.</summary>
public struct Sha256State
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int DigestBytes = 32;

    private const int BlockBytes = 64;

    private Words8 _state;
    private Block64 _pending;
    private int _pendingBytes;
    private ulong _totalBytes;

    /// <summary>Returns a state that has seen no bytes.</summary>
    public static Sha256State Create()
    {
        Sha256State sha = default;
        InitialState.CopyTo(sha._state);
        return sha;
    }

    /// <summary>Hashes <paramref name="data"/> into <paramref name="digest"/> (at least 32 bytes).</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        Sha256State sha = Create();
        sha.Append(data);
        sha.Finish(digest);
    }

    /// <summary>Adds bytes to what has been hashed so far.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        _totalBytes += (ulong)data.Length;
        if (_pendingBytes > 0)
        {
            int taken = Math.Min(BlockBytes - _pendingBytes, data.Length);
            data[..taken].CopyTo(((Span<byte>)_pending)[_pendingBytes..]);
            _pendingBytes += taken;
            data = data[taken..];
            if (_pendingBytes < BlockBytes)
            {
                return;
            }

            Compress(_state, _pending);
            _pendingBytes = 0;
        }

        while (data.Length >= BlockBytes)
        {
            Compress(_state, data[..BlockBytes]);
            data = data[BlockBytes..];
        }

        data.CopyTo(_pending);
        _pendingBytes = data.Length;
    }

    /// <summary>Writes the digest of everything appended to <paramref name="digest"/> (at least 32 bytes). The state is spent afterwards.</summary>
    public void Finish(Span<byte> digest)
    {
        ulong bits = _totalBytes * 8;
        Span<byte> block = _pending;
        block[_pendingBytes++] = 0x80;
        if (_pendingBytes > BlockBytes - sizeof(ulong))
        {
            block[_pendingBytes..].Clear();
            Compress(_state, block);
            _pendingBytes = 0;
        }

        block[_pendingBytes..].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(block[(BlockBytes - sizeof(ulong))..], bits);
        Compress(_state, block);
        ReadOnlySpan<uint> state = _state;
        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest[(i * sizeof(uint))..], state[i]);
        }
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int t = 0; t < 16; t++)
        {
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(t * sizeof(uint))..]);
        }

        for (int t = 16; t < 64; t++)
        {
            uint s0 = BitOperations.RotateRight(w[t - 15], 7) ^ BitOperations.RotateRight(w[t - 15], 18) ^ (w[t - 15] >> 3);
            uint s1 = BitOperations.RotateRight(w[t - 2], 17) ^ BitOperations.RotateRight(w[t - 2], 19) ^ (w[t - 2] >> 10);
            w[t] = w[t - 16] + s0 + w[t - 7] + s1;
        }

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        ReadOnlySpan<uint> k = RoundConstants;
        for (int t = 0; t < 64; t++)
        {
            uint s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint temp1 = h + s1 + ((e & f) ^ (~e & g)) + k[t] + w[t];
            uint s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint temp2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + temp1;
            d = c;
            c = b;
            b = a;
            a = temp1 + temp2;
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static ReadOnlySpan<uint> InitialState =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    private static ReadOnlySpan<uint> RoundConstants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    [InlineArray(8)]
    private struct Words8
    {
        private uint _first;
    }

    [InlineArray(BlockBytes)]
    private struct Block64
    {
        private byte _first;
    }
}
