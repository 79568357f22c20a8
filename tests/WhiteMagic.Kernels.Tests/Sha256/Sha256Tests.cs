using System;
using System.Security.Cryptography;
using System.Text;
using WhiteMagic.Kernels.Sha256;

namespace WhiteMagic.Kernels.Tests.Sha256;

public sealed class Sha256Tests
{
    // FIPS 180-4 examples and the NIST CAVP short-message vectors' first rows.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [InlineData(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")]
    public void Digest_NistMessage_IsThePublishedOne(string message, string expected)
    {
        Assert.Equal(expected, Hex(Encoding.ASCII.GetBytes(message)));
    }

    [Fact]
    public void Digest_MillionA_IsThePublishedOne()
    {
        byte[] message = new byte[1_000_000];
        Array.Fill(message, (byte)'a');
        Assert.Equal("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", Hex(message));
    }

    [Fact]
    public void Digest_EveryLengthUpTo300_EqualsTheFrameworks()
    {
        var random = new Random(20261122);
        byte[] data = new byte[300];
        random.NextBytes(data);
        for (int length = 0; length <= data.Length; length++)
        {
            ReadOnlySpan<byte> message = data.AsSpan(0, length);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(message)), Hex(message));
        }
    }

    [Fact]
    public void Append_InRandomPieces_EqualsOnePiece()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        byte[] data = new byte[4096];
        random.NextBytes(data);
        string whole = Hex(data);
        for (int round = 0; round < 500; round++)
        {
            Sha256State sha = Sha256State.Create();
            for (int at = 0; at < data.Length;)
            {
                int piece = Math.Min(random.Next(0, 200), data.Length - at);
                sha.Append(data.AsSpan(at, piece));
                at += piece;
            }

            byte[] digest = new byte[Sha256State.DigestBytes];
            sha.Finish(digest);
            Assert.True(whole == Convert.ToHexStringLower(digest), $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void Append_AnyLength_AllocatesNothing()
    {
        byte[] data = new byte[10_000];
        byte[] digest = new byte[Sha256State.DigestBytes];
        Sha256State.Hash(data, digest);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Sha256State.Hash(data, digest);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static string Hex(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[Sha256State.DigestBytes];
        Sha256State.Hash(message, digest);
        return Convert.ToHexStringLower(digest);
    }
}
