using System;
using System.Collections.Generic;
using System.Numerics;

namespace WhiteMagic.Governance.Karma;

/// <summary>Proofs in a Merkle tree, made and checked as in RFC 9162, sections 2.1.3 and 2.1.4.</summary>
public static class MerkleProof
{
    /// <summary>The path from a leaf to the root of a tree of <paramref name="size"/> leaves.</summary>
    /// <param name="index">The leaf's number from 0, below <paramref name="size"/>.</param>
    /// <param name="size">The tree's size.</param>
    /// <param name="rootOf">The root of the leaves from a first to an end, without it.</param>
    public static List<byte[]> Inclusion(long index, long size, Func<long, long, byte[]> rootOf)
    {
        var path = new List<byte[]>();
        (long start, long end) = (0, size);
        while (end - start > 1)
        {
            long middle = start + SplitOf(end - start);
            if (index < middle)
            {
                path.Add(rootOf(middle, end));
                end = middle;
            }
            else
            {
                path.Add(rootOf(start, middle));
                start = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>Whether a leaf is in the tree with this root.</summary>
    public static bool IsIncluded(ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        (long node, long last) = (index, size - 1);
        byte[] hash = leafHash.ToArray();
        foreach (byte[] sibling in path)
        {
            if (last == 0 || sibling.Length != KarmaEncoding.HashBytes)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                MerkleHash.Node(sibling, hash, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                MerkleHash.Node(hash, sibling, hash);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>What proves that the tree of <paramref name="size"/> leaves begins with the one of <paramref name="oldSize"/>; empty when either is trivial.</summary>
    public static List<byte[]> Consistency(long oldSize, long size, Func<long, long, byte[]> rootOf)
    {
        var path = new List<byte[]>();
        if (oldSize <= 0 || oldSize >= size)
        {
            return path;
        }

        (long start, long end) = (0, size);
        bool isWhole = true;
        while (oldSize != end)
        {
            long middle = start + SplitOf(end - start);
            if (oldSize <= middle)
            {
                path.Add(rootOf(middle, end));
                end = middle;
            }
            else
            {
                path.Add(rootOf(start, middle));
                start = middle;
                isWhole = false;
            }
        }

        if (!isWhole)
        {
            path.Add(rootOf(start, end));
        }

        path.Reverse();
        return path;
    }

    /// <summary>Whether the tree with the new root begins with the one with the old root.</summary>
    public static bool IsConsistent(long oldSize, ReadOnlySpan<byte> oldRoot, long size, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> path)
    {
        if (oldSize == size)
        {
            return path.Count == 0 && oldRoot.SequenceEqual(root);
        }

        if (oldSize <= 0 || oldSize > size)
        {
            return oldSize == 0 && path.Count == 0;
        }

        var steps = new List<byte[]>(path);
        if (BitOperations.IsPow2(oldSize))
        {
            steps.Insert(0, oldRoot.ToArray());
        }

        if (steps.Count == 0 || !steps.TrueForAll(step => step.Length == KarmaEncoding.HashBytes))
        {
            return false;
        }

        (long node, long last) = (oldSize - 1, size - 1);
        while ((node & 1) == 1)
        {
            node >>= 1;
            last >>= 1;
        }

        byte[] old = (byte[])steps[0].Clone();
        byte[] now = (byte[])steps[0].Clone();
        for (int i = 1; i < steps.Count; i++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                MerkleHash.Node(steps[i], old, old);
                MerkleHash.Node(steps[i], now, now);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                MerkleHash.Node(now, steps[i], now);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && oldRoot.SequenceEqual(old) && root.SequenceEqual(now);
    }

    /// <summary>The largest power of two that is smaller than a count above 1.</summary>
    internal static long SplitOf(long count) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(count - 1)));
}
