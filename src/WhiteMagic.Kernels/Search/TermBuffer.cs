using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>The folded bytes of one term: the first 64 as they are, what comes after only as a hash.</summary>
internal struct TermBuffer
{
    private const int Capacity = 64;
    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x00000100000001B3;

    private Bytes64 _bytes;
    private int _length;
    private ulong _excess;
    private bool _isWord;

    /// <summary>Whether nothing was appended.</summary>
    public readonly bool IsEmpty => _length == 0;

    public void Clear()
    {
        _length = 0;
        _excess = FnvOffset;
        _isWord = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte b)
    {
        if (_length < Capacity)
        {
            _bytes[_length++] = b;
        }
        else
        {
            _excess = (_excess ^ b) * FnvPrime;
            _isWord = false;
        }

        _isWord &= (uint)(b - 'a') < 26;
    }

    /// <summary>Whether the term is an English stop word.</summary>
    public readonly bool IsStopWord() => _isWord && StopWords.Contains(((ReadOnlySpan<byte>)_bytes)[.._length]);

    /// <summary>The hash that stands for the term, of its stem when it consists of ASCII letters only; never 0.</summary>
    public ulong Hash()
    {
        if (_isWord)
        {
            _length = PorterStemmer.Stem(((Span<byte>)_bytes)[.._length]);
        }

        ulong hash = _excess;
        foreach (byte b in ((ReadOnlySpan<byte>)_bytes)[.._length])
        {
            hash = (hash ^ b) * FnvPrime;
        }

        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15;
        return (hash ^ (hash >> 29)) | 1;
    }

    [InlineArray(Capacity)]
    private struct Bytes64
    {
        private byte _first;
    }
}
