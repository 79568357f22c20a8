using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using WhiteMagic.Governance.Karma;

namespace WhiteMagic.Server.Tests.Governance;

public sealed class MerkleTests
{
    private const int MostLeaves = 130;

    private static readonly byte[][] _leaves = [.. Enumerable.Range(0, 1100).Select(i => LeafOf([(byte)i, (byte)(i >> 8)]))];

    // RFC 9162 is RFC 6962's tree: these are the vectors of its reference implementation (eight inputs, and the roots after each).
    [Fact]
    public void Root_OfThePublishedInputs_IsThePublishedOne()
    {
        string[] inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        string[] roots =
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        var tree = new MerkleFrontier();
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(tree.Root()));
        for (int i = 0; i < inputs.Length; i++)
        {
            tree.Append(LeafOf(Convert.FromHexString(inputs[i])));
            Assert.Equal(roots[i], Convert.ToHexStringLower(tree.Root()));
        }
    }

    [Fact]
    public void Frontier_OfAnySize_HasTheRootOfTheDefinition()
    {
        var tree = new MerkleFrontier();
        for (int size = 1; size < _leaves.Length; size++)
        {
            tree.Append(_leaves[size - 1]);
            Assert.Equal(Naive(0, size), tree.Root());
            MerkleFrontier? kept = MerkleFrontier.Of(size, tree.Peaks);
            Assert.Equal(tree.Root(), kept!.Root());
        }

        Assert.Null(MerkleFrontier.Of(3, new byte[32]));
        Assert.Null(MerkleFrontier.Of(-1, []));
    }

    [Fact]
    public void Append_TellsEverySubtreeThatItCompletes()
    {
        var tree = new MerkleFrontier();
        var told = new List<(int, long)>();
        for (int i = 0; i < 300; i++)
        {
            tree.Append(_leaves[i], (height, index, root) =>
            {
                told.Add((height, index));
                Assert.Equal(Naive((int)(index << height), (int)((index + 1) << height)), root.ToArray());
            });
        }

        Assert.Equal(Enumerable.Range(1, 8).Sum(h => 300 >> h), told.Distinct().Count());
        Assert.Equal(told.Count, told.Distinct().Count());
    }

    [Fact]
    public void Inclusion_OfEveryLeafInEveryTree_HoldsAndNothingElseDoes()
    {
        var random = new Random(3);
        for (int size = 1; size <= MostLeaves; size++)
        {
            byte[] root = Naive(0, size);
            for (int index = 0; index < size; index++)
            {
                List<byte[]> path = MerkleProof.Inclusion(index, size, (s, e) => Naive((int)s, (int)e));
                Assert.True(MerkleProof.IsIncluded(_leaves[index], index, size, path, root));
                Assert.False(MerkleProof.IsIncluded(_leaves[index + 1], index, size, path, root));
                Assert.False(MerkleProof.IsIncluded(_leaves[index], index, size, [.. path, root], root));
                Assert.False(MerkleProof.IsIncluded(_leaves[index], size, size, path, root));
                if (path.Count > 0)
                {
                    Assert.False(MerkleProof.IsIncluded(_leaves[index], index, size, path[1..], root));
                    int broken = random.Next(path.Count);
                    path[broken] = [.. path[broken]];
                    path[broken][random.Next(32)] ^= 1;
                    Assert.False(MerkleProof.IsIncluded(_leaves[index], index, size, path, root));
                }
            }
        }
    }

    [Fact]
    public void Consistency_OfEveryTwoTrees_HoldsAndNothingElseDoes()
    {
        for (int size = 1; size <= MostLeaves; size++)
        {
            byte[] root = Naive(0, size);
            for (int old = 1; old <= size; old++)
            {
                byte[] oldRoot = Naive(0, old);
                List<byte[]> path = MerkleProof.Consistency(old, size, (s, e) => Naive((int)s, (int)e));
                Assert.True(MerkleProof.IsConsistent(old, oldRoot, size, root, path), $"{old} {size}");
                Assert.False(MerkleProof.IsConsistent(old, _leaves[0].Reverse().ToArray(), size, root, path));
                Assert.False(MerkleProof.IsConsistent(old, oldRoot, size, _leaves[0].Reverse().ToArray(), path));
                if (old < size)
                {
                    Assert.False(MerkleProof.IsConsistent(old, oldRoot, size, root, path[1..]));
                    Assert.False(MerkleProof.IsConsistent(size, root, old, oldRoot, path));
                }
            }
        }
    }

    [Theory]
    [InlineData("whitemagic/default/ab\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", true)]
    [InlineData("whitemagic/default/ab\r\n12\r\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", true)]
    [InlineData("other/default/ab\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("whitemagic/default/ab\n012\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("whitemagic/default/ab\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("whitemagic/default/ab\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF=\n", false)]
    [InlineData("whitemagic/default/ab\n12\n\n", false)]
    [InlineData("whitemagic/default/ab\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore", false)]
    [InlineData("", false)]
    public void Checkpoint_IsReadStrictly(string text, bool isOne) => Assert.Equal(isOne, KarmaCheckpoint.Parse(text) is { Size: 12 });

    private static byte[] LeafOf(byte[] data)
    {
        byte[] hash = new byte[32];
        MerkleHash.Leaf(data, hash);
        return hash;
    }

    // As the definition says, with another SHA-256.
    private static byte[] Naive(int start, int end)
    {
        if (end - start == 1)
        {
            return _leaves[start];
        }

        int split = 1;
        while (split * 2 < end - start)
        {
            split *= 2;
        }

        return SHA256.HashData([1, .. Naive(start, start + split), .. Naive(start + split, end)]);
    }
}
