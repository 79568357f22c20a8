using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.MinHash;

// Near-duplicates among N signatures.
//
// Problem: all pairs at or above a threshold, the most similar first, at most as many as asked for; N is 100,000, so not N squared.
//
//   1. Equal signatures become one group: sort by a hash of all rows, compare neighbours. Pairs within a group have similarity 1 and come
//      first; they are written in order until the room is used up. 50,000 equal texts are one group, and one signature from here on.
//   2. For each band (see Banding) sort the groups' first members by a hash of the band's rows. Equal hashes are candidates: compare whole
//      signatures, and offer what reaches the threshold to a bounded heap whose root is the worst pair kept.
//      A pair is offered only in the first band that it shares, so the heap holds no pair twice.
//   3. Sort the heap.
//
// Cost: sorting is (bands + 1) radix sorts of N; scratch memory is 24 bytes a signature.
// A bucket of a band may still be large (a tag that every memory has; 50,000 texts that differ in one word). So that it does not become
// quadratic, each member is compared only with the next 512 / bands (at least 8) members of its bucket: at most 1,024 comparisons a
// signature, four seconds for 100,000 in the worst case. Buckets up to that size, which are all in ordinary data, are compared completely; beyond it pairs can be missed.
// Knowingly not optimal: verification reads whole signatures in random order and waits for memory.

/// <summary>Finds the most similar pairs among many signatures.</summary>
public static unsafe class DuplicateSearch
{
    private const int ComparisonsWanted = 512;
    private const int FewestNeighbours = 8;

    /// <summary>
    /// Writes the most similar pairs to <paramref name="pairs"/>, by falling similarity, then by rising indexes, and returns their number, or
    /// <see cref="KernelError.InvalidArgument"/> for a threshold outside (0, 1] or <see cref="KernelError.OutOfMemory"/>. Signatures of the
    /// empty set are left out: nothing is not a copy of nothing.
    /// </summary>
    public static int Find<TSignature>(ReadOnlySpan<TSignature> signatures, double threshold, Span<SimilarPair> pairs)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        if (!(threshold > 0 && threshold <= 1))
        {
            return KernelError.InvalidArgument;
        }

        if (pairs.Length == 0 || signatures.Length < 2)
        {
            return 0;
        }

        if (signatures.Length > int.MaxValue / EqualGroups.ScratchBytes)
        {
            return KernelError.OutOfMemory;
        }

        void* scratch = KernelMemory.TryAllocate((uint)(signatures.Length * EqualGroups.ScratchBytes));
        if (scratch == null)
        {
            return KernelError.OutOfMemory;
        }

        // SAFETY: the scratch memory has ScratchBytes for each signature and lives until Free.
        var groups = EqualGroups.Create(signatures, scratch);
        var found = new PairHeap(pairs);
        groups.OfferWithin(ref found);
        if (found.FixedCount < pairs.Length)
        {
            FindBetween(signatures, threshold, ref groups, ref found);
        }

        KernelMemory.Free(scratch);
        return found.Sort();
    }

    private static void FindBetween<TSignature>(
        ReadOnlySpan<TSignature> signatures, double threshold, ref EqualGroups groups, ref PairHeap found)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        var banding = Banding.ForThreshold(threshold, TSignature.MinimumBandRows);
        int neighbours = Math.Max(FewestNeighbours, ComparisonsWanted / banding.Bands);
        int enough = 0;
        while (TSignature.Estimate(enough) < threshold)
        {
            enough++;
        }

        for (int band = 0; band < banding.Bands; band++)
        {
            int firstRow = band * banding.Rows;
            ReadOnlySpan<HashedIndex> sorted = groups.SortByRows(signatures, firstRow, banding.Rows);
            for (int i = 0; i < sorted.Length; i++)
            {
                int end = Math.Min(sorted.Length, i + 1 + neighbours);
                for (int j = i + 1; j < end && sorted[j].Hash == sorted[i].Hash; j++)
                {
                    int a = sorted[i].Index;
                    int b = sorted[j].Index;
                    int equal = TSignature.CountEqual(signatures[a], signatures[b]);
                    if (equal >= enough && !SharesBandBefore(signatures[a], signatures[b], firstRow, banding.Rows))
                    {
                        groups.OfferBetween(ref found, a, b, (float)TSignature.Estimate(equal));
                    }
                }
            }
        }
    }

    private static bool SharesBandBefore<TSignature>(in TSignature a, in TSignature b, int endRow, int rows)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        int agreeing = 0;
        for (int row = 0; row < endRow; row++)
        {
            // A band begins at every multiple of `rows`.
            agreeing = TSignature.Row(a, row) == TSignature.Row(b, row) ? agreeing + 1 : 0;
            if ((row + 1) % rows == 0)
            {
                if (agreeing >= rows)
                {
                    return true;
                }

                agreeing = 0;
            }
        }

        return false;
    }
}
