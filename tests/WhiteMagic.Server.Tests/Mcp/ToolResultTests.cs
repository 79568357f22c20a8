using System;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class ToolResultTests
{
    [Fact]
    public void Failure_OfATool_IsTextOnly()
    {
        using Session session = Session.StartLegacy();
        JsonElement result = Check.Result(session.Ask(Session.Legacy("1", "tools/call", "\"name\":\"fail\"")), "1");
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.Equal("{\"status\":\"error\"}", result.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.False(result.TryGetProperty("structuredContent", out _));
    }

    [Theory]
    [InlineData("crash")]
    [InlineData("exhaust")]
    [InlineData("silent")]
    public void Bug_InATool_IsInternalErrorWithoutDetails(string tool)
    {
        using Session session = Session.StartLegacy();
        for (int i = 0; i < 2; i++)
        {
            string line = session.AskRaw(Session.Legacy("1", "tools/call", "\"name\":\"" + tool + "\""));
            Check.Error(JsonDocument.Parse(line).RootElement, -32603, "1");
            Assert.DoesNotContain(FixtureOffer.Secret, line, StringComparison.Ordinal);
            Check.Result(session.Ask(Session.Legacy("2", "tools/call", "\"name\":\"echo\"")), "2");
        }
    }

    [Fact]
    public void Restart_OfAnAnswer_DropsWhatWasWritten()
    {
        using Session session = Session.StartLegacy();
        JsonElement result = Check.Result(session.Ask(Session.Legacy("1", "tools/call", "\"name\":\"half\"")), "1");
        Assert.Equal("{\"done\":\"half\"}", result.GetProperty("structuredContent").GetRawText());
    }

    [Fact]
    public void Answer_BelowTheLimit_IsSentAndAboveReplaced()
    {
        using Session session = Session.StartLegacy();
        // A quote takes 2 bytes in the object and 4 in its text.
        string line = session.AskRaw(Session.Legacy("1", "tools/call", "\"name\":\"big\",\"arguments\":{\"count\":690000}"));
        Assert.InRange(line.Length, 4_000_000, (4 << 20) - 1);
        JsonElement error = Check.Error(session.Ask(Session.Legacy("2", "tools/call", "\"name\":\"big\",\"arguments\":{\"count\":700000}")), -32603, "2");
        Assert.Contains("4194304", Check.Message(error), StringComparison.Ordinal);
        Check.Error(session.Ask(Session.Legacy("3", "tools/call", "\"name\":\"big\",\"arguments\":{\"count\":3000000}")), -32603, "3");
        Check.Result(session.Ask(Session.Legacy("4", "tools/call", "\"name\":\"echo\"")), "4");
    }
}
