using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>The signatures in groups of equal ones; a group is a list in rising order that starts at its leader, its first member.</summary>
internal readonly unsafe ref struct EqualGroups
{
    /// <summary>Scratch memory for each signature: two lists to sort with, the next member of the group, and the leaders.</summary>
    public const int ScratchBytes = (2 * HashedIndexBytes) + (2 * sizeof(int));

    private const int HashedIndexBytes = 8;

    // So many leaders whose hashes collide are told apart; with more, equal signatures may stay in groups of their own.
    private const int CollisionsTried = 8;

    private readonly Span<HashedIndex> _items;
    private readonly Span<HashedIndex> _sorted;
    private readonly Span<int> _next;
    private readonly Span<int> _leaders;

    private EqualGroups(Span<HashedIndex> items, Span<HashedIndex> sorted, Span<int> next, Span<int> leaders)
    {
        _items = items;
        _sorted = sorted;
        _next = next;
        _leaders = leaders;
    }

    /// <summary>Groups the signatures; <paramref name="scratch"/> has <see cref="ScratchBytes"/> for each of them.</summary>
    public static EqualGroups Create<TSignature>(ReadOnlySpan<TSignature> signatures, void* scratch)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        int n = signatures.Length;

        // SAFETY: four arrays of n, 8 + 8 + 4 + 4 bytes each, in the caller's scratch memory.
        var items = new Span<HashedIndex>(scratch, n);
        var sorted = new Span<HashedIndex>((HashedIndex*)scratch + n, n);
        var next = new Span<int>((HashedIndex*)scratch + (2 * (nint)n), n);
        var leaders = new Span<int>((int*)((HashedIndex*)scratch + (2 * (nint)n)) + n, n);
        int used = 0;
        for (int i = 0; i < n; i++)
        {
            next[i] = -1;
            if (!IsOfEmptySet(signatures[i]))
            {
                items[used++] = new HashedIndex { Hash = HashRows(signatures[i], 0, Signature.RowCount), Index = i };
            }
        }

        HashedIndex.Sort(items[..used], sorted[..used]);
        int leaderCount = Link(signatures, sorted[..used], next, leaders);
        return new EqualGroups(items[..leaderCount], sorted[..leaderCount], next, leaders[..leaderCount]);
    }

    /// <summary>Writes the pairs inside the groups, in order, until there is no room.</summary>
    public void OfferWithin(ref PairHeap found)
    {
        for (int first = 0; first < _next.Length; first++)
        {
            for (int second = _next[first]; second >= 0; second = _next[second])
            {
                if (!found.Fix(new SimilarPair { First = first, Second = second, Similarity = 1 }))
                {
                    return;
                }
            }
        }
    }

    /// <summary>The leaders, sorted by a hash of some of their rows, equal hashes in the order of the leaders.</summary>
    public ReadOnlySpan<HashedIndex> SortByRows<TSignature>(ReadOnlySpan<TSignature> signatures, int firstRow, int rowCount)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        for (int i = 0; i < _leaders.Length; i++)
        {
            int leader = _leaders[i];
            _items[i] = new HashedIndex { Hash = HashRows(signatures[leader], firstRow, rowCount), Index = leader };
        }

        HashedIndex.Sort(_items, _sorted);
        return _sorted;
    }

    /// <summary>Offers every pair of a member of one leader's group and a member of the other's.</summary>
    public void OfferBetween(ref PairHeap found, int leaderA, int leaderB, float similarity)
    {
        OfferRising(ref found, leaderA, leaderB, similarity);
        OfferRising(ref found, leaderB, leaderA, similarity);
    }

    // Offers the pairs whose smaller index is in group a. They are offered in their order, so the first refusal ends a member's turn, and a
    // member whose first pair is refused ends it all.
    private void OfferRising(ref PairHeap found, int a, int b, float similarity)
    {
        for (; a >= 0; a = _next[a])
        {
            while (b >= 0 && b < a)
            {
                b = _next[b];
            }

            for (int second = b; second >= 0; second = _next[second])
            {
                if (!found.Offer(new SimilarPair { First = a, Second = second, Similarity = similarity }))
                {
                    if (second == b)
                    {
                        return;
                    }

                    break;
                }
            }
        }
    }

    // Chains the members of each group and lists the leaders; equal hashes are in rising order of index, so the leader is the first.
    private static int Link<TSignature>(
        ReadOnlySpan<TSignature> signatures, ReadOnlySpan<HashedIndex> sorted, Span<int> next, Span<int> leaders)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        Span<int> last = stackalloc int[CollisionsTried];
        int lastCount = 0;
        int leaderCount = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i].Hash != sorted[i - 1].Hash)
            {
                lastCount = 0;
            }

            int index = sorted[i].Index;
            int group = 0;
            while (group < lastCount && TSignature.CountEqual(signatures[last[group]], signatures[index]) < Signature.RowCount)
            {
                group++;
            }

            if (group < lastCount)
            {
                next[last[group]] = index;
                last[group] = index;
                continue;
            }

            leaders[leaderCount++] = index;
            if (lastCount < CollisionsTried)
            {
                last[lastCount++] = index;
            }
        }

        return leaderCount;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint HashRows<TSignature>(in TSignature signature, int firstRow, int rowCount)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        uint hash = 0;
        for (int row = firstRow; row < firstRow + rowCount; row++)
        {
            hash = (hash ^ TSignature.Row(signature, row)) * 0x9E3779B1;
            hash ^= hash >> 15;
        }

        return hash;
    }

    private static bool IsOfEmptySet<TSignature>(in TSignature signature)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        int row = 0;
        while (row < Signature.RowCount && TSignature.Row(signature, row) == TSignature.EmptyRow)
        {
            row++;
        }

        return row == Signature.RowCount;
    }
}
