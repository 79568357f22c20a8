using System;

namespace WhiteMagic.Kernels.Search;

// A term's postings are a chain of slices in the pool. A slice begins with two numbers: the offset of the next slice, or 0, and where this one
// ends: its room while it is the last, its last used byte afterwards. Then come postings: the difference of documents and the entry
// (occurrences * 4 + field), each a varint; a posting never straddles two slices. Slices grow with the number of postings, so a rare term
// wastes little and a frequent one has few.

/// <summary>Adds postings to a term's chain.</summary>
internal static unsafe class PostingWriter
{
    /// <summary>Bits of an entry that say the field.</summary>
    public const int FieldBits = 2;

    /// <summary>Bytes of the two numbers before the postings.</summary>
    public const int SliceHeaderBytes = 2 * sizeof(int);

    /// <summary>The largest slice.</summary>
    public const int LargestSliceBytes = SliceHeaderBytes + LargestPayload;

    private const int SmallestPayload = 16;
    private const int LargestPayload = 1024;

    /// <summary>Notes occurrences of a term in a field of a document, which is no earlier than any before. There must be room for a slice.</summary>
    public static void Add(in SearchImage image, int termIndex, int document, int field, uint occurrences)
    {
        ref TermRecord term = ref image.Terms[termIndex];
        if (term.LastDocument == document)
        {
            if ((term.LastEntry & ((1 << FieldBits) - 1)) == (uint)field)
            {
                term.LastEntry += occurrences << FieldBits;
                return;
            }
        }
        else
        {
            term.DocumentCount++;
        }

        if (term.LastEntry != 0)
        {
            WriteLast(image, ref term);
        }

        term.LastDelta = document - term.LastDocument;
        term.LastDocument = document;
        term.LastEntry = (occurrences << FieldBits) | (uint)field;
    }

    /// <summary>Gives back the room after a term's last posting, when its last slice is the pool's last too.</summary>
    public static void TrimLast(in SearchImage image, ref TermRecord term)
    {
        if (term.Head != 0)
        {
            ref ImageHeader header = ref image.Header;
            header.PoolUsed = (term.Tail + sizeof(int) - 1) & -sizeof(int);
            HeaderAt(image, term.TailStart)->End = term.Tail;
        }
    }

    /// <summary>The two numbers at the beginning of a slice.</summary>
    public static SliceHeader* HeaderAt(in SearchImage image, int slice) => (SliceHeader*)(image.Pool + slice);

    private static void WriteLast(in SearchImage image, ref TermRecord term)
    {
        int bytes = Varint.Length((uint)term.LastDelta) + Varint.Length(term.LastEntry);
        if (term.Head == 0 || HeaderAt(image, term.TailStart)->End - term.Tail < bytes)
        {
            BeginSlice(image, ref term);
        }

        // SAFETY: the slice has room for these bytes.
        byte* at = Varint.Write(image.Pool + term.Tail, (uint)term.LastDelta);
        Varint.Write(at, term.LastEntry);
        term.Tail += bytes;
    }

    private static void BeginSlice(in SearchImage image, ref TermRecord term)
    {
        ref ImageHeader header = ref image.Header;

        // A multiple of four, so that all slices are aligned.
        int payload = Math.Clamp(term.DocumentCount * 2, SmallestPayload, LargestPayload) & ~(sizeof(int) - 1);
        int slice = header.PoolUsed;
        header.PoolUsed += SliceHeaderBytes + payload;
        if (term.Head == 0)
        {
            term.Head = slice;
        }
        else
        {
            *HeaderAt(image, term.TailStart) = new SliceHeader { Next = slice, End = term.Tail };
        }

        term.TailStart = slice;
        term.Tail = slice + SliceHeaderBytes;
        *HeaderAt(image, slice) = new SliceHeader { Next = 0, End = term.Tail + payload };
    }
}
