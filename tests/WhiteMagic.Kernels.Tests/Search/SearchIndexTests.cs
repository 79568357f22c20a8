using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Search;

public sealed class SearchIndexTests
{
    private static readonly int s_worlds = Runs.Of(60, 500);

    [Fact]
    public void Query_RandomWorlds_EqualsTheNaiveTwin()
    {
        for (int seed = 0; seed < s_worlds; seed++)
        {
            var random = new Random(seed);
            var index = default(SearchIndex);
            var naive = new NaiveSearch();
            int documents = random.Next(1, 80);
            if (seed % 3 == 0)
            {
                naive.Settings = RandomSettings(random);
                Assert.Equal(0, index.Configure(naive.Settings));
            }

            for (int document = 0; document < documents; document++)
            {
                Assert.Equal(document, index.Begin());
                for (int part = random.Next(0, 4); part > 0; part--)
                {
                    byte[] text = RandomText(random, random.Next(0, 40));
                    int field = random.Next(4);
                    Assert.Equal(0, index.AddText(field, text));
                    naive.Add(document, field, text);
                }

                naive.Add(document, 0, []);
                if (document > 0 && random.Next(3) > 0 && !naive.Previous.ContainsValue(document - 1))
                {
                    Assert.True(index.Follow(document, document - 1));
                    naive.Previous[document] = document - 1;
                }
            }

            Check(ref index, naive, random, seed);
            for (int change = 0; change < documents / 3; change++)
            {
                int document = random.Next(documents);
                float boost = (float)random.NextDouble();
                if (index.Boost(document, boost))
                {
                    naive.Boosts[document] = boost;
                }

                document = random.Next(documents);
                if (index.Remove(document))
                {
                    naive.Remove(document);
                }
            }

            // Removed documents count in idf until the index is packed.
            Assert.True(index.Pack());
            naive.Settings = RandomSettings(random);
            Assert.Equal(0, index.Configure(naive.Settings));
            Check(ref index, naive, random, seed);
            index.Free();
        }
    }

    [Fact]
    public void Query_Ties_AreInOrderOfDocuments()
    {
        var index = default(SearchIndex);
        for (int i = 0; i < 100; i++)
        {
            Add(ref index, i % 2 == 0 ? "apple" : "pear");
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(i => (i * 2) + 1), Query(ref index, "pears", 99).Select(h => h.Document));
        Assert.Equal([1, 3, 5], Query(ref index, "pears", 3).Select(h => h.Document));
        index.Free();
    }

    [Fact]
    public void Query_Boost_LiftsByAPartOfTheBestScore()
    {
        var index = default(SearchIndex);
        Add(ref index, "apple apple pie");
        Add(ref index, "apple tart and much else that makes it long");
        Add(ref index, "nothing of it");
        double best = Query(ref index, "apple", 9)[0].Score;
        double second = Query(ref index, "apple", 9)[1].Score;
        Assert.True(index.Boost(1, 0.75f));
        Assert.True(index.Boost(2, 5));
        List<SearchHit> hits = Query(ref index, "apple", 9);
        Assert.Equal([1, 0], hits.Select(h => h.Document));
        Assert.Equal(second + (best * 0.75), hits[0].Score);
        Assert.False(index.Boost(3, 1));
        Assert.False(index.Boost(-1, 1));
        index.Free();
    }

    [Fact]
    public void Query_AnyBytes_FindsOrNot()
    {
        var index = default(SearchIndex);
        Add(ref index, "some text with NUL \0 and more");
        var random = new Random(31);
        var hits = new SearchHit[3];
        for (int round = 0; round < 1_000; round++)
        {
            byte[] query = new byte[random.Next(0, 8_192)];
            random.NextBytes(query);
            Assert.InRange(index.Query(query, hits), 0, 1);
        }

        Assert.Equal(1, index.Query("\" OR text:* NEAR(("u8, hits));
        Assert.Equal(0, index.Query("AND OR NOT \0 ()*^\""u8, hits));
        Assert.Equal(0, index.Query([], hits));
        Assert.Equal(0, index.Query("text"u8, []));
        index.Free();
    }

