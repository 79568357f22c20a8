using System;
using WhiteMagic.Kernels.Sha256;

namespace WhiteMagic.Governance.Karma;

/// <summary>The hashes of a Merkle tree as RFC 9162, section 2.1.1, has them: a leaf is told from a node by its first byte.</summary>
public static class MerkleHash
{
    /// <summary>The root of a tree without leaves: the SHA-256 of nothing.</summary>
    public static byte[] Empty()
    {
        byte[] root = new byte[KarmaEncoding.HashBytes];
        Sha256State.Hash([], root);
        return root;
    }

    /// <summary>Hash of a leaf with this data.</summary>
    public static void Leaf(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        Sha256State sha = Sha256State.Create();
        sha.Append([0]);
        sha.Append(data);
        sha.Finish(hash);
    }

    /// <summary>Hash of the node above two; the result may lie where one of them is.</summary>
    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Sha256State sha = Sha256State.Create();
        sha.Append([1]);
        sha.Append(left);
        sha.Append(right);
        sha.Finish(hash);
    }
}
