using System;
using System.Runtime.InteropServices;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>The records of all memories in memory, by number, with the room that scoring needs: about 80 bytes a memory.</summary>
internal sealed unsafe class DocumentTable : IDisposable
{
    private const int MostNumber = 100_000_000;
    private const int LeastSlots = 1024;

    private DocumentFacts* _facts;
    private void* _room;
    private int _slotCount;
    private DocumentLinks _links;
    private RecallScores _scores;

    /// <summary>Memories that are searched.</summary>
    internal int Count { get; private set; }

    /// <summary>The largest number that may be asked for.</summary>
    internal int Last => _slotCount - 1;

    internal ref DocumentLinks Links => ref _links;

    internal ref RecallScores Scores => ref _scores;

    internal ref DocumentLink Link(int number) => ref _links.All[number];

    internal ref DocumentFacts Facts(int number) => ref _facts[number];

    /// <summary>Whether a memory is in.</summary>
    internal bool Has(int number) => number <= Last && _links.All[number].Session != 0;

    /// <summary>Reads everything anew.</summary>
    internal void Load(Connection connection)
    {
        Dispose();
        Reserve((int)Math.Clamp(connection.ScalarInt64("SELECT max(number) FROM memories"), 0, MostNumber));
        Statement s = connection.Prepare("SELECT page, records FROM search_documents WHERE page >= 0");
        while (s.Step())
        {
            long first = s.Int64(0) * DocumentPages.PerPage;
            ReadOnlySpan<byte> records = s.Blob(1);
            for (int i = 0; i < DocumentPages.PerPage && first + i <= Last; i++)
            {
                Set((int)first + i, DocumentPages.Of(records, i));
            }
        }
    }

    /// <summary>Reads a memory's record anew.</summary>
    internal DocumentRecord Refresh(Connection connection, long number)
    {
        if (number is <= 0 or > MostNumber)
        {
            return default;
        }

        Reserve((int)number);
        if (Has((int)number))
        {
            _links.Unset((int)number);
            Count--;
        }

        DocumentRecord record = DocumentPages.Read(connection, number);
        Reserve(Math.Min(MostNumber, Math.Max(record.Previous, record.Session)));
        Set((int)number, record);
        return record;
    }

    public void Dispose()
    {
        NativeMemory.Free(_links.All);
        NativeMemory.Free(_facts);
        NativeMemory.Free(_room);
        _links = default;
        _scores = default;
        _facts = null;
        _room = null;
        (_slotCount, Count) = (0, 0);
    }

    // What a damaged record says of others is believed only within the table.
    private void Set(int number, in DocumentRecord record)
    {
        if (!record.IsSearched || (uint)record.Session >= (uint)_slotCount || (uint)record.Previous >= (uint)_slotCount || record.Session == 0
            || record.Previous == number || record.Length < 0)
        {
            return;
        }

        _facts[number] = record.Facts;
        _links.Set(number, record.Length, record.Session, record.Previous);
        Count++;
    }

    private void Reserve(int last)
    {
        if (last < _slotCount)
        {
            return;
        }

        int slots = (int)Math.Min(MostNumber + 1, Math.Max(LeastSlots, last + (last / 8L) + 1));
        var links = (DocumentLink*)Allocate(slots, sizeof(DocumentLink));
        var facts = (DocumentFacts*)Allocate(slots, sizeof(DocumentFacts));
        if (_slotCount > 0)
        {
            new ReadOnlySpan<DocumentLink>(_links.All, _slotCount).CopyTo(new Span<DocumentLink>(links, slots));
            new ReadOnlySpan<DocumentFacts>(_facts, _slotCount).CopyTo(new Span<DocumentFacts>(facts, slots));
        }

        NativeMemory.Free(_links.All);
        NativeMemory.Free(_facts);
        NativeMemory.Free(_room);
        _links.All = links;
        _facts = facts;
        _room = Allocate(slots, RecallScores.BytesPerSlot);
        _scores = new RecallScores(_room, slots);
        _slotCount = slots;
    }

    // Zeroed memory that is not touched takes no place.
    private static void* Allocate(int count, int size)
    {
        try
        {
            // SAFETY: freed by Dispose or the next Reserve; Last bounds every access.
            return NativeMemory.AllocZeroed((nuint)count, (nuint)size);
        }
        catch (OutOfMemoryException e)
        {
            throw new FailureException(ErrorCode.InternalError, "there is not enough memory to search this galaxy", "close other programs and repeat the call", retryable: true, e);
        }
    }
}
