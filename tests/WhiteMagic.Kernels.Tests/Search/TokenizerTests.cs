using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Kernels.Tests.Search;

public sealed class TokenizerTests
{
    // What a query finds is what shares a term with a text, so the rows say which terms two texts share.
    [Theory]
    [InlineData("get_user_name", "user", true)]
    [InlineData("get_user_name", "get_user_name", true)]
    [InlineData("getUserName", "name", true)]
    [InlineData("getUserName", "getusername", true)]
    [InlineData("HTTPServer2Go", "server2", true)]
    [InlineData("HTTPServer", "http", true)]
    [InlineData("PDFs", "pdfs", true)]
    [InlineData("Foo.Bar", "bar", true)]
    [InlineData("see a/b.c now", "a/b.c", true)]
    [InlineData("v1.2.3", "v1.2.3", true)]
    [InlineData("v1.2.3", "v1.2.4", true)]
    [InlineData("0xDEADBEEF", "0xdeadbeef", true)]
    [InlineData("E0308: mismatched", "e0308", true)]
    [InlineData("running", "runs", true)]
    [InlineData("don't", "don t", false)]
    [InlineData("Stra\u00dfe", "STRASSE", true)]
    [InlineData("\u0141\u00f3d\u017a", "lodz", true)]
    [InlineData("Dvo\u0159\u00e1k", "dvorak", true)]
    [InlineData("e\u0301te\u0301", "\u00e9t\u00e9", true)]
    [InlineData("Ti\u1ebfng Vi\u1ec7t", "tieng viet", true)]
    [InlineData("\uff28\uff45\uff4c\uff4c\uff4f", "hello", true)]
    [InlineData("\u041c\u041e\u0421\u041a\u0412\u0410", "\u043c\u043e\u0441\u043a\u0432\u0430", true)]
    [InlineData("\u0391\u03a3", "\u03b1\u03c2", true)]
    [InlineData("\u4eca\u5929\u5929\u6c14", "\u5929", true)]
    [InlineData("\u0e20\u0e32\u0e29\u0e32", "\u0e32\u0e29", true)]
    [InlineData("\u30c6\u30b9\u30c8", "\u30c6\u30b9\u30c8", true)]
    [InlineData("\ud55c\uad6d\uc5b4", "\ud55c\uad6d", true)]
    [InlineData("well \u2764\ufe0f done", "\u2764", true)]
    [InlineData("one\u3002two", "two", true)]
    [InlineData("one\u2014two", "two", true)]
    [InlineData("the and of", "the", false)]
    [InlineData("cat", "dog", false)]
    [InlineData("a.b", "a/b.x", true)]
    [InlineData("", "", false)]
    public void Terms_OfTwoTexts_AreShared(string text, string query, bool shared)
    {
        Assert.Equal(shared, Terms(text).Intersect(Terms(query)).Any());
    }

    [Theory]
    [InlineData("get_user_name", 4)]
    [InlineData("getUserName", 4)]
    [InlineData("plain", 1)]
    [InlineData("plain.", 1)]
    [InlineData("__init__", 1)]
    [InlineData("a/b.c", 3)]
    [InlineData("v1.2.3", 4)]
    [InlineData("std::vector", 2)]
    [InlineData("\u4eca\u5929\u5929\u6c14", 7)]
    [InlineData("x\u4ecay", 3)]
    [InlineData("isValid", 2)]
    [InlineData("it is what it is", 0)]
    public void Terms_OfOneText_AreSoMany(string text, int count)
    {
        Assert.Equal(count, Terms(text).Count);
    }

    [Fact]
    public void Terms_RandomTexts_EqualTheNaiveTwin()
    {
        const int Seed = 21;
        var random = new Random(Seed);
        string[] pieces =
        [
            " ", " ", " ", ".", "/", "-", "_", ":", "\\", "@", ",", "'", "the", "is", "running", "Get", "HTTP", "User", "x", "S", "A", "9", "42", "ies",
            "\u00c9t\u00e9", "\u00df", "\u00d7", "\u041c\u0438\u0440", "\u0401", "\u4e2d", "\u6587\u5b57", "\ud83d\ude00", "e\u0301 ", "ation", "Foo", "\u00e6", "\u00a0",
        ];
        var known = new Dictionary<string, ulong>();
        for (int round = 0; round < 10_000; round++)
        {
            var text = new StringBuilder();
            for (int i = random.Next(0, 14); i > 0; i--)
            {
                text.Append(pieces[random.Next(pieces.Length)]);
            }

            List<string> expected = NaiveTokenizer.Terms(text.ToString());
            List<ulong> terms = Terms(text.ToString());
            Assert.True(expected.Count == terms.Count, $"seed {Seed}, round {round}: {text}: {string.Join('|', expected)}, but {terms.Count}");
            for (int i = 0; i < terms.Count; i++)
            {
                // The same string always has the same hash, and another string another.
                Assert.True(known.TryAdd(expected[i], terms[i]) || known[expected[i]] == terms[i], $"seed {Seed}, round {round}: {text}: {expected[i]}");
            }
        }

        Assert.All(known.GroupBy(k => k.Value), same => Assert.Single(same.Select(s => s.Key)));
    }

    [Fact]
    public void Terms_AnyBytes_AreFewAndEnd()
    {
        const int Seed = 22;
        var random = new Random(Seed);
        for (int round = 0; round < 2_000; round++)
        {
            byte[] text = new byte[random.Next(0, 400)];
            random.NextBytes(text);
            Assert.InRange(NaiveSearch.Terms(text).Count, 0, text.Length * 2);
        }
    }

    [Fact]
    public void Terms_LongRuns_AreOneTermThatItsWholeLengthDecides()
    {
        string run = new('x', 8_192);
        Assert.Single(Terms(run));
        Assert.NotEqual(Terms(run), Terms(run + "x"));
        Assert.NotEqual(Terms(new string('x', 64)), Terms(new string('x', 65)));
        Assert.Equal(8_193, Terms(string.Join('.', Enumerable.Repeat("y", 8_192))).Count);
    }

    [Fact]
    public void StopWords_AllOfTheList_AreContained()
    {
        var random = new Random(23);
        int count = 0;
        for (int round = 0; round < 200_000; round++)
        {
            char[] letters = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (char)('a' + random.Next(26)))];
            string word = new(letters);
            Assert.Equal(NaiveTokenizer.IsStopWord(word), StopWords.Contains(Encoding.ASCII.GetBytes(word)));
            count += NaiveTokenizer.IsStopWord(word) ? 1 : 0;
        }

        Assert.True(count > 1_000);
        Assert.All("yourselves themselves because shouldn against whether about would with your".Split(' '), w => Assert.True(StopWords.Contains(Encoding.ASCII.GetBytes(w))));
        Assert.All(new[] { "", "will2", "yourselve", "yourselvesx", "may", "march", "since", "zzz", "\0" }, w => Assert.False(StopWords.Contains(Encoding.ASCII.GetBytes(w))));
    }

    private static List<ulong> Terms(string text) => NaiveSearch.Terms(Encoding.UTF8.GetBytes(text));
}
