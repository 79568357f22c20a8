using System;
using System.Numerics;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Search;

// Problem: an inverted index that grows while it is used, and that can be saved and loaded as it is.
//
// One block of memory without pointers, so that it means the same anywhere:
//   header | documents (28 bytes each) | terms (36 bytes each) | slots | pool of postings
//   slots: an open-addressing hash table, two for each place for a term; 0, or the term's index + 1; a term's home is its hash's low bits
//   pool: slices of postings, chained (PostingWriter)
// When a section is full, a block with twice the room for it is made and everything moves.
//
// Postings are delta- and varint-coded: two bytes each instead of eight in plain arrays. A conversation of 3,000 turns has 45,000 of them in
// 130 KB; reading them costs a few cycles each, less than the memory traffic saved in stores of 100,000 documents and more.
// Nearly half of all terms occur once. Their only posting is in the term's record, so they take nothing from the pool.

/// <summary>The sections of an index in one block of memory. Copies mean the same block; whoever made it frees it.</summary>
internal unsafe struct SearchImage
{
    /// <summary>Pool bytes that are reserved so that 0 is no slice's offset.</summary>
    public const int PoolStart = 8;

    public const int SmallestDocumentCapacity = 64;
    public const int SmallestTermCapacity = 256;
    public const int SmallestPoolCapacity = 4096;

    private const int SlotsPerTerm = 2;

    public DocumentRecord* Documents;
    public TermRecord* Terms;
    public byte* Pool;

    private byte* _memory;
    private int* _slots;

    public readonly bool IsCreated => _memory != null;

    /// <summary>The block's address.</summary>
    public readonly byte* Memory => _memory;

    public readonly ref ImageHeader Header => ref *(ImageHeader*)_memory;

    private readonly int SlotMask => (Header.TermCapacity * SlotsPerTerm) - 1;

    /// <summary>Length of an image in bytes.</summary>
    public static long BytesFor(int documentCapacity, int termCapacity, int poolCapacity) =>
        sizeof(ImageHeader)
        + ((long)documentCapacity * sizeof(DocumentRecord))
        + ((long)termCapacity * (sizeof(TermRecord) + (SlotsPerTerm * sizeof(int))))
        + poolCapacity;

    /// <summary>Makes an empty image with room for so much; false when there is no memory.</summary>
    public static bool TryCreate(int documentCapacity, int termCapacity, int poolCapacity, in SearchSettings settings, out SearchImage image)
    {
        image = default;
        long bytes = BytesFor(documentCapacity, termCapacity, poolCapacity);
        if (bytes > int.MaxValue)
        {
            return false;
        }

        void* memory = KernelMemory.TryAllocate((uint)bytes);
        if (memory == null)
        {
            return false;
        }

        ref ImageHeader header = ref *(ImageHeader*)memory;
        header.Magic = ImageHeader.MagicValue;
        header.Version = ImageHeader.CurrentVersion;
        header.Bytes = (int)bytes;
        header.DocumentCapacity = documentCapacity;
        header.TermCapacity = termCapacity;
        header.PoolCapacity = poolCapacity;
        header.PoolUsed = PoolStart;
        header.Settings = settings;
        image = At((byte*)memory);
        return true;
    }

    /// <summary>The image that is at an address.</summary>
    public static SearchImage At(byte* memory)
    {
        // SAFETY: the capacities were checked against the length of the block when it was made or, from outside, by ImageCheck.
        ref ImageHeader header = ref *(ImageHeader*)memory;
        SearchImage image = default;
        image._memory = memory;
        image.Documents = (DocumentRecord*)(memory + sizeof(ImageHeader));
        image.Terms = (TermRecord*)(image.Documents + header.DocumentCapacity);
        image._slots = (int*)(image.Terms + header.TermCapacity);
        image.Pool = (byte*)(image._slots + ((nint)header.TermCapacity * SlotsPerTerm));
        return image;
    }

    /// <summary>Frees the block and forgets it.</summary>
    public void Free()
    {
        KernelMemory.Free(_memory);
        this = default;
    }

