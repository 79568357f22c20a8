using System.IO;
using System.Linq;
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

    [Theory]
    [InlineData("rate_limits: {overall: 0}\n", "config.yaml:1:24: \"overall\" is the number 0, but must be a whole number from 1 to 1000000")]
    [InlineData("rate_limits:\n  tools: {no_such: 5}\n", "config.yaml:2:11: there is no tool \"no_such\"")]
    [InlineData("rate_limits:\n  tools: {create_memory: many}\n", "config.yaml:2:26: the limit of a tool is a whole number from 1 to 1000000, but this is the text \"many\"")]
    [InlineData("rate_limits:\n  tools: [create_memory]\n", "config.yaml:2:10: \"tools\" is a list, but must be a map from tools to limits")]
    [InlineData("circuit_breaker: {failures: 0}\n", "config.yaml:1:29: \"failures\"")]
    [InlineData("circuit_breaker: {fails: 3}\n", "config.yaml:1:19: unknown field \"fails\"; allowed: failures, window_seconds, open_seconds")]
    public void Limits_WithAnError_AreNamed(string text, string problem)
    {
        using var shell = new Shell();
        shell.Ok("init");
        File.WriteAllText(Path.Combine(shell.Root, "config.yaml"), text);
        shell.Ok("remember", "Tea is hot");
        Assert.Contains("wm: " + problem, shell.Error);
    }

    [Fact]
    public void Limits_AreObeyed_ByOneCommandAfterTheOther()
    {
        using var shell = new Shell();
        shell.Ok("init");
        File.WriteAllText(Path.Combine(shell.Root, "config.yaml"), "rate_limits:\n  tools: {create_memory: 2}\n");
        shell.Remember("one");
        shell.Remember("two");
        Assert.Equal(1, shell.Run("remember", "three"));
        Assert.Contains("create_memory was called too often: 2 calls a minute of one tool are allowed here", shell.Error);
        shell.Ok("list");
        shell.Ok("call", "rate_limiter_stats", "--json");
        JsonElement tool = shell.Json.GetProperty("tools")[0];
        Assert.Equal(("create_memory", 2), (tool.GetProperty("name").GetString(), tool.GetProperty("per_minute").GetInt32()));
        Assert.InRange(tool.GetProperty("wait_ms").GetInt32(), 1, 63_000);
    }

    // The page, the template and the parser name the same settings and defaults.
    [Fact]
    public void Page_ListsEverySettingOfTheTemplate_AndTheTemplateIsRight()
    {
        string template = string.Join('\n', WhiteMagic.Cli.Roots.Configuration.Template.Split('\n').Where(l => System.Text.RegularExpressions.Regex.IsMatch(l, "^# {1,3}[a-z_]+:( [^ ]+)?$")).Select(l => l[2..]));
        string page = File.ReadAllText(Support.Repository.File("docs/configuration.md"));
        string section = "";
        int settings = 0;
        foreach (string line in template.Split('\n'))
        {
            string name = line.Trim()[..line.Trim().IndexOf(':')];
            string value = line[(line.IndexOf(':') + 1)..].Trim();
            section = line[0] != ' ' ? "" : section;
            if (value.Length == 0)
            {
                section = name + ".";
                continue;
            }

            settings++;
            Assert.Contains($"| `{section}{name}` | {value} |", page);
        }

        Assert.Equal(page.Split("\n| `").Length - 1, settings);
        using var shell = new Shell();
        shell.Ok("init");
        File.WriteAllText(Path.Combine(shell.Root, "config.yaml"), template);
        shell.Ok("list");
        Assert.Equal("", shell.Error);
    }
}
