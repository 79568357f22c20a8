using System;
using System.Text;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class EnvelopeTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("9007199254740993")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("\"\"")]
    [InlineData("\"s-1\"")]
    [InlineData("\"a\\/b\\u0041\\ud83e\\udde0\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"é🧠\"")]
    public void Id_StringOrInteger_IsEchoedByteForByte(string id)
    {
        using Session session = Session.Start();
        Assert.Equal("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}", session.AskRaw("{\"jsonrpc\":\"2.0\",\"id\": " + id + " ,\"method\":\"ping\"}"));
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("{\"a\":1}", "null")]
    [InlineData("[1]", "null")]
    [InlineData("true", "null")]
    [InlineData("1.5", "1.5")]
    [InlineData("1e3", "1e3")]
    public void Id_OfAnotherKind_IsInvalidRequest(string id, string echo)
    {
        using Session session = Session.Start();
        Check.Error(session.Ask("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}"), -32600, echo);
    }

    [Fact]
    public void Id_OverTheLimit_IsInvalidRequestWithoutEcho()
    {
        using Session session = Session.Start();
        string longest = "\"" + new string('i', 1024) + "\"";
        Check.Result(session.Ask("{\"jsonrpc\":\"2.0\",\"id\":" + longest + ",\"method\":\"ping\"}"), longest);
        JsonElement error = Check.Error(session.Ask("{\"jsonrpc\":\"2.0\",\"id\":\"i" + longest[1..] + ",\"method\":\"ping\"}"), -32600, "null");
        Assert.Contains("1024", Check.Message(error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"pi")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":01,\"method\":\"ping\"}")]
    [InlineData("[1,2")]
    [InlineData("// no comment")]
    [InlineData("\0")]
    public void Line_NotJson_IsParseError(string line)
    {
        using Session session = Session.StartLegacy();
        Check.Error(session.Ask(line), -32700, "null");
        session.AssertSilent();
    }

    [Fact]
    public void Line_NotUtf8_IsParseError()
    {
        using Session session = Session.Start();
        byte[] line = Encoding.UTF8.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"??\"}\n");
        line[^5] = 0xc3;
        line[^4] = 0x28;
        session.SendRaw(line);
        Check.Error(JsonDocument.Parse(session.Output.Next()).RootElement, -32700, "null");
        session.AssertSilent();
    }

    [Theory]
    [InlineData("42", "null")]
    [InlineData("null", "null")]
    [InlineData("\"ping\"", "null")]
    [InlineData("{}", "null")]
    [InlineData("{\"jsonrpc\":\"2.0\"}", "null")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7}", "7")]
    [InlineData("{\"id\":7,\"method\":\"ping\"}", "7")]
    [InlineData("{\"method\":\"ping\"}", "null")]
    [InlineData("{\"jsonrpc\":2.0,\"id\":7,\"method\":\"ping\"}", "7")]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"ping\"}", "7")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":5}", "\"x\"")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":null}", "7")]
    public void Message_NotARequest_IsInvalidRequest(string line, string id)
    {
        using Session session = Session.Start();
        Check.Error(session.Ask(line), -32600, id);
        session.AssertSilent();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \t \r")]
    [InlineData("\ufeff")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":1,\"message\":\"\"}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/nope\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\",\"params\":[]}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":4242}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":[]}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"\\ud800\"}")]
    public void Line_ThatAsksNothing_IsNotAnswered(string line)
    {
        using Session session = Session.StartLegacy();
        session.Send(line);
        session.AssertSilent();
    }

    [Fact]
    public void Call_WithoutId_IsNotCarriedOut()
    {
        using Session session = Session.StartLegacy();
        session.Send("{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}");
        session.AssertSilent();
        Assert.Equal(0, session.Offer.CallCount);
    }

    [Fact]
    public void Members_Repeated_LastOneCounts()
    {
        using Session session = Session.StartLegacy();
        JsonElement answer = session.Ask("{\"jsonrpc\":\"1\",\"id\":{},\"method\":4,\"params\":[],\"id\":914,\"method\":\"tools/call\",\"jsonrpc\":\"2.0\",\"params\":{\"name\":\"no\",\"name\":\"echo\"}}");
        Check.Result(answer, "914");
        Check.Error(session.Ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"id\":[]}"), -32600, "null");
    }

    [Fact]
    public void Members_SpelledWithEscapes_AreRecognised()
    {
        using Session session = Session.Start();
        Assert.Equal("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}", session.AskRaw("{\"\\u006asonrpc\":\"2.0\",\"\\u0069d\":3,\"m\\u0065thod\":\"p\\u0069ng\",\"\\ud800\":1}"));
    }

    [Theory]
    [InlineData("\ufeff", "")]
    [InlineData("", "\r")]
    [InlineData(" \t", "  \r")]
    public void Line_WithMarkOrCarriageReturn_IsAnswered(string before, string after)
    {
        using Session session = Session.Start();
        Check.Result(session.Ask(before + Session.Legacy("5", "ping") + after), "5");
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"x\"")]
    [InlineData("7")]
    [InlineData("false")]
    public void Params_NotAnObject_AreInvalid(string parameters)
    {
        using Session session = Session.StartLegacy();
        Check.Error(session.Ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":" + parameters + "}"), -32602, "1");
    }

    [Theory]
    [InlineData("tools/call", "")]
    [InlineData("tools/call", "\"name\":5")]
    [InlineData("tools/call", "\"name\":null")]
    [InlineData("tools/call", "\"name\":\"\\udc00\"")]
    [InlineData("tools/call", "\"name\":\"echo\",\"arguments\":\"x\"")]
    [InlineData("tools/call", "\"name\":\"echo\",\"arguments\":[]")]
    [InlineData("tools/call", "\"name\":\"echo\",\"arguments\":{\"\\ud800\":1}")]
    [InlineData("resources/read", "")]
    [InlineData("resources/read", "\"uri\":[]")]
    [InlineData("prompts/get", "")]
    [InlineData("prompts/get", "\"name\":\"greet\",\"arguments\":3")]
    public void Params_MemberOfWrongKind_IsInvalid(string method, string members)
    {
        using Session session = Session.StartLegacy();
        Check.Error(session.Ask(Session.Legacy("1", method, members)), -32602, "1");
        Assert.Equal(0, session.Offer.CallCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"arguments\":null")]
    [InlineData(",\"arguments\":{}")]
    public void Arguments_AbsentOrEmpty_AreAccepted(string members)
    {
        using Session session = Session.StartLegacy();
        Check.Result(session.Ask(Session.Legacy("1", "tools/call", "\"name\":\"echo\"" + members)), "1");
    }

    [Fact]
    public void Params_AtTheDepthLimit_AreReadAndBeyondRefused()
    {
        using Session session = Session.StartLegacy();
        // Params and arguments are the first two levels; 62 arrays make 64.
        Check.Result(session.Ask(Session.Legacy("1", "tools/call", "\"name\":\"who\",\"arguments\":{\"x\":" + Nested(62) + "}")), "1");
        JsonElement error = Check.Error(session.Ask(Session.Legacy("2", "tools/call", "\"name\":\"who\",\"arguments\":{\"x\":" + Nested(63) + "}")), -32602, "2");
        Assert.Contains("64", Check.Message(error), StringComparison.Ordinal);
    }

    [Fact]
    public void Params_HundredThousandDeep_AreRefusedWithTheId()
    {
        using Session session = Session.StartLegacy();
        Check.Error(session.Ask(Session.Legacy("920", "tools/call", "\"name\":\"echo\",\"arguments\":{\"x\":" + Nested(100_000) + "}")), -32602, "920");
        Check.Error(session.Ask(Nested(100_000)), -32600, "null");
        Check.Error(session.Ask("{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":" + Nested(100_000) + "}"), -32600, "null");
        Check.Result(session.Ask("{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1,\"other\":" + Nested(100_000) + "}"), "1");
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