    /// <summary>Makes room for one more document, one more term and one more slice; false when there is no memory, and nothing changed.</summary>
    public bool TryReserve()
    {
        ref ImageHeader header = ref Header;
        if (header.DocumentCount < header.DocumentCapacity && header.TermCount < header.TermCapacity)
        {
            return TryReservePool();
        }

        int documents = header.DocumentCount < header.DocumentCapacity ? header.DocumentCapacity : Twice(header.DocumentCapacity, SmallestDocumentCapacity);
        int terms = header.TermCount < header.TermCapacity ? header.TermCapacity : Twice(header.TermCapacity, SmallestTermCapacity);
        return TryGrow(documents, terms, header.PoolCapacity) && TryReservePool();
    }

    /// <summary>Makes room for one more slice; false when there is no memory, and nothing changed.</summary>
    public bool TryReservePool()
    {
        ref ImageHeader header = ref Header;
        return header.PoolCapacity - header.PoolUsed >= PostingWriter.LargestSliceBytes
            || TryGrow(header.DocumentCapacity, header.TermCapacity, Twice(header.PoolCapacity, SmallestPoolCapacity));
    }

    /// <summary>The index of a term, or -1.</summary>
    public readonly int Find(ulong hash)
    {
        int mask = SlotMask;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            int term = _slots[slot] - 1;
            if (term < 0 || Terms[term].Has(hash))
            {
                return term;
            }
        }
    }

    /// <summary>The index of a term that is put in when it is not there; there must be room.</summary>
    public readonly int FindOrAdd(ulong hash)
    {
        int mask = SlotMask;
        int slot = (int)hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int term = _slots[slot] - 1;
            if (Terms[term].Has(hash))
            {
                return term;
            }
        }

        int added = Header.TermCount++;
        _slots[slot] = added + 1;
        Terms[added] = new TermRecord { HashLow = (uint)hash, HashHigh = (uint)(hash >> 32), LastDocument = -1 };
        return added;
    }

    /// <summary>Gives up the room that the pool, which comes last, does not use.</summary>
    public readonly void TrimPool()
    {
        ref ImageHeader header = ref Header;
        header.Bytes -= header.PoolCapacity - header.PoolUsed;
        header.PoolCapacity = header.PoolUsed;
    }

    /// <summary>Whether the slots name each term at most once, no others, and leave some free.</summary>
    public readonly bool HasSoundSlots()
    {
        ref ImageHeader header = ref Header;
        int taken = 0;
        foreach (int slot in new ReadOnlySpan<int>(_slots, header.TermCapacity * SlotsPerTerm))
        {
            taken += slot != 0 ? 1 : 0;
            if ((uint)slot > (uint)header.TermCount)
            {
                return false;
            }
        }

        bool sound = taken == header.TermCount && taken <= SlotMask;
        for (int term = 0; sound && term < header.TermCount; term++)
        {
            sound = Find(Terms[term].Hash) == term;
        }

        return sound;
    }

    /// <summary>The smallest capacity for so many terms.</summary>
    public static int TermCapacityFor(int termCount) =>
        (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(SmallestTermCapacity, termCount));

    // What is too many, TryCreate refuses.
    private static int Twice(int capacity, int smallest) => (int)Math.Min(int.MaxValue, Math.Max(smallest, 2L * capacity));

    private bool TryGrow(int documentCapacity, int termCapacity, int poolCapacity)
    {
        if (!TryCreate(documentCapacity, termCapacity, poolCapacity, Header.Settings, out SearchImage larger))
        {
            return false;
        }

        MoveTo(ref larger);
        KernelMemory.Free(_memory);
        this = larger;
        return true;
    }

    // Moves everything into an image that has at least as much room.
    private readonly void MoveTo(ref SearchImage larger)
    {
        ref ImageHeader header = ref Header;
        ref ImageHeader other = ref larger.Header;
        other.DocumentCount = header.DocumentCount;
        other.CountedDocuments = header.CountedDocuments;
        other.Totals = header.Totals;
        other.PoolUsed = header.PoolUsed;
        new ReadOnlySpan<DocumentRecord>(Documents, header.DocumentCount).CopyTo(new Span<DocumentRecord>(larger.Documents, header.DocumentCount));
        new ReadOnlySpan<byte>(Pool, header.PoolUsed).CopyTo(new Span<byte>(larger.Pool, header.PoolUsed));
        for (int i = 0; i < header.TermCount; i++)
        {
            // New terms get the same indexes, because they come in the same order.
            TermRecord term = Terms[i];
            larger.Terms[larger.FindOrAdd(term.Hash)] = term;
        }
    }
}