    [Fact]
    public void Query_MoreTermsThanItTakes_UsesTheFirst()
    {
        var index = default(SearchIndex);
        string words = string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"w{i}"));
        Add(ref index, words);
        Add(ref index, "w2999");
        Assert.Single(Query(ref index, words, 9));
        index.Free();
    }

    [Fact]
    public void Index_NothingAdded_AnswersEverything()
    {
        var index = default(SearchIndex);
        Assert.Empty(Query(ref index, "apple", 9));
        Assert.Equal(KernelError.NotFound, index.AddText(0, "text"u8));
        Assert.False(index.Remove(0));
        Assert.True(index.Commit());
        Assert.True(index.Pack());
        Assert.Empty(Query(ref index, "apple", 9));
        Assert.Equal(0, index.Begin());
        Assert.Equal(KernelError.InvalidArgument, index.AddText(4, "text"u8));
        Assert.Equal(KernelError.InvalidArgument, index.AddText(-1, "text"u8));
        Assert.Equal(0, index.AddText(3, "text"u8));
        Assert.True(index.Remove(0));
        Assert.Equal(KernelError.NotFound, index.AddText(0, "text"u8));
        Assert.Empty(Query(ref index, "text", 9));
        Assert.True(index.Pack());
        Assert.Equal(0, index.TermCount);
        Assert.Equal(1, index.DocumentCount);
        index.Free();
        Assert.Equal(0, index.DocumentCount);
    }

    [Theory]
    [InlineData(double.NaN, 0.5, 1)]
    [InlineData(-1, 0.5, 1)]
    [InlineData(1, 1.1, 1)]
    [InlineData(1, -0.1, 1)]
    [InlineData(1, 0.5, double.NaN)]
    [InlineData(1, 0.5, -1)]
    [InlineData(double.PositiveInfinity, 0.5, 1)]
    [InlineData(1, 0.5, 1e7)]
    public void Configure_BadParameters_AreRefused(double k1, double b, double weight)
    {
        var index = default(SearchIndex);
        SearchSettings settings = SearchSettings.Default;
        settings.K1 = k1;
        settings.B = b;
        settings.Weights[2] = weight;
        Assert.Equal(KernelError.InvalidArgument, index.Configure(settings));
        index.Free();
    }

    [Fact]
    public void Commit_AfterEveryDocument_ChangesNoAnswer()
    {
        var random = new Random(33);
        var committed = default(SearchIndex);
        var plain = default(SearchIndex);
        for (int i = 0; i < 400; i++)
        {
            string text = Encoding.UTF8.GetString(RandomText(random, 20));
            Add(ref committed, text);
            Add(ref plain, text);
            Assert.True(committed.Commit());
            string query = Encoding.UTF8.GetString(RandomText(random, 3));
            Assert.Equal(Query(ref plain, query, 10), Query(ref committed, query, 10));
        }

        committed.Free();
        plain.Free();
    }

    [Fact]
    public void AddText_FrequentTerm_KeepsAllItsPostings()
    {
        var index = default(SearchIndex);
        for (int i = 0; i < 20_000; i++)
        {
            Add(ref index, i % 1000 == 0 ? "common rare common common" : "common");
        }

        Assert.Equal(20_000, Query(ref index, "common", 30_000).Count);
        Assert.Equal(20, Query(ref index, "rare", 30_000).Count);
        int before = index.ImageBytes;
        Assert.True(index.Pack());
        Assert.InRange(index.ImageBytes, 1, before);
        Assert.Equal(20_000, Query(ref index, "common", 30_000).Count);
        index.Free();
    }

    private static void Check(ref SearchIndex index, NaiveSearch naive, Random random, int seed)
    {
        for (int round = 0; round < 20; round++)
        {
            byte[] query = RandomText(random, random.Next(0, 6));
            int limit = random.Next(1, 20);
            var hits = new SearchHit[limit];
            int count = index.Query(query, hits);
            List<(int Document, double Score)> expected = naive.Query(query, 1_000);
            Assert.True(count == Math.Min(limit, expected.Count), $"seed {seed}, round {round}: {count} instead of {expected.Count}");
            var scores = expected.ToDictionary(e => e.Document, e => e.Score);
            for (int i = 0; i < count; i++)
            {
                string where = $"seed {seed}, round {round}, rank {i}";
                Assert.True(Math.Abs(hits[i].Score - expected[i].Score) <= 1e-6 * Math.Abs(expected[i].Score), where);
                Assert.True(Math.Abs(hits[i].Score - scores[hits[i].Document]) <= 1e-6 * Math.Abs(hits[i].Score), where);
                Assert.True(i == 0 || (-hits[i - 1].Score, hits[i - 1].Document).CompareTo((-hits[i].Score, hits[i].Document)) < 0, where);
            }
        }
    }

    private static SearchSettings RandomSettings(Random random)
    {
        SearchSettings settings = SearchSettings.Default;
        settings.K1 = random.NextDouble() * 2;
        settings.B = random.NextDouble();
        for (int field = 0; field < 4; field++)
        {
            settings.Weights[field] = random.Next(4) == 0 ? 0 : random.NextDouble() * 3;
        }

        settings.NeighbourWeight = random.Next(2) * random.NextDouble();
        settings.SessionWeight = random.Next(2) * random.NextDouble();

        return settings;
    }

    // Words with Zipf's distribution.
    internal static byte[] RandomText(Random random, int words) =>
        Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, words).Select(_ => $"w{(int)(300 * Math.Pow(random.NextDouble(), 3))}")));

    private static void Add(ref SearchIndex index, string text)
    {
        Assert.True(index.Begin() >= 0);
        Assert.Equal(0, index.AddText(0, Encoding.UTF8.GetBytes(text)));
    }

    private static List<SearchHit> Query(ref SearchIndex index, string query, int limit)
    {
        var hits = new SearchHit[limit];
        return [.. hits.Take(index.Query(Encoding.UTF8.GetBytes(query), hits))];
    }
}
