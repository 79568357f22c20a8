using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>The signatures in groups of equal ones; a group is a list in rising order that starts at its leader, its first member.</summary>
internal unsafe struct EqualGroups
{
    /// <summary>Scratch memory for each signature: two lists to sort with, the next member of the group, and the leaders.</summary>
    public const int ScratchBytes = (2 * HashedIndexBytes) + (2 * sizeof(int));

    private const int HashedIndexBytes = 8;

    // So many leaders whose hashes collide are told apart; with more, equal signatures may stay in groups of their own.
    private const int CollisionsTried = 8;

    private HashedIndex* _items;
    private HashedIndex* _sorted;
    private int* _next;
    private int* _leaders;
    private int _count;

    /// <summary>Number of groups.</summary>
    public int LeaderCount { get; private set; }

    /// <summary>Groups the signatures; <paramref name="scratch"/> has <see cref="ScratchBytes"/> for each of them and outlives the groups.</summary>
    public static EqualGroups Create<TSignature>(TSignature* signatures, int count, void* scratch)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        // SAFETY: four arrays of count, 8 + 8 + 4 + 4 bytes each, in the caller's scratch memory; indexes are below count.
        EqualGroups groups = default;
        groups._items = (HashedIndex*)scratch;
        groups._sorted = groups._items + count;
        groups._next = (int*)(groups._sorted + count);
        groups._leaders = groups._next + count;
        groups._count = count;
        int used = 0;
        for (int i = 0; i < count; i++)
        {
            groups._next[i] = -1;
            if (!IsOfEmptySet(signatures[i]))
            {
                groups._items[used++] = new HashedIndex { Hash = HashRows(signatures[i], 0, Signature.RowCount), Index = i };
            }
        }

        HashedIndex.Sort(groups._items, groups._sorted, used);
        groups.Link(signatures, used);
        return groups;
    }

    /// <summary>Writes the pairs inside the groups, in order, until there is no room.</summary>
    public readonly void OfferWithin(ref PairHeap found)
    {
        for (int first = 0; first < _count; first++)
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
    public readonly HashedIndex* SortByRows<TSignature>(TSignature* signatures, int firstRow, int rowCount)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        for (int i = 0; i < LeaderCount; i++)
        {
            int leader = _leaders[i];
            _items[i] = new HashedIndex { Hash = HashRows(signatures[leader], firstRow, rowCount), Index = leader };
        }

        HashedIndex.Sort(_items, _sorted, LeaderCount);
        return _sorted;
    }

    /// <summary>
    /// Offers every pair of a member of group <paramref name="a"/> and a later member of group <paramref name="b"/>. They are offered in their
    /// order, so the first refusal ends a member's turn, and a member whose first pair is refused ends it all.
    /// </summary>
    public readonly void OfferRising(ref PairHeap found, int a, int b, float similarity)
    {
        for (; a >= 0; a = _next[a])
        {
            while (b >= 0 && b < a)
            {
                b = _next[b];
            }

            int second = b;
            while (second >= 0 && found.Offer(new SimilarPair { First = a, Second = second, Similarity = similarity }))
            {
                second = _next[second];
            }

            if (second >= 0 && second == b)
            {
                return;
            }
        }
    }

    // Chains the members of each group and lists the leaders; equal hashes are in rising order of index, so the leader is the first.
    private void Link<TSignature>(TSignature* signatures, int sortedCount)
        where TSignature : unmanaged, ISignature<TSignature>
    {
        int* last = stackalloc int[CollisionsTried];
        int lastCount = 0;
        for (int i = 0; i < sortedCount; i++)
        {
            if (i > 0 && _sorted[i].Hash != _sorted[i - 1].Hash)
            {
                lastCount = 0;
            }

            int index = _sorted[i].Index;
            int group = 0;
            while (group < lastCount && TSignature.CountEqual(signatures[last[group]], signatures[index]) < Signature.RowCount)
            {
                group++;
            }

            if (group < lastCount)
            {
                _next[last[group]] = index;
                last[group] = index;
                continue;
            }

            _leaders[LeaderCount++] = index;
            if (lastCount < CollisionsTried)
            {
                last[lastCount++] = index;
            }
        }
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
