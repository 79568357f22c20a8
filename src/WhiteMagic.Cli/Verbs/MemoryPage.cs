using System.Globalization;
using System.IO;
using System.Text.Json;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Shows memories, as tools give them, to people.</summary>
internal static class MemoryPage
{
    private const int TitleChars = 90;
    private const int DateChars = 10;

    /// <summary>Writes the heading of a listed or found memory: its title or first words, then its id and fields.</summary>
    internal static void WriteHeading(TextWriter page, JsonElement memory, bool colours)
    {
        string title = TextOf(memory, "title");
        string body = TextOf(memory, "snippet") is { Length: > 0 } snippet ? snippet : TextOf(memory, "content");
        page.WriteLine(Paint.Bold(colours, Printable.Cut(Printable.Line(title.Length > 0 ? title : body.Length > 0 ? body : "(no title)"), TitleChars)));
        var line = new System.Text.StringBuilder("  ").Append(TextOf(memory, "memory_id"));
        Append(line, "  ", Date(TextOf(memory, memory.TryGetProperty("event_time"u8, out _) ? "event_time" : "created_at")));
        Append(line, "  ", TextOf(memory, "memory_type"));
        Append(line, "  by ", TextOf(memory, "speaker"));
        Append(line, "  [", Tags(memory));
        line.Append(Tags(memory).Length > 0 ? "]" : "");
        Append(line, "  superseded by ", TextOf(memory, "superseded_by"));
        line.Append(memory.TryGetProperty("deleted_at"u8, out _) ? "  deleted" : "");
        page.WriteLine(Paint.Faint(colours, Printable.Line(line.ToString())));
    }

    /// <summary>Writes a text, each line set in.</summary>
    internal static void WriteBody(TextWriter page, string text)
    {
        foreach (string line in Printable.Text(text).Split('\n'))
        {
            page.WriteLine("  " + line);
        }
    }

    /// <summary>The text of a member; empty when there is none.</summary>
    internal static string TextOf(JsonElement memory, string name) =>
        memory.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A whole number with its noun.</summary>
    internal static string Count(long count, string one, string many) =>
        Text(count) + " " + (count == 1 ? one : many);

    /// <summary>Bytes in a unit that people read.</summary>
    internal static string Size(long bytes) => bytes switch
    {
        >= 10L << 30 => Text(bytes >> 30) + " GiB",
        >= 10L << 20 => Text(bytes >> 20) + " MiB",
        >= 10L << 10 => Text(bytes >> 10) + " KiB",
        _ => Text(bytes) + " bytes",
    };

    /// <summary>The tags, joined by commas.</summary>
    internal static string Tags(JsonElement memory)
    {
        if (!memory.TryGetProperty("tags"u8, out JsonElement tags))
        {
            return "";
        }

        var text = new System.Text.StringBuilder();
        foreach (JsonElement tag in tags.EnumerateArray())
        {
            text.Append(text.Length > 0 ? ", " : "").Append(tag.GetString());
        }

        return text.ToString();
    }

    /// <summary>A whole number.</summary>
    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Date(string time) => time.Length > DateChars ? time[..DateChars] : time;

    private static void Append(System.Text.StringBuilder line, string before, string text)
    {
        if (text.Length > 0)
        {
            line.Append(before).Append(text);
        }
    }
}
