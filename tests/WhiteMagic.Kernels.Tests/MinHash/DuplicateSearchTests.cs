using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.MinHash;

public sealed class DuplicateSearchTests
{
    [Fact]
    public void Find_RandomFamilies_FindsAtLeast99OfAHundredOfAllPairs()
    {
        int expectedTotal = 0;
        int foundTotal = 0;
        for (int seed = 0; seed < (Runs.Of(40, 300)); seed++)
        {
            var random = new Random(seed);
            Signature[] signatures = Families(random, random.Next(2, 160));
            double threshold = random.Next(40, 101) / 100.0;
            List<SimilarPair> expected = AllPairs(signatures, threshold);
            List<SimilarPair> found = Find(signatures, threshold, 40_000);
            Assert.True(found.All(expected.ToHashSet().Contains), $"seed {seed}: a pair that is none, or with another similarity");
            Assert.True(found.Distinct().Count() == found.Count, $"seed {seed}: a pair twice");
            Assert.True(found.Order(ByRank).SequenceEqual(found), $"seed {seed}: order");
            expectedTotal += expected.Count;
            foundTotal += found.Count;
        }

        Assert.True(expectedTotal > 2_000);
        Assert.InRange(foundTotal, expectedTotal * 0.99, expectedTotal);
    }

    [Fact]
    public void Find_CompactSignatures_FindsTheSameFamilies()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Signature[] signatures = Families(new Random(seed), 150);
            CompactSignature[] compact = [.. signatures.Select(s =>
            {
                s.Compact(out CompactSignature c);
                return c;
            })];
            var pairs = new SimilarPair[40_000];
            int count = DuplicateSearch.Find<CompactSignature>(compact, 0.9, pairs);
            var found = pairs.Take(count).Select(p => (p.First, p.Second)).ToHashSet();
            foreach (SimilarPair sure in AllPairs(signatures, 0.96))
            {
                Assert.True(found.Contains((sure.First, sure.Second)), $"seed {seed}: {sure.First}, {sure.Second}");
            }
        }
    }

    [Fact]
    public void Find_FewerPairsThanThereAre_GivesTheFirstOfThem()
    {
        for (int seed = 100; seed < 140; seed++)
        {
            var random = new Random(seed);
            Signature[] signatures = Families(random, 120);
            List<SimilarPair> all = Find(signatures, 0.5, 40_000);
            foreach (int max in (int[])[0, 1, 2, 7, all.Count / 2, all.Count, all.Count + 1])
            {
                Assert.True(all.Take(max).SequenceEqual(Find(signatures, 0.5, max)), $"seed {seed}, max {max}");
            }
        }
    }

    [Fact]
    public void Find_FiftyThousandEqual_AreAllPairsInOrderUpToTheRoom()
    {
        Signature.OfText("the same words again and again and again"u8, out Signature same);
        Signature.OfText("the same words again and again and once"u8, out Signature other);
        Signature[] signatures = [.. Enumerable.Repeat(same, 25_000), other, .. Enumerable.Repeat(same, 25_000)];
        List<SimilarPair> found = Find(signatures, 0.3, 60_000);
        Assert.Equal(60_000, found.Count);
        Assert.Equal((0, 1, 1f), (found[0].First, found[0].Second, found[0].Similarity));
        Assert.Equal((0, 25_001), (found[24_999].First, found[24_999].Second));
        Assert.Equal((0, 50_000), (found[49_998].First, found[49_998].Second));
        Assert.Equal((1, 2), (found[49_999].First, found[49_999].Second));
    }

    [Fact]
    public void Find_TwoLargeGroupsThatAreAlike_PairsEveryMember()
    {
        Signature a = RandomSignature(new Random(5));
        Signature b = a;
        b[100] = 1;
        const int Members = 600;
        Signature[] signatures = [.. Enumerable.Range(0, 2 * Members).Select(i => i % 3 == 0 || i > 900 ? a : b)];
        signatures[0] = b;
        int ofA = signatures.Count(s => s[100] == a[100]);
        int ofB = signatures.Length - ofA;
        int within = ((ofA * (ofA - 1)) + (ofB * (ofB - 1))) / 2;
        List<SimilarPair> found = Find(signatures, 0.9, 1_000_000);
        Assert.Equal(within + (ofA * ofB), found.Count);
        Assert.Equal(within, found.Count(p => p.Similarity == 1));
        Assert.Equal(found.Order(ByRank), found);
        Assert.Equal(found.Take(within + 1_000), Find(signatures, 0.9, within + 1_000));
    }

    [Fact]
    public void Find_ManyThatShareEveryBandButAreNotEqual_TakesLinearTime()
    {
        // Each differs from the common signature in two rows: all N squared pairs are similar.
        var random = new Random(6);
        Signature common = RandomSignature(random);
        Signature[] signatures = [.. Enumerable.Range(0, Runs.Of(20_000, 100_000)).Select(_ => Changed(common, 2, random))];
        var clock = Stopwatch.StartNew();
        List<SimilarPair> found = Find(signatures, 0.9, 500);
        Assert.Equal(500, found.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), clock.Elapsed.ToString());
    }

    [Fact]
    public void Find_EmptySets_AreNobodysCopies()
    {
        Signature.OfText([], out Signature empty);
        empty.Compact(out CompactSignature compact);
        var pairs = new SimilarPair[4];
        Assert.Equal(0, DuplicateSearch.Find<Signature>([empty, empty, empty], 0.5, pairs));
        Assert.Equal(0, DuplicateSearch.Find<CompactSignature>([compact, compact], 0.5, pairs));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(-1)]
    [InlineData(1.0000001)]
    [InlineData(double.PositiveInfinity)]
    public void Find_ThresholdThatIsNone_IsInvalid(double threshold)
    {
        Assert.Equal(KernelError.InvalidArgument, DuplicateSearch.Find(new Signature[2], threshold, new SimilarPair[1]));
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(double.Epsilon)]
    [InlineData(1)]
    public void Find_ExtremeThreshold_FindsTheEqualPair(double threshold)
    {
        Signature one = RandomSignature(new Random(1));
        Assert.Single(Find([one, RandomSignature(new Random(2)), one], threshold, 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Banding_AnyThreshold_FindsAPairAtItWithTheCertaintyPromised(int minimumRows)
    {
        for (int percent = minimumRows == 1 ? 4 : 27; percent <= 100; percent++)
        {
            var banding = Banding.ForThreshold(percent / 100.0, minimumRows);
            Assert.True(banding.Rows >= minimumRows && banding.Bands * banding.Rows <= 128);
            Assert.InRange(banding.Probability(percent / 100.0), 0.99, 1);
        }

        Assert.Equal(new Banding(12, 10), Banding.ForThreshold(0.9, minimumRows));
        Assert.Equal(new Banding(42, 3), Banding.ForThreshold(0.5, minimumRows));
    }

    private static Comparer<SimilarPair> ByRank { get; } = Comparer<SimilarPair>.Create((a, b) =>
        (-a.Similarity, a.First, a.Second).CompareTo((-b.Similarity, b.First, b.Second)));

    private static List<SimilarPair> Find(Signature[] signatures, double threshold, int max)
    {
        var pairs = new SimilarPair[max];
        int count = DuplicateSearch.Find<Signature>(signatures, threshold, pairs);
        return [.. pairs.Take(count)];
    }

    private static List<SimilarPair> AllPairs(Signature[] signatures, double threshold) =>
        [.. from a in Enumerable.Range(0, signatures.Length)
            from b in Enumerable.Range(a + 1, signatures.Length - a - 1)
            let similarity = Enumerable.Range(0, 128).Count(i => signatures[a][i] == signatures[b][i]) / 128.0
            where similarity >= threshold
            select new SimilarPair { First = a, Second = b, Similarity = (float)similarity }];

    // Some strangers, and some that stem from an earlier one with up to 100 rows changed.
    private static Signature[] Families(Random random, int count)
    {
        var signatures = new Signature[count];
        for (int i = 0; i < count; i++)
        {
            signatures[i] = i == 0 || random.Next(3) == 0
                ? RandomSignature(random)
                : Changed(signatures[random.Next(i)], random.Next(4) == 0 ? 0 : random.Next(100), random);
        }

        return signatures;
    }

    private static Signature RandomSignature(Random random) => Changed(default, 2_000, random);

    private static Signature Changed(Signature signature, int changes, Random random)
    {
        for (int i = 0; i < changes; i++)
        {
            signature[random.Next(128)] = (uint)random.Next();
        }

        return signature;
    }
}
