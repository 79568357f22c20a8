using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class BatchTests
{
    private const string Mixed = "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"},7,[],"
        + "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"no/such\"},{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}},{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":\"crash\"}}]";

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2024-11-05")]
    public void Batch_InARevisionThatHasThem_IsAnsweredInOneLine(string version)
    {
        using Session session = Session.StartLegacy(version);
        JsonElement[] answers = [.. session.Ask(Mixed).EnumerateArray()];
        Assert.Equal(5, answers.Length);
        Check.Result(answers[0], "1");
        Check.Error(answers[1], -32600, "null");
        Check.Error(answers[2], -32600, "null");
        Check.Error(answers[3], -32601, "\"b\"");
        Check.Error(answers[4], -32603, "4");
        session.AssertSilent();
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    [InlineData(null)]
    public void Batch_InAnyOtherRevision_IsOneInvalidRequest(string? version)
    {
        using Session session = version is null ? Session.Start() : Session.StartLegacy(version);
        Check.Error(session.Ask(Mixed), -32600, "null");
        Check.Error(session.Ask("[]"), -32600, "null");
        session.AssertSilent();
        Assert.Equal(0, session.Offer.CallCount);
    }

    [Fact]
    public void Batch_EmptyOrTooLong_IsOneInvalidRequest()
    {
        using Session session = Session.StartLegacy("2025-03-26");
        Check.Error(session.Ask("[]"), -32600, "null");
        JsonElement error = Check.Error(session.Ask(Pings(101)), -32600, "null");
        Assert.Contains("100", Check.Message(error), StringComparison.Ordinal);
        Assert.Equal(100, session.Ask(Pings(100)).GetArrayLength());
    }

    [Fact]
    public void Batch_OfNotifications_IsNotAnswered()
    {
        using Session session = Session.StartLegacy("2025-03-26");
        session.Send("[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"},{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}]");
        session.AssertSilent();
    }

    [Fact]
    public void Batch_BeyondTheResponseLimit_CarriesOutNoMore()
    {
        using Session session = Session.StartLegacy("2025-03-26");
        string calls = string.Join(',', Enumerable.Range(0, 20).Select(i => Session.Legacy(i.ToString(CultureInfo.InvariantCulture), "tools/call", "\"name\":\"big\",\"arguments\":{\"count\":100000}")));
        string line = session.AskRaw("[" + calls + "]");
        Assert.InRange(line.Length, 3_000_000, (4 << 20) - 1);
        JsonElement[] answers = [.. JsonDocument.Parse(line).RootElement.EnumerateArray()];
        Assert.Equal(20, answers.Length);
        int good = answers.TakeWhile(a => a.TryGetProperty("result", out _)).Count();
        Assert.InRange(good, 5, 19);
        for (int i = 0; i < 20; i++)
        {
            string id = i.ToString(CultureInfo.InvariantCulture);
            if (i < good)
            {
                Check.Result(answers[i], id);
            }
            else
            {
                Check.Error(answers[i], -32603, id);
            }
        }

        Assert.Equal(good + 1, session.Offer.CallCount);
    }

    [Fact]
    public void Batch_OfLongErrors_StaysBelowTheLimit()
    {
        using Session session = Session.StartLegacy("2025-03-26");
        string uri = new string('\u0001', 2048).Replace("\u0001", "\\u0001", StringComparison.Ordinal);
        string big = Session.Legacy("0", "tools/call", "\"name\":\"big\",\"arguments\":{\"count\":650000}");
        string reads = string.Join(',', Enumerable.Range(1, 99).Select(i => Session.Legacy(i.ToString(CultureInfo.InvariantCulture), "resources/read", "\"uri\":\"" + uri + "\"")));
        string line = session.AskRaw("[" + big + "," + reads + "]");
        Assert.InRange(line.Length, 3_900_000, (4 << 20) - 1);
        JsonElement[] answers = [.. JsonDocument.Parse(line).RootElement.EnumerateArray()];
        Assert.Equal(100, answers.Length);
        Check.Result(answers[0], "0");
        Check.Error(answers[1], -32002, "1");
        Check.Error(answers[99], -32603, "99");
    }

    private static string Pings(int count) =>
        "[" + string.Join(',', Enumerable.Range(0, count).Select(i => "{\"jsonrpc\":\"2.0\",\"id\":" + i.ToString(CultureInfo.InvariantCulture) + ",\"method\":\"ping\"}")) + "]";
}
