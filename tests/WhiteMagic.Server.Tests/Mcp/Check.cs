using System.Text.Json;

namespace WhiteMagic.Server.Tests.Mcp;

/// <summary>What tests ask of an answer.</summary>
internal static class Check
{
    /// <summary>Asserts an error with this code and this raw id, and returns its object.</summary>
    public static JsonElement Error(JsonElement answer, int code, string id)
    {
        Assert.Equal("2.0", answer.GetProperty("jsonrpc").GetString());
        Assert.Equal(id, answer.GetProperty("id").GetRawText());
        Assert.False(answer.TryGetProperty("result", out _));
        JsonElement error = answer.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.NotEqual("", error.GetProperty("message").GetString());
        return error;
    }

    /// <summary>Asserts a result with this raw id, and returns it.</summary>
    public static JsonElement Result(JsonElement answer, string id)
    {
        Assert.Equal("2.0", answer.GetProperty("jsonrpc").GetString());
        Assert.Equal(id, answer.GetProperty("id").GetRawText());
        Assert.False(answer.TryGetProperty("error", out _));
        return answer.GetProperty("result");
    }

    public static string Message(JsonElement error) => error.GetProperty("message").GetString()!;
}
