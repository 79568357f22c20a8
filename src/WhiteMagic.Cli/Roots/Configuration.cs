using System;
using System.Globalization;
using System.IO;
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

        """;

    internal bool FullDurability { get; private init; } = true;

    internal int BusyTimeoutMs { get; private init; } = DefaultMs;

    internal int QueryTimeoutMs { get; private init; } = DefaultMs;

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

        var fields = new YamlFields(YamlReader.Parse(utf8, FileName), "durability", "busy_timeout_ms", "query_timeout_ms");
        return new Configuration
        {
            FullDurability = fields.Choice("durability", "full", "full", "normal") == "full",
            BusyTimeoutMs = (int)fields.WholeNumber("busy_timeout_ms", DefaultMs, LeastMs, MostMs),
            QueryTimeoutMs = (int)fields.WholeNumber("query_timeout_ms", DefaultMs, LeastMs, MostMs),
        };
    }

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
