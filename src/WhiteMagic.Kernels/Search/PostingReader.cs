using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>Reads the postings of a term in the order of documents. Valid until the index changes.</summary>
public unsafe ref struct PostingReader
{
    private readonly byte* _pool;
    private readonly int _lastDocument;
    private readonly uint _lastEntry;
    private readonly int _tail;
    private byte* _at;
    private byte* _end;
    private int _next;
    private bool _isDone;
    private uint _entry;

    internal PostingReader(in SearchImage image, in TermRecord term)
    {
        _pool = image.Pool;
        _lastDocument = term.LastDocument;
        _lastEntry = term.LastEntry;
        _tail = term.Tail;
        _next = term.Head;
        Document = -1;
    }

    /// <summary>The current posting's document.</summary>
    public int Document { get; private set; }

    /// <summary>The current posting's field.</summary>
    public readonly int Field => (int)(_entry & ((1 << PostingWriter.FieldBits) - 1));

    /// <summary>How often the term occurs in the field.</summary>
    public readonly uint Occurrences => _entry >> PostingWriter.FieldBits;

    /// <summary>Moves to the next posting; false after the last. A document has a posting for each field that has the term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next()
    {
        if (_at == _end && !NextSlice())
        {
            bool isLast = !_isDone;
            _isDone = true;
            Document = _lastDocument;
            _entry = _lastEntry;
            return isLast;
        }

        Document += (int)Varint.Read(ref _at);
        _entry = Varint.Read(ref _at);
        return true;
    }

    private bool NextSlice()
    {
        if (_next == 0)
        {
            return false;
        }

        // SAFETY: chains are made by PostingWriter only, so they end, and offsets lie in the pool.
        var header = (SliceHeader*)(_pool + _next);
        _at = _pool + _next + PostingWriter.SliceHeaderBytes;
        _end = _pool + (header->Next == 0 ? _tail : header->End);
        _next = header->Next;
        return true;
    }
}
