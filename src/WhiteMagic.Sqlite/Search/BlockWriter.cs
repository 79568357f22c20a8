using System;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Writes the terms of a block one after another, in rising order, and their memories in rising order.</summary>
internal sealed class BlockWriter
{
    private byte[] _block = new byte[PostingBlocks.MostBytes + 1024];
    private byte[] _postings = new byte[1024];
    private int _length;
    private int _postingsLength;
    private int _count;
    private long _term;
    private long _lastTerm;
    private long _lastNumber;

    internal bool IsEmpty => _length == 0;

    internal long FirstTerm { get; private set; }

    internal ReadOnlySpan<byte> Block => _block.AsSpan(0, _length);

    /// <summary>Whether a further term had better begin another block.</summary>
    internal bool IsFull(int furtherBytes) => _length > 0 && _length + furtherBytes > PostingBlocks.MostBytes;

    /// <summary>Bytes of the postings since <see cref="Begin"/>.</summary>
    internal int PostingsLength => _postingsLength;

    internal void Begin(long term)
    {
        _term = term;
        _postingsLength = 0;
        _count = 0;
        _lastNumber = 0;
    }

    internal void Add(long number, long count)
    {
        if (_postings.Length - _postingsLength < 2 * PostingCode.MostBytes)
        {
            Array.Resize(ref _postings, _postings.Length * 2);
        }

        _postingsLength = PostingCode.Write(_postings, _postingsLength, ((number - _lastNumber) << 1) | (count > 1 ? 1L : 0L));
        if (count > 1)
        {
            _postingsLength = PostingCode.Write(_postings, _postingsLength, count);
        }

        _lastNumber = number;
        _count++;
    }

    /// <summary>Puts the term into the block; nothing when it has no posting.</summary>
    internal void End()
    {
        if (_count == 0)
        {
            return;
        }

        if (_length == 0)
        {
            FirstTerm = _term;
            _lastTerm = _term;
        }

        int needed = _length + _postingsLength + (3 * PostingCode.MostBytes);
        if (needed > _block.Length)
        {
            Array.Resize(ref _block, Math.Max(needed, _block.Length * 2));
        }

        _length = PostingCode.Write(_block, _length, _term - _lastTerm);
        _length = PostingCode.Write(_block, _length, _count);
        _length = PostingCode.Write(_block, _length, _postingsLength);
        _postings.AsSpan(0, _postingsLength).CopyTo(_block.AsSpan(_length));
        _length += _postingsLength;
        _lastTerm = _term;
    }

    internal void Clear() => _length = 0;
}
