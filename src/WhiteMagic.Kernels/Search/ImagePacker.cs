using System;

namespace WhiteMagic.Kernels.Search;

/// <summary>Writes an image anew: each term's postings one after another, no spare room, nothing of removed documents.</summary>
internal static unsafe class ImagePacker
{
    /// <summary>Makes the packed copy; false when there is no memory for it.</summary>
    public static bool TryPack(in SearchImage image, out SearchImage packed)
    {
        ref ImageHeader header = ref image.Header;
        int pool = Math.Max(SearchImage.SmallestPoolCapacity, header.PoolUsed);
        int terms = SearchImage.TermCapacityFor(header.TermCount);
        if (!SearchImage.TryCreate(header.DocumentCount, terms, pool, header.Settings, out packed))
        {
            return false;
        }

        CopyDocuments(image, packed);
        for (int term = 0; term < header.TermCount; term++)
        {
            if (!TryCopyPostings(image, image.Terms[term], ref packed))
            {
                packed.Free();
                return false;
            }
        }

        packed.TrimPool();
        if (SearchImage.TermCapacityFor(packed.Header.TermCount) == terms)
        {
            return true;
        }

        // So many terms went with removed documents that half of the room is enough.
        SearchImage sparse = packed;
        bool isPacked = TryPack(sparse, out packed);
        sparse.Free();
        return isPacked;
    }

    private static void CopyDocuments(in SearchImage image, in SearchImage packed)
    {
        ref ImageHeader header = ref packed.Header;
        header.DocumentCount = image.Header.DocumentCount;
        for (int i = 0; i < header.DocumentCount; i++)
        {
            ref DocumentRecord document = ref packed.Documents[i];
            document = image.Documents[i];
            if (document.IsRemoved)
            {
                document = default;
                document.Remove();
                continue;
            }

            header.CountedDocuments++;
            for (int field = 0; field < SearchSettings.FieldCount; field++)
            {
                header.Totals[field] += document.FieldLength[field];
            }
        }
    }

    private static bool TryCopyPostings(in SearchImage image, in TermRecord term, ref SearchImage packed)
    {
        int copy = -1;
        var postings = new PostingReader(image, term);
        while (postings.Next())
        {
            if (image.Documents[postings.Document].IsRemoved)
            {
                continue;
            }

            if (!packed.TryReservePool())
            {
                return false;
            }

            copy = copy < 0 ? packed.FindOrAdd(term.Hash) : copy;
            PostingWriter.Add(packed, copy, postings.Document, postings.Field, postings.Occurrences);
        }

        if (copy >= 0)
        {
            PostingWriter.TrimLast(packed, ref packed.Terms[copy]);
        }

        return true;
    }
}
