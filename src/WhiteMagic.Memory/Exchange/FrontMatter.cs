using System;
using System.Collections.Generic;
using System.Text;

namespace WhiteMagic.Memory.Exchange;

/// <summary>
/// The lines between two <c>---</c> at the top of a note. Only <c>title</c>, <c>tags</c> and <c>date</c> are understood; it is no YAML, and the rest is kept as text.
/// </summary>
internal sealed class FrontMatter
{
    private const int MaxLineCount = 200;

    private readonly StringBuilder _rest = new();

    private FrontMatter()
    {
    }

    public string? Title { get; private set; }

    public List<string> Tags { get; } = [];

    public long? DateMs { get; private set; }

    /// <summary>The lines that were not understood; empty when all were.</summary>
    public string Rest => _rest.ToString().TrimEnd('\n');

    public static bool IsFence(string line) => line.AsSpan().TrimEnd() is "---";

    /// <summary>Whether the front matter can go on with this line; false shows that the first line was a rule and no fence.</summary>
    public static bool Admits(string line, int lineCount) =>
        lineCount < MaxLineCount && (string.IsNullOrWhiteSpace(line) || line[0] is '#' or ' ' or '\t' or '-' || line.AsSpan().IndexOf(':') > 0);

    public static FrontMatter Parse(IReadOnlyList<string> lines)
    {
        var matter = new FrontMatter();
        bool inTags = false;
        foreach (string raw in lines)
        {
            string line = raw.TrimEnd();
            string item = line.TrimStart();
            if (inTags && item.StartsWith("- ", StringComparison.Ordinal))
            {
                matter.AddTag(item[2..]);
                continue;
            }

            int colon = line.IndexOf(':');
            string value = colon < 0 ? "" : line[(colon + 1)..].Trim();
            inTags = false;
            switch (colon < 0 ? "" : line[..colon].ToLowerInvariant())
            {
                case "title" when value.Length > 0:
                    matter.Title = Unquoted(value);
                    break;
                case "tags":
                    inTags = value.Length == 0;
                    matter.AddTags(value);
                    break;
                case "date" when Instant.TryParse(Unquoted(value), out long ms):
                    matter.DateMs = ms;
                    break;
                default:
                    matter._rest.Append(line).Append(line.Length > 0 || matter._rest.Length > 0 ? "\n" : "");
                    break;
            }
        }

        return matter;
    }

    private void AddTags(string value)
    {
        string list = value.StartsWith('[') && value.EndsWith(']') ? value[1..^1] : value;
        foreach (Range range in list.AsSpan().Split(','))
        {
            AddTag(list[range]);
        }
    }

    private void AddTag(string value)
    {
        string tag = Unquoted(value.Trim()).TrimStart('#').Trim();
        if (tag.Length > 0)
        {
            Tags.Add(tag);
        }
    }

    private static string Unquoted(string value) =>
        value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
