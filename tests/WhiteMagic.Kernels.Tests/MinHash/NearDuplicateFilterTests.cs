using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Kernels.MinHash;

namespace WhiteMagic.Kernels.Tests.MinHash;

public sealed class NearDuplicateFilterTests
{
    [Fact]
    public void Candidates_AfterAnyAddsAndRemoves_AreTheNaiveTwins()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var filter = default(NearDuplicateFilter);
            var kept = new Dictionary<int, CompactSignature>();
            for (int step = 1; step < 2_000; step++)
            {
                if (random.Next(3) > 0)
                {
                    CompactSignature signature = RandomSignature(random, 24);
                    Assert.True(filter.TryAdd(step, signature));
                    kept.Add(step, signature);
                }
                else if (kept.Count > 0)
                {
                    int id = kept.Keys.ElementAt(random.Next(kept.Count));
                    filter.Remove(id, kept[id]);
                    kept.Remove(id);
                }

                CompactSignature asked = RandomSignature(random, 24);
                int[] expected = [.. kept.Where(k => SharesBand(k.Value, asked)).Select(k => k.Key).Order()];
                int[] ids = new int[NearDuplicateFilter.MaxCandidates];
                int count = filter.Candidates(asked, ids);
                Assert.True(expected.SequenceEqual(ids.Take(count).Order()), $"seed {seed}, step {step}");
            }

            filter.Free();
        }
    }

    [Fact]
    public void Candidates_SimilarityOfNineTenths_IsFoundInNinetySevenOfAHundredCases()
    {
        var random = new Random(77);
        var filter = default(NearDuplicateFilter);
        int[] ids = new int[NearDuplicateFilter.MaxCandidates];
        int found = 0;
        for (int id = 1; id <= 4_000; id++)
        {
            CompactSignature signature = RandomSignature(random, 256);
            filter.TryAdd(id, signature);
            for (int row = 0; row < CompactSignature.Bytes; row++)
            {
                signature[row] ^= (byte)(random.Next(10) == 0 ? 1 : 0);
            }

            found += ids.AsSpan(0, filter.Candidates(signature, ids)).Contains(id) ? 1 : 0;
        }

        filter.Free();
        Assert.InRange(found, 3_880, 3_960);
    }

    [Fact]
    public void Bytes_FiftyThousandMemories_AreAtMostFortyEach()
    {
        var random = new Random(8);
        var filter = default(NearDuplicateFilter);
        for (int id = 1; id <= 50_000; id++)
        {
            filter.TryAdd(id, RandomSignature(random, 256));
            Assert.True(id < 1_000 || filter.Bytes <= 40L * id, $"{filter.Bytes} bytes for {id}");
        }

        filter.Free();
        Assert.Equal(0, filter.Bytes);
    }

    [Fact]
    public void Candidates_ManyEqualOnes_AreTheFirstSixteenAndTakeNoTime()
    {
        var filter = default(NearDuplicateFilter);
        CompactSignature same = RandomSignature(new Random(9), 256);
        for (int id = 1; id <= 200_000; id++)
        {
            Assert.True(filter.TryAdd(id, same));
        }

        int[] ids = new int[NearDuplicateFilter.MaxCandidates];
        Assert.Equal(Enumerable.Range(1, 16), ids.Take(filter.Candidates(same, ids)));
        Assert.Equal(3, filter.Candidates(same, ids.AsSpan(0, 3)));
        Assert.InRange(filter.Bytes, 1, 10_000);
        filter.Free();
    }

    [Fact]
    public void Filter_NothingAdded_KnowsNothing()
    {
        var filter = default(NearDuplicateFilter);
        Assert.Equal(0, filter.Candidates(default, new int[4]));
        filter.Remove(1, default);
        Assert.Throws<ArgumentOutOfRangeException>(() => filter.TryAdd(0, default));
        filter.Free();
    }

    private static bool SharesBand(CompactSignature a, CompactSignature b) =>
        Enumerable.Range(0, 3).Any(band => Enumerable.Range(band * 3, 3).All(row => a[row] == b[row]));

    private static CompactSignature RandomSignature(Random random, int values)
    {
        CompactSignature signature = default;
        for (int i = 0; i < CompactSignature.Bytes; i++)
        {
            signature[i] = (byte)random.Next(values);
        }

        return signature;
    }
}
