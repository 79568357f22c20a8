using System;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class ModernEraTests
{
    [Fact]
    public void Discover_FirstRequest_TellsVersionCapabilitiesAndCaching()
    {
        using Session session = Session.Start();
        JsonElement result = Check.Result(session.Ask(Session.Modern("1", "server/discover")), "1");
        Assert.Equal("[\"2026-07-28\"]", result.GetProperty("supportedVersions").GetRawText());
        Assert.Equal("{\"tools\":{},\"resources\":{},\"prompts\":{}}", result.GetProperty("capabilities").GetRawText());
        Assert.Equal("Call echo.", result.GetProperty("instructions").GetString());
        AssertCached(result);
        AssertModern(result);
    }

    [Theory]
    [InlineData("tools/list", "tools", 2)]
    [InlineData("resources/list", "resources", 1)]
    [InlineData("resources/templates/list", "resourceTemplates", 1)]
    [InlineData("prompts/list", "prompts", 1)]
    public void List_FirstRequest_HoldsWhatIsOffered(string method, string member, int count)
    {
        using Session session = Session.Start();
        JsonElement result = Check.Result(session.Ask(Session.Modern("\"a\"", method)), "\"a\"");
        Assert.Equal(count, result.GetProperty(member).GetArrayLength());
        AssertCached(result);
        AssertModern(result);
    }

    [Theory]
    [InlineData("tools/list")]
    [InlineData("resources/list")]
    [InlineData("resources/templates/list")]
    [InlineData("prompts/list")]
    public void List_Cursor_IsUnknown(string method)
    {
        using Session session = Session.Start();
        Check.Error(session.Ask(Session.Modern("1", method, "\"cursor\":\"x\"")), -32602, "1");
    }

    [Fact]
    public void Call_Tool_AnswersTextAndStructure()
    {
        using Session session = Session.Start();
        JsonElement result = Check.Result(session.Ask(Session.Modern("1", "tools/call", "\"name\":\"echo\",\"arguments\":{\"a\":\"q\\\" \\\\ \\n \u2028 🧠\"}")), "1");
        JsonElement content = Assert.Single(result.GetProperty("content").EnumerateArray());
        Assert.Equal("text", content.GetProperty("type").GetString());
        Assert.Equal(result.GetProperty("structuredContent").GetRawText(), content.GetProperty("text").GetString());
        Assert.Equal("q\" \\ \n \u2028 🧠", result.GetProperty("structuredContent").GetProperty("echo").GetProperty("a").GetString());
        Assert.False(result.TryGetProperty("isError", out _));
        AssertModern(result);
    }

    [Fact]
    public void Call_UnknownTool_IsProtocolError()
    {
        using Session session = Session.Start();
        JsonElement error = Check.Error(session.Ask(Session.Modern("1", "tools/call", "\"name\":\"nope\"")), -32602, "1");
        Assert.Contains("nope", Check.Message(error), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Resource_HoldsContentsAndIsStaleAtOnce()
    {
        using Session session = Session.Start();
        Assert.Equal("its pages are torn", Check.Message(Check.Error(session.Ask(Session.Modern("0", "resources/read", "\"uri\":\"fixture://broken\"")), -32603, "0")));
        JsonElement result = Check.Result(session.Ask(Session.Modern("1", "resources/read", "\"uri\":\"fixture://one\"")), "1");
        Assert.Equal("first", result.GetProperty("contents")[0].GetProperty("text").GetString());
        Assert.Equal(0, result.GetProperty("ttlMs").GetInt32());
        Assert.Equal("private", result.GetProperty("cacheScope").GetString());
        AssertModern(result);
    }

    [Fact]
    public void Read_MissingResource_IsInvalidParamsWithUri()
    {
        using Session session = Session.Start();
        JsonElement error = Check.Error(session.Ask(Session.Modern("1", "resources/read", "\"uri\":\"test://none\"")), -32602, "1");
        Assert.Equal("test://none", error.GetProperty("data").GetProperty("uri").GetString());
    }

    [Fact]
    public void Get_Prompt_HoldsMessages()
    {
        using Session session = Session.Start();
        JsonElement result = Check.Result(session.Ask(Session.Modern("1", "prompts/get", "\"name\":\"greet\"")), "1");
        Assert.Equal("greets", result.GetProperty("description").GetString());
        Assert.Equal(0, result.GetProperty("messages").GetArrayLength());
        Assert.False(result.TryGetProperty("ttlMs", out _));
        AssertModern(result);
    }

    [Fact]
    public void Get_UnknownPrompt_PassesTheReasonOnAsValidText()
    {
        using Session session = Session.Start();
        JsonElement error = Check.Error(session.Ask(Session.Modern("1", "prompts/get", "\"name\":\"x\"")), -32602, "1");
        Assert.Equal("no prompt by this name: \ufffd", Check.Message(error));
    }

    [Fact]
    public void Kind_NotOffered_IsNeitherDeclaredNorServed()
    {
        using Session session = Session.Start();
        session.Offer.HasResources = false;
        session.Offer.HasPrompts = false;
        JsonElement result = Check.Result(session.Ask(Session.Modern("1", "server/discover")), "1");
        Assert.Equal("{\"tools\":{}}", result.GetProperty("capabilities").GetRawText());
        foreach (string method in (string[])["resources/list", "resources/templates/list", "resources/read", "prompts/list", "prompts/get"])
        {
            Check.Error(session.Ask(Session.Modern("2", method)), -32601, "2");
        }
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("resources/unsubscribe")]
    [InlineData("subscriptions/listen")]
    [InlineData("completion/complete")]
    [InlineData("notifications/initialized")]
    [InlineData("no/such")]
    [InlineData("")]
    public void Method_NotOffered_IsNotFound(string method)
    {
        using Session session = Session.Start();
        Check.Error(session.Ask(Session.Modern("1", method, "\"protocolVersion\":\"2025-11-25\"")), -32601, "1");
    }

    [Theory]
    [InlineData("1999-01-01")]
    [InlineData("2025-11-25")]
    [InlineData("2099-01-01")]
    [InlineData("")]
    public void Version_NotServed_IsRefusedWithWhatIs(string version)
    {
        using Session session = Session.Start();
        string line = Session.Modern("1", "server/discover").Replace("2026-07-28", version, StringComparison.Ordinal);
        JsonElement data = Check.Error(session.Ask(line), -32022, "1").GetProperty("data");
        Assert.Equal("[\"2026-07-28\"]", data.GetProperty("supported").GetRawText());
        Assert.Equal(version, data.GetProperty("requested").GetString());
    }

    [Theory]
    [InlineData("{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}")]
    [InlineData("{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":1}")]
    [InlineData("{\"io.modelcontextprotocol/protocolVersion\":5,\"io.modelcontextprotocol/clientCapabilities\":{}}")]
    [InlineData("{\"io.modelcontextprotocol/protocolVersion\":\"\\ud800\",\"io.modelcontextprotocol/clientCapabilities\":{}}")]
    [InlineData("{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{},\"io.modelcontextprotocol/clientInfo\":3}")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{}")]
    public void Meta_MissingOrMalformedMember_IsInvalidParams(string meta)
    {
        using Session session = Session.Start();
        Check.Error(session.Ask(Session.Legacy("1", "tools/list", "\"_meta\":" + meta)), -32602, "1");
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{\"name\":\"cli\",\"version\":\"2\"}", "cli/2")]
    [InlineData("{\"name\":\"c\\u0000l\\n\\u009bi\"}", "cli")]
    [InlineData("{\"name\":5,\"version\":\"2\"}", "")]
    [InlineData("{\"name\":\"\\ud800\",\"version\":\"2\"}", "")]
    public void Client_FromMeta_IsCleaned(string info, string expected)
    {
        using Session session = Session.Start();
        string line = Session.Modern("1", "tools/call", "\"name\":\"who\"")
            .Replace("\"io.modelcontextprotocol/clientCapabilities\":{}", "\"io.modelcontextprotocol/clientCapabilities\":{},\"io.modelcontextprotocol/clientInfo\":" + info, StringComparison.Ordinal);
        for (int i = 0; i < 2; i++)
        {
            JsonElement who = Check.Result(session.Ask(line), "1").GetProperty("structuredContent");
            Assert.Equal(expected, who.GetProperty("client").GetString());
            Assert.False(who.GetProperty("state").GetBoolean());
        }
    }

    [Fact]
    public void Client_LongName_IsCutBetweenCharacters()
    {
        using Session session = Session.StartLegacy();
        string name = new string('a', 127) + "🧠";
        session.Ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":{\"name\":\"" + name + "\",\"version\":\"1\"}}}");
        JsonElement who = Check.Result(session.Ask(Session.Legacy("2", "tools/call", "\"name\":\"who\"")), "2").GetProperty("structuredContent");
        Assert.Equal(new string('a', 127) + "/", who.GetProperty("client").GetString());
    }

    private static void AssertModern(JsonElement result)
    {
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        JsonElement info = result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo");
        Assert.Equal("fixture", info.GetProperty("name").GetString());
        Assert.Equal("The \"Fixture\"", info.GetProperty("title").GetString());
        Assert.Equal("1.2.3", info.GetProperty("version").GetString());
    }

    private static void AssertCached(JsonElement result)
    {
        Assert.Equal(60_000, result.GetProperty("ttlMs").GetInt32());
        Assert.Equal("private", result.GetProperty("cacheScope").GetString());
    }
}
