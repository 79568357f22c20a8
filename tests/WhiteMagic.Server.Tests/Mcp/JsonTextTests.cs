using System.Text.Json;
using WhiteMagic.Mcp;

namespace WhiteMagic.Server.Tests.Mcp;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\nb\"", "a\nb")]
    [InlineData("\"\\ud83e\\udde0\"", "🧠")]
    [InlineData("\"\\\\ud800\"", "\\ud800")]
    public void TryGetString_ValidUnicode_IsTheText(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);
        Assert.True(JsonText.TryGetString(document.RootElement, out string text));
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00 x\"")]
    [InlineData("\"\\ud800\\u0041\"")]
    [InlineData("\"\\ud800\\ud800\\udc00\"")]
    [InlineData("5")]
    [InlineData("null")]
    public void TryGetString_NoText_IsFalse(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.False(JsonText.TryGetString(document.RootElement, out string text));
        Assert.Equal("", text);
    }

    [Fact]
    public void TryGetString_Undefined_IsFalse() => Assert.False(JsonText.TryGetString(default, out _));

    [Theory]
    [InlineData("\\ud800", true)]
    [InlineData("\\udc00", true)]
    [InlineData("a\\ud83e\\udde0b", false)]
    [InlineData("a\\ud83e", true)]
    [InlineData("\\\\ud800", false)]
    [InlineData("\\ud800\\n", true)]
    [InlineData("\\uD83E\\uDDE0\\uD83E", true)]
    [InlineData("\\n\\\"", false)]
    [InlineData("", false)]
    public void MemberName_WithUnpairedSurrogate_IsRefused(string name, bool isRefused)
    {
        using Session session = Session.StartLegacy();
        JsonElement answer = session.Ask(Session.Legacy("1", "tools/call", "\"name\":\"echo\",\"arguments\":{\"" + name + "\":1}"));
        if (isRefused)
        {
            Check.Error(answer, -32602, "1");
        }
        else
        {
            Check.Result(answer, "1");
        }
    }
}
