using System;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class LegacyEraTests
{
    [Theory]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("1.0.0", "2025-11-25")]
    [InlineData("", "2025-11-25")]
    public void Initialize_Version_IsTheRequestedOneOrTheLatestLegacy(string requested, string answered)
    {
        using Session session = Session.Start();
        JsonElement result = Check.Result(session.Ask(Session.Legacy("0", "initialize", "\"protocolVersion\":\"" + requested + "\",\"capabilities\":{}")), "0");
        Assert.Equal(answered, result.GetProperty("protocolVersion").GetString());
        Assert.Equal("fixture", result.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Equal("Call echo.", result.GetProperty("instructions").GetString());
        Assert.True(result.GetProperty("capabilities").TryGetProperty("tools", out _));
        AssertNoModernMember(result);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"protocolVersion\":1}")]
    [InlineData("null")]
    public void Initialize_NoVersion_IsRefusedAndOpensNothing(string parameters)
    {
        using Session session = Session.Start();
        Check.Error(session.Ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":" + parameters + "}"), -32602, "1");
        Check.Error(session.Ask(Session.Legacy("2", "tools/list")), -32602, "2");
    }

    [Theory]
    [InlineData("tools/list")]
    [InlineData("server/discover")]
    [InlineData("no/such")]
    public void Request_BeforeInitializeWithoutMeta_IsToldWhatIsMissing(string method)
    {
        using Session session = Session.Start();
        JsonElement error = Check.Error(session.Ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}"), -32602, "1");
        Assert.Contains("_meta[\"io.modelcontextprotocol/protocolVersion\"]", Check.Message(error), StringComparison.Ordinal);
        Assert.Contains("initialize", Check.Message(error), StringComparison.Ordinal);
    }

    [Fact]
    public void Ping_BeforeAndAfterInitialize_IsEmpty()
    {
        using Session session = Session.Start();
        Assert.Equal("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", session.AskRaw("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"));
        session.Ask(Session.Legacy("2", "initialize", "\"protocolVersion\":\"2025-11-25\""));
        Assert.Equal("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}", session.AskRaw(Session.Legacy("3", "ping")));
    }

    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":null}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools\\/list\",\"params\":{\"_meta\":{}}}")]
    public void ToolsList_AnySpelling_HasNoModernMember(string line)
    {
        using Session session = Session.StartLegacy();
        JsonElement result = Check.Result(session.Ask(line), "1");
        Assert.Equal(2, result.GetProperty("tools").GetArrayLength());
        AssertNoModernMember(result);
    }

    [Fact]
    public void Everything_AfterInitialize_HasNoModernMember()
    {
        using Session session = Session.StartLegacy("2024-11-05");
        AssertNoModernMember(Check.Result(session.Ask(Session.Legacy("1", "tools/call", "\"name\":\"echo\"")), "1"));
        AssertNoModernMember(Check.Result(session.Ask(Session.Legacy("1", "resources/read", "\"uri\":\"fixture://one\"")), "1"));
        AssertNoModernMember(Check.Result(session.Ask(Session.Legacy("1", "prompts/get", "\"name\":\"greet\"")), "1"));
        AssertNoModernMember(Check.Result(session.Ask(Session.Legacy("1", "prompts/list")), "1"));
    }

    [Fact]
    public void Read_MissingResource_HasItsOwnCode()
    {
        using Session session = Session.StartLegacy();
        JsonElement error = Check.Error(session.Ask(Session.Legacy("1", "resources/read", "\"uri\":\"test://none\"")), -32002, "1");
        Assert.Equal("test://none", error.GetProperty("data").GetProperty("uri").GetString());
    }

    [Theory]
    [InlineData("no/such")]
    [InlineData("server/discover")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    public void Method_NotOffered_IsNotFound(string method)
    {
        using Session session = Session.StartLegacy();
        Check.Error(session.Ask(Session.Legacy("1", method)), -32601, "1");
    }

    [Fact]
    public void ModernRequest_AfterInitialize_IsServedModern()
    {
        using Session session = Session.StartLegacy();
        JsonElement modern = Check.Result(session.Ask(Session.Modern("1", "tools/call", "\"name\":\"who\"")), "1");
        Assert.Equal("complete", modern.GetProperty("resultType").GetString());
        Assert.False(modern.GetProperty("structuredContent").GetProperty("state").GetBoolean());
        Assert.Equal("", modern.GetProperty("structuredContent").GetProperty("client").GetString());
        JsonElement legacy = Check.Result(session.Ask(Session.Legacy("2", "tools/call", "\"name\":\"who\"")), "2");
        Assert.True(legacy.GetProperty("structuredContent").GetProperty("state").GetBoolean());
        Assert.Equal("tester/7", legacy.GetProperty("structuredContent").GetProperty("client").GetString());
    }

    [Fact]
    public void Initialize_AfterModernRequest_StillWorks()
    {
        using Session session = Session.Start();
        Check.Result(session.Ask(Session.Modern("1", "server/discover")), "1");
        Check.Error(session.Ask(Session.Legacy("2", "tools/list")), -32602, "2");
        Check.Result(session.Ask(Session.Legacy("3", "initialize", "\"protocolVersion\":\"2025-06-18\"")), "3");
        session.Send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        Check.Result(session.Ask(Session.Legacy("4", "tools/list")), "4");
    }

    private static void AssertNoModernMember(JsonElement result)
    {
        foreach (string member in (string[])["resultType", "ttlMs", "cacheScope", "_meta"])
        {
            Assert.False(result.TryGetProperty(member, out _), member);
        }
    }
}
