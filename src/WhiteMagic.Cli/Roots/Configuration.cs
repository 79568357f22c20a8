using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Tools;
using WhiteMagic.Yaml;

namespace WhiteMagic.Cli.Roots;

/// <summary>What <c>config.yaml</c> says; a file with an error changes nothing, and the safe defaults stay in force.</summary>
internal sealed class Configuration
{
    internal const string FileName = "config.yaml";

    private const int LeastMs = 100;
    private const int MostMs = 600_000;
    private const int DefaultMs = 30_000;

    /// <summary>What <c>wm init</c> writes: every setting with its default, as comments.</summary>
    internal const string Template =
        """
        # Settings of this state root. A line takes effect when its "# " is removed and wm is started again.
        # A file with an error changes nothing: the defaults stay in force, and `wm doctor` says what is wrong.

        # full: an acknowledged memory survives power loss. normal: only a crash of the process; faster.
        # durability: full

        # How long a call waits for another process that writes, in milliseconds (100 to 600000).
        # busy_timeout_ms: 30000

        # How long one query may run, in milliseconds (100 to 600000).
        # query_timeout_ms: 30000

        # How many calls a minute are admitted, for all processes on this root together (1 to 1000000). Recalls have an overall budget of their own.
        # rate_limits:
        #   overall: 600000
        #   per_tool: 600000
        #   tools: {}
        #   http_overall: 300
        #   http_per_tool: 60
        #   http_burst: 10

        # A tool that fails so many times within window_seconds is not called for open_seconds (failures 1 to 1000, seconds 1 to 3600).
        # circuit_breaker:
        #   failures: 5
        #   window_seconds: 60
        #   open_seconds: 30

        """;

    internal bool FullDurability { get; private init; } = true;

    internal int BusyTimeoutMs { get; private init; } = DefaultMs;

    internal int QueryTimeoutMs { get; private init; } = DefaultMs;

    internal RateLimits Rates { get; private init; } = new();

    internal BreakerSettings Breaker { get; private init; } = new();

    /// <summary>What is wrong with the file, with its place; empty when nothing is.</summary>
    internal string Problem { get; private init; } = "";

    /// <summary>Reads the file of a root; without one the defaults hold.</summary>
    internal static Configuration Read(string root)
    {
        string path = Path.Combine(root, FileName);
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? new Configuration()
                : file.Length > YamlReader.MaxBytes ? new Configuration { Problem = FileName + ": it is longer than 1 MiB" }
                : Parse(File.ReadAllBytes(path));
        }
        catch (YamlException e)
        {
            return new Configuration { Problem = e.Message };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Configuration { Problem = string.Create(CultureInfo.InvariantCulture, $"{FileName}: it cannot be read (system error {e.HResult & 0xffff})") };
        }
    }

    private static Configuration Parse(ReadOnlySpan<byte> utf8)
    {
        if (HasOnlyComments(utf8))
        {
            return new Configuration();
        }

        var fields = new YamlFields(YamlReader.Parse(utf8, FileName), "durability", "busy_timeout_ms", "query_timeout_ms", "rate_limits", "circuit_breaker");
        return new Configuration
        {
            FullDurability = fields.Choice("durability", "full", "full", "normal") == "full",
            BusyTimeoutMs = (int)fields.WholeNumber("busy_timeout_ms", DefaultMs, LeastMs, MostMs),
            QueryTimeoutMs = (int)fields.WholeNumber("query_timeout_ms", DefaultMs, LeastMs, MostMs),
            Rates = ReadRates(fields.Section("rate_limits", "overall", "per_tool", "tools", "http_overall", "http_per_tool", "http_burst")),
            Breaker = ReadBreaker(fields.Section("circuit_breaker", "failures", "window_seconds", "open_seconds")),
        };
    }

    private static RateLimits ReadRates(YamlFields fields)
    {
        var usual = new RateLimits();
        return new RateLimits
        {
            Overall = Limit(fields, "overall", usual.Overall),
            PerTool = Limit(fields, "per_tool", usual.PerTool),
            Tools = ReadTools(fields.Find("tools")),
            HttpOverall = Limit(fields, "http_overall", usual.HttpOverall),
            HttpPerTool = Limit(fields, "http_per_tool", usual.HttpPerTool),
            HttpBurst = (int)fields.WholeNumber("http_burst", usual.HttpBurst, 0, RateLimits.Most),
        };
    }

    private static List<ToolLimit> ReadTools(YamlNode? node)
    {
        var limits = new List<ToolLimit>();
        if (node is null or YamlScalar { IsNull: true })
        {
            return limits;
        }

        if (node is not YamlMap map)
        {
            throw node.Error("\"tools\" is " + node.Describe() + ", but must be a map from tools to limits, such as {create_memory: 100}");
        }

        var catalog = new Catalog(coreOnly: false);
        for (int i = 0; i < map.Count; i++)
        {
            if (catalog.Find(map[i].Key) is not { } tool)
            {
                throw new YamlException(node.File, map[i].Line, map[i].Column, "there is no tool \"" + map[i].Key + "\"; wm call --list names all");
            }

            limits.Add(map[i].Value is YamlScalar scalar && scalar.TryGetLong(out long limit) && limit is > 0 and <= RateLimits.Most ? new ToolLimit(tool.Name, (int)limit)
                : throw map[i].Value.Error("the limit of a tool is a whole number from 1 to 1000000, but this is " + map[i].Value.Describe()));
        }

        return limits;
    }

    private static BreakerSettings ReadBreaker(YamlFields fields)
    {
        const int MostFailures = 1000;
        const int MostSeconds = 3600;
        const int MsOfSecond = 1000;
        var usual = new BreakerSettings();
        return new BreakerSettings
        {
            Failures = (int)fields.WholeNumber("failures", usual.Failures, 1, MostFailures),
            WindowMs = (int)fields.WholeNumber("window_seconds", usual.WindowMs / MsOfSecond, 1, MostSeconds) * MsOfSecond,
            OpenMs = (int)fields.WholeNumber("open_seconds", usual.OpenMs / MsOfSecond, 1, MostSeconds) * MsOfSecond,
        };
    }

    private static int Limit(YamlFields fields, string name, int usual) => (int)fields.WholeNumber(name, usual, 1, RateLimits.Most);

    // The usual file is the template; it says nothing, and the start of a server need not wait for a parser to find that out.
    private static bool HasOnlyComments(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            int end = utf8.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? utf8 : utf8[..end];
            if (line.Length > 0 && line[0] != '#' && !line.SequenceEqual("\r"u8))
            {
                return false;
            }

            utf8 = end < 0 ? [] : utf8[(end + 1)..];
        }

        return true;
    }
}
