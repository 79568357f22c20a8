using System;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Reads the terms of a block one after another.</summary>
internal ref struct BlockReader(ReadOnlySpan<byte> block, long firstTerm)
{
    private readonly ReadOnlySpan<byte> _block = block;
    private int _at;

    internal long Term { get; private set; } = firstTerm;

    /// <summary>In how many memories the term is.</summary>
    internal int Count { get; private set; }

    internal ReadOnlySpan<byte> Postings { get; private set; }

    internal bool Next()
    {
        if (_at >= _block.Length)
        {
            return false;
        }

        Term += PostingCode.Read(_block, ref _at);
        Count = (int)PostingCode.Read(_block, ref _at);
        long bytes = PostingCode.Read(_block, ref _at);
        Postings = _block.Slice(_at, (int)Math.Min(bytes, _block.Length - _at));
        _at += Postings.Length;
        return true;
    }
}
