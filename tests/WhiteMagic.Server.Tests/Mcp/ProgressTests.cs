using System;
using System.Collections.Generic;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class ProgressTests
{
    [Theory]
    [InlineData("5")]
    [InlineData("\"t\\u0041\"")]
    public void Report_WithToken_IsSentBeforeTheAnswerAndNotTooOften(string token)
    {
        using Session session = Session.StartLegacy();
        session.Send(Session.Legacy("1", "tools/call", "\"name\":\"progress\",\"arguments\":{\"count\":1000},\"_meta\":{\"progressToken\":" + token + "}"));
        var reports = new List<JsonElement>();
        JsonElement message = JsonDocument.Parse(session.Output.Next()).RootElement;
        while (message.TryGetProperty("method", out JsonElement method))
        {
            Assert.Equal("notifications/progress", method.GetString());
            reports.Add(message.GetProperty("params"));
            message = JsonDocument.Parse(session.Output.Next()).RootElement;
        }

        Check.Result(message, "1");
        // The first at once and the last always; a thousand take far less than the ten intervals that would allow more.
        Assert.InRange(reports.Count, 2, 12);
        Assert.Equal(1, reports[0].GetProperty("progress").GetInt64());
        Assert.Equal(1000, reports[^1].GetProperty("progress").GetInt64());
        Assert.All(reports, report =>
        {
            Assert.Equal(token, report.GetProperty("progressToken").GetRawText());
            Assert.Equal(1000, report.GetProperty("total").GetInt64());
            Assert.Equal("step", report.GetProperty("message").GetString());
        });
    }

    [Fact]
    public void Report_AfterTheAnswer_IsIgnored()
    {
        using Session session = Session.StartLegacy();
        session.Send(Session.Legacy("1", "tools/call", "\"name\":\"progress\",\"arguments\":{\"count\":1},\"_meta\":{\"progressToken\":1}"));
        Assert.Contains("notifications/progress", session.Output.Next(), StringComparison.Ordinal);
        Assert.Contains("\"id\":1", session.Output.Next(), StringComparison.Ordinal);
        Assert.NotNull(session.Offer.LastProgress);
        session.Offer.LastProgress.Report(2, null, "late");
        session.AssertSilent();
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"_meta\":{}")]
    [InlineData(",\"_meta\":{\"progressToken\":1.5}")]
    [InlineData(",\"_meta\":{\"progressToken\":null}")]
    [InlineData(",\"_meta\":{\"progressToken\":{}}")]
    public void Token_MissingOrOfWrongKind_MeansNoProgress(string meta)
    {
        using Session session = Session.StartLegacy();
        JsonElement who = Check.Result(session.Ask(Session.Legacy("1", "tools/call", "\"name\":\"who\"" + meta)), "1").GetProperty("structuredContent");
        Assert.False(who.GetProperty("progress").GetBoolean());
    }

    [Fact]
    public void Token_OfAModernRequest_IsHonoured()
    {
        using Session session = Session.Start();
        string line = Session.Modern("1", "tools/call", "\"name\":\"progress\",\"arguments\":{\"count\":1}")
            .Replace("\"_meta\":{", "\"_meta\":{\"progressToken\":\"m\",", StringComparison.Ordinal);
        Assert.Contains("\"progressToken\":\"m\"", session.AskRaw(line), StringComparison.Ordinal);
        Check.Result(JsonDocument.Parse(session.Output.Next()).RootElement, "1");
    }
}
