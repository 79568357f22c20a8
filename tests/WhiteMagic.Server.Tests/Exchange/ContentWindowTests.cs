using System;
using System.Diagnostics;
using System.Text;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class ContentWindowTests
{
    [Fact]
    public void Of_WholeContentFits_IsTheContentWithoutNext()
    {
        Assert.Equal(new ContentWindow("héllo", 0, null, 6), ContentWindow.Of("héllo", 0, 6));
    }

    [Theory]
    [InlineData(0, 5, "a😀", 0, 5L)]
    [InlineData(0, 4, "a", 0, 1L)]
    [InlineData(1, 4, "😀", 1, 5L)]
    [InlineData(2, 100, "漢é", 5, null)]
    [InlineData(4, 4, "漢", 5, 8L)]
    [InlineData(9, 4, "", 10, null)]
    [InlineData(10, 4, "", 10, null)]
    public void Of_OffsetsInsideAndBetweenCharacters_CutsAtBoundaries(long offset, long most, string text, long at, long? next)
    {
        Assert.Equal(new ContentWindow(text, at, next, 10), ContentWindow.Of("a😀漢é", offset, most));
    }

    [Theory]
    [InlineData(-1, 100, "offset_bytes is -1; the content has 3 bytes, so 0 to 3 is allowed")]
    [InlineData(4, 100, "offset_bytes is 4; the content has 3 bytes, so 0 to 3 is allowed")]
    [InlineData(0, 3, "max_bytes is 3; at least 4 are needed, the size of the longest character")]
    public void Of_OutsideTheContent_IsInvalidAndNamesTheSize(long offset, long most, string message)
    {
        FailureException failure = Assert.Throws<FailureException>(() => ContentWindow.Of("abc", offset, most));
        Assert.Equal(ErrorCode.InvalidParams, failure.Code);
        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void Of_RandomContentReadWindowByWindow_GivesTheContentBack()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 500; round++)
        {
            string content = NastyMemories.Text(random, 30);
            int most = random.Next(4, 40);
            var whole = new StringBuilder();
            long? offset = 0;
            while (offset is { } at)
            {
                ContentWindow window = ContentWindow.Of(content, at, most);
                Assert.Equal(at, window.OffsetBytes);
                Assert.InRange(Encoding.UTF8.GetByteCount(window.Text), window.NextOffset is null ? 0 : 1, most);
                whole.Append(window.Text);
                offset = window.NextOffset;
            }

            Assert.True(content == whole.ToString(), $"seed {seed}");
        }
    }

    [Fact]
    public void Of_LargestContent_TakesLinearTime()
    {
        string content = new('é', Limits.ContentBytes / 2);
        var watch = Stopwatch.StartNew();
        ContentWindow window = ContentWindow.Of(content, Limits.ContentBytes - 1000, 500);
        Assert.Equal(250, window.Text.Length);
        Assert.True(watch.ElapsedMilliseconds < 500, $"{watch.ElapsedMilliseconds} ms");
    }
}
