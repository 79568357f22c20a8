using System;
using System.Text;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Exchange;

public sealed class ExchangeFormatTests
{
    [Theory]
    [InlineData("a.jsonl", "{\"content\":\"x\"}", "jsonl")]
    [InlineData("a.JSON", "", "jsonl")]
    [InlineData("a.ndjson", "broken", "jsonl")]
    [InlineData("a.md", "{\"content\":\"x\"}", "markdown")]
    [InlineData("a.markdown", "", "markdown")]
    [InlineData("a.txt", "text", "markdown")]
    [InlineData("a.jsonl", "\uFEFF\n {\"type\":\"entity\",\"name\":\"A\"}", "server-memory")]
    [InlineData("a.json", "{\"name\":{\"x\":[1]},\"type\":\"relation\"}", "server-memory")]
    [InlineData("a.json", "{\"entities\":[", "server-memory")]
    [InlineData("a.jsonl", "{\"content\":\"x\",\"type\":\"entity\"}", "jsonl")]
    [InlineData("a.jsonl", "{\"x\":{\"type\":\"entity\"}}", "jsonl")]
    [InlineData("a.jsonl", "{\"type\":\"note\"}\n{\"type\":\"entity\"}", "jsonl")]
    [InlineData("a.dat", "{\"content\":\"x\"}", "jsonl")]
    [InlineData("a.jsonl", "SQLite format 3\0", "sqlite")]
    [InlineData(null, "{\"content\":\"x\"}", "jsonl")]
    [InlineData(null, "# text", "markdown")]
    [InlineData(null, "", "markdown")]
    public void Detect_PathAndContent_FindsTheFormat(string? path, string head, string format) =>
        Assert.Equal(format, ExchangeFormat.Detect(path, Encoding.UTF8.GetBytes(head)));

    [Fact]
    public void Detect_NothingTells_IsInvalidAndListsFormats()
    {
        FailureException failure = Assert.Throws<FailureException>(() => ExchangeFormat.Detect("/x/a.dat", "text"u8));
        Assert.Equal(ErrorCode.InvalidParams, failure.Code);
        Assert.StartsWith("format cannot be told from a.dat", failure.Message, StringComparison.Ordinal);
        Assert.Equal("give format: jsonl, markdown, server-memory, sqlite", failure.Hint);
    }

    [Fact]
    public void Check_UnknownFormat_IsInvalidAndListsThoseAllowed() =>
        Assert.Equal("format \"csv\" is unknown; allowed: jsonl, markdown, arrow", Assert.Throws<FailureException>(() => ExchangeFormat.Check("csv", ExchangeFormat.Writable)).Message);
}
