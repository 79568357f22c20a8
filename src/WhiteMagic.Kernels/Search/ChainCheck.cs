namespace WhiteMagic.Kernels.Search;

/// <summary>Reads one term's postings from an image that nobody vouches for.</summary>
internal unsafe ref struct ChainCheck(in SearchImage image, in TermRecord term, long poolLeft)
{
    private readonly SearchImage _image = image;
    private readonly TermRecord _term = term;
    private int _document = -1;
    private int _documentCount;

    /// <summary>Pool bytes that no slice has taken yet.</summary>
    public long PoolLeft { get; private set; } = poolLeft;

    /// <summary>Whether the chain ends, stays in the pool, and has as many documents in rising order as the term says; adds its occurrences.</summary>
    public bool IsSound(ref ImageHeader.FieldTotals totals)
    {
        int slice = _term.Head;
        while (slice != 0)
        {
            int poolUsed = _image.Header.PoolUsed;
            if (slice < SearchImage.PoolStart || slice % sizeof(int) != 0 || slice > poolUsed - PostingWriter.SliceHeaderBytes)
            {
                return false;
            }

            // SAFETY: the slice's two numbers lie in the pool; whether its postings do is asked next.
            SliceHeader header = *PostingWriter.HeaderAt(_image, slice);
            int start = slice + PostingWriter.SliceHeaderBytes;
            int end = header.Next == 0 ? _term.Tail : header.End;
            PoolLeft -= (long)end - slice;
            if (end <= start || end > poolUsed || PoolLeft < 0 || !AreSound(start, end, ref totals))
            {
                return false;
            }

            slice = header.Next;
        }

        return Count((uint)_term.LastDelta, _term.LastEntry, ref totals)
            && _document == _term.LastDocument
            && _documentCount == _term.DocumentCount;
    }

    private bool AreSound(int start, int end, ref ImageHeader.FieldTotals totals)
    {
        byte* at = _image.Pool + start;
        byte* stop = _image.Pool + end;
        while (at < stop)
        {
            if (!TryRead(ref at, stop, out uint delta) || !TryRead(ref at, stop, out uint entry) || !Count(delta, entry, ref totals))
            {
                return false;
            }
        }

        return true;
    }

    private bool Count(uint delta, uint entry, ref ImageHeader.FieldTotals totals)
    {
        long document = _document + (long)delta;
        uint occurrences = entry >> PostingWriter.FieldBits;
        if (document < 0 || document >= _image.Header.DocumentCount || occurrences == 0)
        {
            return false;
        }

        _documentCount += delta == 0 ? 0 : 1;
        _document = (int)document;
        totals[(int)(entry & ((1 << PostingWriter.FieldBits) - 1))] += occurrences;
        return !_image.Documents[_document].IsRemoved;
    }

    private static bool TryRead(ref byte* at, byte* end, out uint value)
    {
        ulong read = 0;
        for (int i = 0; i < Varint.LargestLength && at < end; i++)
        {
            byte next = *at++;
            read |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                value = (uint)read;
                return read <= uint.MaxValue;
            }
        }

        value = 0;
        return false;
    }
}
