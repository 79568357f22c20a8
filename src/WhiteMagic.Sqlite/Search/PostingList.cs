using System;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Postings of one term, gathered from segments and recent memories. Used again for the next term.</summary>
internal sealed class PostingList
{
    private int[] _numbers = new int[256];
    private int[] _counts = new int[256];

    internal int Count { get; private set; }

    internal void Clear() => Count = 0;

    internal void Add(int number, int count)
    {
        if (Count == _numbers.Length)
        {
            Array.Resize(ref _numbers, Count * 2);
            Array.Resize(ref _counts, Count * 2);
        }

        _numbers[Count] = number;
        _counts[Count++] = count;
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

    internal Reader Read() => new(this);

    internal struct Reader(PostingList list) : ITermPostings
    {
        private int _at = -1;

        public readonly int Slot => list._numbers[_at];

        public readonly float Weight => list._counts[_at];

        public bool Next() => ++_at < list.Count;
    }
}
