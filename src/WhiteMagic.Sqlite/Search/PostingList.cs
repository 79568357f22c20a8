using System;
using System.Runtime.InteropServices;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Sqlite.Search;

/// <summary>
/// Postings of one term, gathered from segments and recent memories. Used again for the next term. Outside the heap: what a frequent term
/// needs is given back at once when it has to grow.
/// </summary>
internal sealed unsafe class PostingList : IDisposable
{
    private const int SmallestCapacity = 256;

    private Posting* _postings;
    private int _capacity;

    internal int Count { get; private set; }

    public void Dispose()
    {
        NativeMemory.Free(_postings);
        _postings = null;
        (_capacity, Count) = (0, 0);
    }

    internal void Clear() => Count = 0;

    internal void Add(int number, int count)
    {
        if (Count == _capacity)
        {
            _capacity = Math.Max(SmallestCapacity, checked(_capacity * 2));

            // SAFETY: freed by Dispose; _capacity bounds every access.
            _postings = (Posting*)NativeMemory.Realloc(_postings, (nuint)_capacity * (nuint)sizeof(Posting));
        }

        _postings[Count++] = new Posting { Number = number, Count = count };
    }

    /// <summary>Adds the postings of a block, those outside the table excepted.</summary>
    internal void Add(ReadOnlySpan<byte> code, int mostNumber)
    {
        long number = 0;
        for (int at = 0; at < code.Length;)
        {
            long distance = PostingCode.Read(code, ref at);
            number += distance >> 1;
            long count = (distance & 1) == 0 ? 1 : PostingCode.Read(code, ref at);
            if (number <= 0 || number > mostNumber)
            {
                return;
            }

            Add((int)number, (int)count);
        }
    }

    internal Reader Read() => new(_postings, Count);

    internal struct Posting
    {
        internal int Number;
        internal int Count;
    }

    internal struct Reader(Posting* postings, int count) : ITermPostings
    {
        private readonly Posting* _end = postings + count;
        private Posting* _at = postings - 1;

        public readonly int Slot => _at->Number;

        public readonly float Weight => _at->Count;

        public bool Next() => ++_at < _end;
    }
}
