using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Numerics;

namespace WhiteMagic.Governance.Karma;

/// <summary>
/// The Merkle tree over a ledger's entries, read from what is stored: the roots of complete subtrees of 256, 65,536 … leaves, and below them the
/// entries. A proof reads at most 255 of them at each of these heights.
/// </summary>
/// <param name="ledger">The ledger.</param>
public sealed class KarmaTree(ILedger ledger)
{
    /// <summary>Every so many levels a complete subtree's root is stored.</summary>
    public const int TileHeight = 8;

    /// <summary>The checkpoint of the ledger as it is now.</summary>
    /// <exception cref="InvalidDataException">What is stored is no tree.</exception>
    public KarmaCheckpoint Checkpoint()
    {
        KarmaHead head = ledger.ReadHead();
        MerkleFrontier frontier = MerkleFrontier.Of(head.Size, head.Peaks.Span) ?? throw new InvalidDataException("the head row of the ledger is not that of a tree");
        return new KarmaCheckpoint { Origin = head.Origin, Size = head.Size, Root = frontier.Root() };
    }

    /// <summary>The path from an entry to the root of the first <paramref name="size"/> entries.</summary>
    /// <exception cref="InvalidDataException">A part of the tree is missing.</exception>
    public List<byte[]> Inclusion(long sequence, long size) => MerkleProof.Inclusion(sequence - 1, size, RootOf);

    /// <summary>What proves that the first <paramref name="size"/> entries begin with the first <paramref name="oldSize"/>.</summary>
    /// <exception cref="InvalidDataException">A part of the tree is missing.</exception>
    public List<byte[]> Consistency(long oldSize, long size) => MerkleProof.Consistency(oldSize, size, RootOf);

    /// <summary>The root of the leaves from <paramref name="start"/> to <paramref name="end"/>, without it; numbers from 0.</summary>
    private byte[] RootOf(long start, long end)
    {
        long count = end - start;
        int height = BitOperations.Log2((ulong)count);
        if (BitOperations.IsPow2(count) && start % count == 0)
        {
            int stored = height - (height % TileHeight);
            return stored == height && stored > 0 ? Tile(height, start >> height)
                : stored > 0 ? RootOfTiles(start, count, stored)
                : RootOfLeaves(start, end);
        }

        long middle = start + MerkleProof.SplitOf(count);
        byte[] root = RootOf(start, middle);
        MerkleHash.Node(root, RootOf(middle, end), root);
        return root;
    }

    private byte[] RootOfTiles(long start, long count, int height)
    {
        var frontier = new MerkleFrontier();
        for (long index = start >> height; index < (start + count) >> height; index++)
        {
            frontier.Append(Tile(height, index));
        }

        return frontier.Root();
    }

    private byte[] RootOfLeaves(long start, long end)
    {
        var frontier = new MerkleFrontier();
        byte[] encoding = new byte[1024];
        byte[] leaf = new byte[KarmaEncoding.HashBytes];
        ledger.ReadFields(start + 1, (in KarmaFields fields) =>
        {
            if (fields.Sequence > end || !fields.HaveTheirLengths)
            {
                return false;
            }

            if (encoding.Length < KarmaEncoding.LengthOf(fields))
            {
                encoding = new byte[KarmaEncoding.LengthOf(fields)];
            }

            MerkleHash.Leaf(encoding.AsSpan(0, KarmaEncoding.Encode(fields, encoding)), leaf);
            frontier.Append(leaf);
            return fields.Sequence < end;
        });
        return frontier.Size == end - start
            ? frontier.Root()
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"entries {start + 1} to {end} of the ledger are not all there"));
    }

    private byte[] Tile(int height, long index) =>
        ledger.ReadTile(height, index) ?? throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"subtree {index} of height {height} of the ledger's tree is missing"));
}
