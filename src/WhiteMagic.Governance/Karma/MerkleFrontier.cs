using System;
using System.Numerics;

namespace WhiteMagic.Governance.Karma;

/// <summary>
/// A Merkle tree that only grows, as the roots of its complete subtrees, one for each bit of its size, the largest first: enough to append in
/// O(log n) and to tell the root.
/// </summary>
public sealed class MerkleFrontier
{
    private const int MostPeaks = 63;

    private readonly byte[] _peaks = new byte[MostPeaks * KarmaEncoding.HashBytes];

    /// <summary>A tree without leaves.</summary>
    public MerkleFrontier()
    {
    }

    /// <summary>A tree whose peaks were kept; null when they are not those of a tree of this size.</summary>
    public static MerkleFrontier? Of(long size, ReadOnlySpan<byte> peaks)
    {
        if (size < 0 || peaks.Length != BitOperations.PopCount((ulong)size) * KarmaEncoding.HashBytes)
        {
            return null;
        }

        var frontier = new MerkleFrontier { Size = size };
        peaks.CopyTo(frontier._peaks);
        return frontier;
    }

    /// <summary>How many leaves it has.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the complete subtrees, 32 bytes each, the largest first.</summary>
    public ReadOnlySpan<byte> Peaks => _peaks.AsSpan(0, BitOperations.PopCount((ulong)Size) * KarmaEncoding.HashBytes);

    /// <summary>Appends a leaf.</summary>
    /// <param name="leafHash">Its hash.</param>
    /// <param name="completed">Told every subtree that the leaf completes: its height, its number at that height, its root; null: nobody listens.</param>
    public void Append(ReadOnlySpan<byte> leafHash, SubtreeVisit? completed = null)
    {
        int count = BitOperations.PopCount((ulong)Size);
        Span<byte> last = At(count);
        leafHash.CopyTo(last);
        int merges = BitOperations.TrailingZeroCount(~(ulong)Size);
        for (int height = 1; height <= merges; height++)
        {
            count--;
            Span<byte> left = At(count);
            MerkleHash.Node(left, At(count + 1), left);
            completed?.Invoke(height, Size >> height, left);
        }

        Size++;
    }

    /// <summary>The root of the tree, 32 bytes.</summary>
    public byte[] Root()
    {
        int count = BitOperations.PopCount((ulong)Size);
        if (count == 0)
        {
            return MerkleHash.Empty();
        }

        byte[] root = At(count - 1).ToArray();
        for (int i = count - 2; i >= 0; i--)
        {
            MerkleHash.Node(At(i), root, root);
        }

        return root;
    }

    private Span<byte> At(int peak) => _peaks.AsSpan(peak * KarmaEncoding.HashBytes, KarmaEncoding.HashBytes);
}

/// <summary>Looks at a complete subtree.</summary>
/// <param name="height">It has 2^height leaves.</param>
/// <param name="index">It is the one with this number, from 0, among those of its height.</param>
/// <param name="root">Its root, 32 bytes.</param>
public delegate void SubtreeVisit(int height, long index, ReadOnlySpan<byte> root);
