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
// quadratic, each member is compared only with the next 1,024 / bands (at least 8) members of its bucket: at most 1,024 comparisons a
// signature, four seconds for 100,000 in the worst case. Buckets up to that size, in ordinary data all, are compared completely; beyond it
// pairs can be missed.
// Knowingly not optimal: verification reads whole signatures in random order and waits for memory.

/// <summary>Finds the most similar pairs among many signatures.</summary>
public static unsafe class DuplicateSearch
{
    private const int ComparisonsWanted = 1024;
    private const int FewestNeighbours = 8;

    /// <summary>
    /// Writes the most similar pairs to <paramref name="pairs"/>, by falling similarity, then by rising indexes, and returns their number, or
    /// <see cref="KernelError.InvalidArgument"/> for a threshold outside (0, 1] or <see cref="KernelError.OutOfMemory"/>. Signatures of the
    /// empty set are left out: nothing is not a copy of nothing.
    /// </summary>
    public static int Find<TSignature>(ReadOnlySpan<TSignature> signatures, double threshold, Span<SimilarPair> pairs)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        fixed (TSignature* first = signatures)
        fixed (SimilarPair* room = pairs)
        {
            return Find(first, signatures.Length, threshold, room, pairs.Length);
        }
    }

    /// <summary>As <see cref="Find{TSignature}(ReadOnlySpan{TSignature}, double, Span{SimilarPair})"/>, with counts that are not negative.</summary>
    public static int Find<TSignature>(TSignature* signatures, int count, double threshold, SimilarPair* pairs, int maxPairs)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        if (!(threshold > 0 && threshold <= 1))
        {
            return KernelError.InvalidArgument;
        }

        if (maxPairs == 0 || count < 2)
        {
            return 0;
        }

        void* scratch = count > int.MaxValue / EqualGroups.ScratchBytes ? null : KernelMemory.TryAllocate((uint)count * EqualGroups.ScratchBytes);
        if (scratch == null)
        {
            return KernelError.OutOfMemory;
        }

        // SAFETY: the scratch memory has ScratchBytes for each signature and lives until Free.
        var groups = EqualGroups.Create(signatures, count, scratch);
        var found = new PairHeap(pairs, maxPairs);
        groups.OfferWithin(ref found);
        if (!found.IsFull)
        {
            FindBetween(signatures, threshold, groups, ref found);
        }

        KernelMemory.Free(scratch);
        return found.Sort(pairs);
    }

    private static void FindBetween<TSignature>(TSignature* signatures, double threshold, in EqualGroups groups, ref PairHeap found)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        var banding = Banding.ForThreshold(threshold, TSignature.MinimumBandRows);
        int neighbours = Math.Max(FewestNeighbours, ComparisonsWanted / banding.Bands);
        int enough = 0;
        while (TSignature.Estimate(enough) < threshold)
        {
            enough++;
        }

        // SAFETY: sorted holds LeaderCount indexes of signatures.
        for (int band = 0; band < banding.Bands; band++)
        {
            int firstRow = band * banding.Rows;
            HashedIndex* sorted = groups.SortByRows(signatures, firstRow, banding.Rows);
            for (int i = 0; i < groups.LeaderCount; i++)
            {
                int end = Math.Min(groups.LeaderCount, i + 1 + neighbours);
                for (int j = i + 1; j < end && sorted[j].Hash == sorted[i].Hash; j++)
                {
                    int a = sorted[i].Index;
                    int b = sorted[j].Index;
                    int equal = TSignature.CountEqual(signatures[a], signatures[b]);
                    if (equal >= enough && !SharesBandBefore(signatures[a], signatures[b], firstRow, banding.Rows))
                    {
                        float similarity = (float)TSignature.Estimate(equal);
                        groups.OfferRising(ref found, a, b, similarity);
                        groups.OfferRising(ref found, b, a, similarity);
                    }
                }
            }
        }
    }

    private static bool SharesBandBefore<TSignature>(in TSignature a, in TSignature b, int endRow, int rows)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        int agreeing = 0;
        int left = rows;
        for (int row = 0; row < endRow; row++)
        {
            agreeing += TSignature.Row(a, row) == TSignature.Row(b, row) ? 1 : 0;
            if (--left == 0)
            {
                // The end of a band.
                if (agreeing == rows)
                {
                    return true;
                }

                agreeing = 0;
                left = rows;
            }
        }

        return false;
    }
}
