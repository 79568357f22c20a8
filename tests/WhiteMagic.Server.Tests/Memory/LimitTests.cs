using System;
using System.Linq;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Memory;

public sealed class LimitTests
{
    [Fact]
    public void Content_IsLimitedInBytes()
    {
        Assert.Equal(1 << 20, new MemoryDraft { Content = new string('x', 1 << 20) }.Content.Length);
        Assert.Equal(1 << 19, new MemoryDraft { Content = new string('é', 1 << 19) }.Content.Length);
        TooLarge(() => new MemoryDraft { Content = new string('x', (1 << 20) + 1) }, "content", "1048577", "1048576");
        TooLarge(() => new MemoryDraft { Content = new string('é', 1 << 19) + "x" }, "content", "1048577", "1048576");
        TooLarge(() => new MemoryPatch { Content = new string('x', (1 << 20) + 1) }, "content", "1048577", "1048576");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\u2003")]
    public void Content_ThatIsEmpty_IsRefused(string content)
    {
        Invalid(() => new MemoryDraft { Content = content }, "content");
        Invalid(() => new MemoryPatch { Content = content }, "content");
    }

    [Fact]
    public void Title_IsLimitedInCharacters()
    {
        Assert.Equal(1000, new MemoryDraft { Content = "x", Title = " " + new string('é', 1000) + "\n" }.Title.Length);
        TooLarge(() => new MemoryDraft { Content = "x", Title = new string('t', 1001) }, "title", "1001", "1000");
        TooLarge(() => new MemoryPatch { Title = new string('t', 1001) }, "title", "1001", "1000");
    }

    [Fact]
    public void Characters_BeyondTheBasicPlane_CountAsOneEach()
    {
        string Emoji(int count) => string.Concat(Enumerable.Repeat("\U0001F600", count));
        Assert.Equal(2000, new MemoryDraft { Content = "x", Title = Emoji(1000) }.Title.Length);
        TooLarge(() => new MemoryDraft { Content = "x", Title = Emoji(1001) }, "title", "1001", "1000");
        Assert.Equal(256, Assert.Single(new MemoryDraft { Content = "x", Tags = [Emoji(128)] }.Tags).Length);
        TooLarge(() => new MemoryDraft { Content = "x", Tags = [Emoji(129)] }, "tags: a tag", "129", "128");
        Assert.Equal(400, new MemoryDraft { Content = "x", Speaker = Emoji(200) }.Speaker!.Length);
        TooLarge(() => new MemoryDraft { Content = "x", Speaker = Emoji(201) }, "speaker", "201", "200");
        Assert.Equal(3, Limits.Characters("a\ud800\udc00\udc00"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void Filter_WithAnEmptyName_IsRefused(string name)
    {
        Invalid(() => new MemoryFilter { SessionId = name }, "session_id");
        Invalid(() => new MemoryFilter { Speaker = name }, "speaker");
    }

    [Fact]
    public void Tags_AreLimitedInNumberAndLength()
    {
        string[] most = [.. Enumerable.Range(0, 64).Select(i => $"tag{i}")];
        Assert.Equal(64, new MemoryDraft { Content = "x", Tags = [.. most, "TAG1", " tag2 "] }.Tags.Count);
        TooLarge(() => new MemoryDraft { Content = "x", Tags = [.. most, "one-more"] }, "tags", "65", "64");
        TooLarge(() => new MemoryPatch { Tags = [.. most, "one-more"] }, "tags", "65", "64");
        TooLarge(() => new MemoryFilter { Tags = [.. most, "one-more"] }, "tags", "65", "64");
        Assert.Equal(128, Assert.Single(new MemoryDraft { Content = "x", Tags = [new string('A', 128)] }.Tags).Length);
        TooLarge(() => new MemoryDraft { Content = "x", Tags = [new string('A', 129)] }, "tags: a tag", "129", "128");
        Invalid(() => new MemoryDraft { Content = "x", Tags = ["ok", "  "] }, "tags");
        Invalid(() => new MemoryDraft { Content = "x", Tags = ["a\nb"] }, "tags");
    }

    [Fact]
    public void Tags_InGreatNumber_AreRefusedAtOnce()
    {
        string[] many = [.. Enumerable.Range(0, 400_000).Select(i => (400_000 - i).ToString("x", System.Globalization.CultureInfo.InvariantCulture))];
        long start = Environment.TickCount64;
        TooLarge(() => MemoryFields.Tags(many), "tags", "", "64");
        Assert.InRange(Environment.TickCount64 - start, 0, 2000);
    }

    [Fact]
    public void Tags_AreLowerCaseSortedAndUnique() =>
        Assert.Equal(["alpha", "beta gamma", "z"], new MemoryDraft { Content = "x", Tags = ["Z", "beta Gamma", "ALPHA", "alpha "] }.Tags);

    [Fact]
    public void Metadata_IsLimitedInBytes()
    {
        string Json(int bytes) => "{\"a\":\"" + new string('x', bytes - 8) + "\"}";
        Assert.Equal(64 << 10, new MemoryDraft { Content = "x", Metadata = Json(64 << 10) }.Metadata!.Length);
        TooLarge(() => new MemoryDraft { Content = "x", Metadata = Json((64 << 10) + 1) }, "metadata", "65537", "65536");
        TooLarge(() => new MemoryPatch { Metadata = Json((64 << 10) + 1) }, "metadata", "65537", "65536");
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("")]
    public void Metadata_ThatIsNoObject_IsRefused(string json) => Invalid(() => new MemoryDraft { Content = "x", Metadata = json }, "metadata");

    [Fact]
    public void Metadata_ThatIsEmpty_IsNone()
    {
        Assert.Null(new MemoryDraft { Content = "x", Metadata = " { } " }.Metadata);
        Assert.Equal("", new MemoryPatch { Metadata = "{}" }.Metadata);
    }

    [Theory]
    [InlineData("session_id")]
    [InlineData("speaker")]
    [InlineData("source")]
    public void Names_AreLimitedInCharacters(string field)
    {
        MemoryDraft Draft(string value) => new()
        {
            Content = "x",
            SessionId = field == "session_id" ? value : null,
            Speaker = field == "speaker" ? value : null,
            Source = field == "source" ? value : null,
        };
        MemoryDraft most = Draft(" " + new string('n', 200) + " ");
        Assert.Equal(200, (most.SessionId ?? most.Speaker ?? most.Source)!.Length);
        TooLarge(() => Draft(new string('n', 201)), field, "201", "200");
        MemoryDraft empty = Draft("  ");
        Assert.Null(empty.SessionId ?? empty.Speaker ?? empty.Source);
    }

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(1.0, true)]
    [InlineData(-0.0001, false)]
    [InlineData(1.0001, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void Importance_IsFromZeroToOne(double value, bool allowed)
    {
        if (allowed)
        {
            Assert.Equal(value, new MemoryDraft { Content = "x", Importance = value }.Importance);
        }
        else
        {
            Invalid(() => new MemoryDraft { Content = "x", Importance = value }, "importance");
            Invalid(() => new MemoryPatch { Importance = value }, "importance");
        }
    }

    [Fact]
    public void Query_IsLimitedInBytes()
    {
        using var bench = new Bench();
        bench.Add("xx");
        Assert.Empty(bench.Store.Search(new string('x', 8192), new MemoryFilter(), 10));
        TooLarge(() => bench.Store.Search(new string('x', 8193), new MemoryFilter(), 10), "query", "8193", "8192");
        TooLarge(() => bench.Store.Search(new string('é', 4097), new MemoryFilter(), 10), "query", "8194", "8192");
    }

    [Fact]
    public void MemoryTypes_HaveFrozenNumbers()
    {
        string[] names = ["note", "fact", "decision", "event", "procedure", "preference", "conversation"];
        Assert.Equal(names, MemoryTypes.Names.ToArray());
        for (int i = 0; i < names.Length; i++)
        {
            Assert.True(MemoryTypes.TryParse(names[i], out MemoryType type));
            Assert.Equal(i + 1, (int)type);
            Assert.Equal(names[i], MemoryTypes.NameOf(type));
        }

        Assert.False(MemoryTypes.TryParse("Note", out _));
    }

    private static void TooLarge(Func<object> act, string field, string actual, string limit)
    {
        FailureException failure = Assert.Throws<FailureException>(() => { act(); });
        Assert.Equal(ErrorCode.TooLarge, failure.Code);
        Assert.StartsWith(field, failure.Message, StringComparison.Ordinal);
        Assert.Contains(actual, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("the limit is " + limit, failure.Message, StringComparison.Ordinal);
    }

    private static void Invalid(Func<object> act, string field)
    {
        FailureException failure = Assert.Throws<FailureException>(() => { act(); });
        Assert.Equal(ErrorCode.InvalidParams, failure.Code);
        Assert.StartsWith(field, failure.Message, StringComparison.Ordinal);
    }
}
