using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Search;

/// <summary>The scores of one query: a number for each document, all 0 between queries, and the list of those that are not.</summary>
internal unsafe struct Scores
{
    private const int MaxQueryTerms = 1024;

    private double* _scores;
    private int* _found;
    private int _capacity;
    private int _foundCount;

    public void Free()
    {
        KernelMemory.Free(_scores);
        this = default;
    }

    /// <summary>Ranks the documents of an image that is not empty.</summary>
    public int Rank(in SearchImage image, ReadOnlySpan<byte> query, Span<SearchHit> hits)
    {
        if (!TryReserve(image.Header.DocumentCapacity))
        {
            return KernelError.OutOfMemory;
        }

        int* seen = stackalloc int[MaxQueryTerms];
        int seenCount = 0;
        var tokens = new Tokenizer(query);
        for (ulong hash = tokens.Next(); hash != 0 && seenCount < MaxQueryTerms; hash = tokens.Next())
        {
            int term = image.Find(hash);
            int same = 0;
            while (same < seenCount && seen[same] != term)
            {
                same++;
            }

            if (term >= 0 && same == seenCount)
            {
                seen[seenCount++] = term;
                AddTerm(image, image.Terms[term]);
            }
        }

        return Collect(image, hits);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void AddTerm(in SearchImage image, in TermRecord term)
    {
        ref ImageHeader header = ref image.Header;
        ref SearchSettings settings = ref header.Settings;
        double length = 0;
        for (int field = 0; field < SearchSettings.FieldCount; field++)
        {
            length += settings.Weights[field] * header.Totals[field];
        }

        // The norm is k1 (1 - b + b * length / mean) = constant + slope * length.
        double constant = settings.K1 * (1 - settings.B);
        double slope = length > 0 ? settings.K1 * settings.B * header.CountedDocuments / length : 0;
        double count = term.DocumentCount;
        double idf = Elementary.Log(1 + ((header.CountedDocuments - count + 0.5) / (count + 0.5)));
        double factor = idf * (settings.K1 + 1);

        // A document's postings, one for each field, follow each other; they count together once the next document is reached.
        var postings = new PostingReader(image, term);
        int document = -1;
        double weight = 0;
        bool isMore;
        do
        {
            isMore = postings.Next();
            if (weight > 0 && (!isMore || postings.Document != document))
            {
                float lengthOfDocument = image.Documents[document].Length;

                // SAFETY: documents of postings are below the image's document count, and both arrays have its capacity.
                if (lengthOfDocument >= 0)
                {
                    if (_scores[document] == 0)
                    {
                        _found[_foundCount++] = document;
                    }

                    _scores[document] += factor * weight / (weight + constant + (slope * lengthOfDocument));
                }

                weight = 0;
            }

            document = postings.Document;
            weight += settings.Weights[postings.Field] * postings.Occurrences;
        }
        while (isMore);
    }

    private int Collect(in SearchImage image, Span<SearchHit> hits)
    {
        var found = new ReadOnlySpan<int>(_found, _foundCount);
        double best = 0;
        foreach (int document in found)
        {
            best = Math.Max(best, _scores[document]);
        }

        var heap = new HitHeap(hits);
        foreach (int document in found)
        {
            double score = _scores[document] + (best * image.Documents[document].Boost);
            _scores[document] = 0;
            heap.Offer(new SearchHit { Document = document, Score = score });
        }

        _foundCount = 0;
        return heap.Sort();
    }

    private bool TryReserve(int documentCapacity)
    {
        if (documentCapacity <= _capacity)
        {
            return true;
        }

        long bytes = (long)documentCapacity * (sizeof(double) + sizeof(int));
        void* memory = bytes > int.MaxValue ? null : KernelMemory.TryAllocate((uint)bytes);
        if (memory == null)
        {
            return false;
        }

        Free();
        _scores = (double*)memory;
        _found = (int*)(_scores + documentCapacity);
        _capacity = documentCapacity;
        return true;
    }
}
