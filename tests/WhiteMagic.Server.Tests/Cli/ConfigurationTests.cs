using System.IO;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("durability: sometimes\n", "config.yaml:1:13: \"durability\" is the text \"sometimes\", but must be one of full, normal")]
    [InlineData("busy_timeout_ms: 50\n", "config.yaml:1:18: \"busy_timeout_ms\" is the number 50, but must be a whole number from 100 to 600000")]
    [InlineData("# fine\nbusy_timeout: 500\n", "config.yaml:2:1: unknown field \"busy_timeout\"; allowed: durability, busy_timeout_ms, query_timeout_ms, rate_limits, circuit_breaker")]
    [InlineData("\tdurability: full\n", "config.yaml:1:1: ")]
    public void File_WithAnError_LeavesTheDefaultsAndIsReportedEverywhere(string text, string problem)
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Root);
        File.WriteAllText(Path.Combine(shell.Root, "config.yaml"), text);
        shell.Ok("remember", "Tea is hot");
        Assert.Contains("wm: " + problem, shell.Error);
        Assert.Contains("; the defaults are in force", shell.Error);

        shell.Ok("status", "--json");
        Assert.StartsWith(problem, shell.Json.GetProperty("configuration_problem").GetString());
        Assert.Equal("full", shell.Json.GetProperty("storage").GetProperty("durability").GetString());
        Assert.Contains(problem, shell.Json.GetProperty("alerts")[0].GetString());

        Assert.Equal(1, shell.Run("doctor", "--json"));
        Assert.Equal("fail", Check(shell.Json, "config.yaml").GetProperty("level").GetString());
        shell.Ok("call", "gnosis", "--json");
        Assert.Equal("attention", shell.Json.GetProperty("status").GetString());
    }

    [Fact]
    public void File_WithValues_IsObeyed()
    {
        using var shell = new Shell();
        shell.Ok("init");
        File.WriteAllText(Path.Combine(shell.Root, "config.yaml"), "durability: normal\nbusy_timeout_ms: 100\nquery_timeout_ms: 600000\n");
        shell.Ok("doctor", "--json");
        Assert.Equal("durability normal, busy_timeout_ms 100, query_timeout_ms 600000", Check(shell.Json, "config.yaml").GetProperty("text").GetString());
        shell.Ok("status");
        Assert.Contains("durability   normal", shell.Out);
    }

    [Fact]
    public void Template_WithItsCommentsTakenAway_IsAValidFileThatSaysTheDefaults()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string path = Path.Combine(shell.Root, "config.yaml");
        string template = File.ReadAllText(path);
        shell.Ok("doctor", "--json");
        string defaults = Check(shell.Json, "config.yaml").GetProperty("text").GetString()!;
        string plain = template.Replace("# durability:", "durability:").Replace("# busy_timeout_ms:", "busy_timeout_ms:").Replace("# query_timeout_ms:", "query_timeout_ms:");
        Assert.NotEqual(template, plain);
        File.WriteAllText(path, plain);
        shell.Ok("doctor", "--json");
        Assert.Equal(defaults, Check(shell.Json, "config.yaml").GetProperty("text").GetString());
        Assert.Equal("", shell.Error);
    }

    internal static JsonElement Check(JsonElement report, string check, string? galaxy = null)
    {
        foreach (JsonElement one in report.GetProperty("checks").EnumerateArray())
        {
            if (one.GetProperty("check").GetString() == check && (galaxy is null || (one.TryGetProperty("galaxy", out JsonElement named) && named.GetString() == galaxy)))
            {
                return one;
            }
        }

        throw new System.InvalidOperationException("no check " + check);
    }
}
