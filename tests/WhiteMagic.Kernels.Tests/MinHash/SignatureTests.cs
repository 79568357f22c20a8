using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.MinHash;

public sealed class SignatureTests
{
    private static readonly int s_cases = Runs.Of(2_000, 20_000);

    [Fact]
    public void OfText_AnyBytes_EqualsTheNaiveTwin()
    {
        const int Seed = 3;
        var random = new Random(Seed);
        for (int round = 0; round < s_cases; round++)
        {
            byte[] text = new byte[random.Next(0, round % 50 == 0 ? 9_000 : 300)];
            random.NextBytes(text);
            if (round % 3 > 0)
            {
                ReadOnlySpan<byte> alphabet = "abcAB 12  .,-\0\n\u00e9\u00e9\u4e2d\u6587\ud83d\ude00"u8;
                for (int i = 0; i < text.Length; i++)
                {
                    text[i] = alphabet[text[i] % alphabet.Length];
                }
            }

            Signature.OfText(text, out Signature signature);
            Assert.True(NaiveMinHash.Sign(NaiveMinHash.ShingleHashes(text)).AsSpan().SequenceEqual(signature), $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void OfKeywords_AnyBytes_EqualsTheNaiveTwin()
    {
        const int Seed = 4;
        var random = new Random(Seed);
        for (int round = 0; round < s_cases; round++)
        {
            string[] lines = [.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => random.Next(4) switch
            {
                0 => "",
                1 => $" \tTag{random.Next(9)}\r",
                2 => $"zwei W\u00f6rter {random.Next(9)}",
                _ => $"tag{random.Next(9)}",
            })];
            byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', lines));
            IEnumerable<uint> elements = lines.Select(l => NaiveMinHash.Fnv(Encoding.UTF8.GetBytes(l.Trim().Replace('T', 't').Replace('W', 'w'))));
            Signature.OfKeywords(text, out Signature signature);
            bool equal = NaiveMinHash.Sign(elements.Where(e => e != NaiveMinHash.Fnv([]))).AsSpan().SequenceEqual(signature);
            Assert.True(equal, $"seed {Seed}, round {round}");
        }
    }

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog", "the QUICK brown, fox -- jumps over\nthe lazy dog!")]
    [InlineData("one two", " One.Two ")]
    [InlineData("one two three four five", "one/two/three/four/five")]
    [InlineData("", "")]
    public void OfText_SameWords_AreEqual(string a, string b)
    {
        Assert.Equal(1, Similarity(a, b));
    }

    [Theory]
    [InlineData("one two", "two one")]
    [InlineData("one two", "one two three")]
    [InlineData("", "one")]
    [InlineData("!!!", "???")]
    [InlineData("one two three four five", "one two three four six")]
    [InlineData("stra\u00dfe", "strase")]
    public void OfText_OtherWords_AreUnlike(string a, string b)
    {
        Assert.InRange(Similarity(a, b), 0, 0.03);
    }

    [Fact]
    public void OfText_ChineseWithOneOtherCharacter_IsAlike()
    {
        string text = string.Concat(Enumerable.Range(0x4e00, 120).Select(c => (char)c));
        Assert.InRange(Similarity(text, text.Replace(text[60], '\u9f99')), 0.8, 0.99);
    }

    [Fact]
    public void OfText_EmptyText_IsTheEmptySet()
    {
        Signature.OfText([], out Signature signature);
        Assert.True(((ReadOnlySpan<uint>)signature).IndexOfAnyExcept(uint.MaxValue) < 0);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.95)]
    public void Similarity_RandomSets_HasTheErrorOfTheTheory(double jaccard)
    {
        const int Pairs = 400;
        const int Union = 200;
        var random = new Random(11);
        double sum = 0;
        double squares = 0;
        double compactSum = 0;
        int common = (int)Math.Round(jaccard * Union);
        double exact = common / (double)Union;
        for (int pair = 0; pair < Pairs; pair++)
        {
            string[] words = [.. Enumerable.Range(0, Union).Select(_ => random.NextInt64().ToString("x"))];
            int cut = common + ((Union - common) / 2);
            Signature.OfKeywords(Encoding.ASCII.GetBytes(string.Join('\n', words[..cut])), out Signature a);
            Signature.OfKeywords(Encoding.ASCII.GetBytes(string.Join('\n', words[..common].Concat(words[cut..]))), out Signature b);
            double error = Signature.Similarity(a, b) - exact;
            sum += error;
            squares += error * error;
            a.Compact(out CompactSignature compactA);
            b.Compact(out CompactSignature compactB);
            compactSum += CompactSignature.Similarity(compactA, compactB) - exact;
        }

        double sigma = Math.Sqrt(exact * (1 - exact) / 128);

        // Four standard errors of the mean; the deviation itself within 15 %.
        Assert.InRange(sum / Pairs, -4 * sigma / Math.Sqrt(Pairs), 4 * sigma / Math.Sqrt(Pairs));
        Assert.InRange(Math.Sqrt(squares / Pairs), sigma * 0.85, sigma * 1.15);
        Assert.InRange(compactSum / Pairs, -5 * sigma / Math.Sqrt(Pairs), 5 * sigma / Math.Sqrt(Pairs));
    }

    [Fact]
    public void Similarity_ConsecutiveNumbers_HasNoBias()
    {
        // Elements whose texts differ in one character; small sets, where a poor hash family shows.
        double sum = 0;
        for (int i = 0; i < 500; i++)
        {
            byte[] a = Encoding.ASCII.GetBytes($"{i}\n{i + 1}\n{i + 2}\n{i + 3}");
            byte[] b = Encoding.ASCII.GetBytes($"{i + 1}\n{i + 2}\n{i + 3}\n{i + 4}");
            Signature.OfKeywords(a, out Signature signatureA);
            Signature.OfKeywords(b, out Signature signatureB);
            sum += Signature.Similarity(signatureA, signatureB) - 0.6;
        }

        Assert.InRange(sum / 500, -0.01, 0.01);
    }

    private static double Similarity(string a, string b)
    {
        Signature.OfText(Encoding.UTF8.GetBytes(a), out Signature signatureA);
        Signature.OfText(Encoding.UTF8.GetBytes(b), out Signature signatureB);
        return Signature.Similarity(signatureA, signatureB);
    }
}
