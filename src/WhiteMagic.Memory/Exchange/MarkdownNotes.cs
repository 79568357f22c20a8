using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace WhiteMagic.Memory.Exchange;

/// <summary>
/// Memories as a Markdown document. Each is a section of level 2: the title, a list of its fields, an empty line, and the content as it is.
/// A content line that begins with <c>##</c> and a blank, or with backslashes before that, gets one backslash more; the reader takes it off.
/// </summary>
public static class MarkdownNotes
{
    internal const string ExportTitle = "WhiteMagic memories";
    internal const string Untitled = "(untitled)";

    /// <summary>Makes the writer that <see cref="Write"/> takes, and writes the heading of the document.</summary>
    public static StreamWriter OpenWriter(Stream stream)
    {
        var text = new StreamWriter(stream, new UTF8Encoding(false), 64 << 10, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("# " + ExportTitle);
        return text;
    }

    /// <summary>Writes a memory as a section.</summary>
    public static void Write(StreamWriter text, MemoryRecord memory)
    {
        text.WriteLine();
        text.WriteLine("## " + (memory.Title.Length == 0 ? Untitled : Plain(memory.Title)));
        text.WriteLine();
        WriteField(text, "memory_id", memory.Id.ToString());
        WriteField(text, "tags", TagList(memory));
        WriteField(text, "memory_type", MemoryTypes.NameOf(memory.Type));
        WriteField(text, "importance", memory.Importance.ToString(CultureInfo.InvariantCulture));
        WriteField(text, "created_at", Instant.Format(memory.CreatedAtMs));
        WriteField(text, "updated_at", Instant.Format(memory.UpdatedAtMs));
        WriteField(text, "event_time", Instant.Format(memory.EventTimeMs));
        WriteField(text, "session_id", Plain(memory.SessionId));
        WriteField(text, "speaker", Plain(memory.Speaker));
        WriteField(text, "source", Plain(memory.Source));
        WriteField(text, "metadata", memory.Metadata is { } metadata ? MemoryJson.OneLine(metadata) : null);
        WriteField(text, "version", memory.Version.ToString(CultureInfo.InvariantCulture));
        WriteField(text, "superseded_by", memory.SupersededBy?.ToString());
        WriteField(text, "deleted_at", memory.DeletedAtMs is { } deleted ? Instant.Format(deleted) : null);
        text.WriteLine();
        WriteContent(text, memory.Content);
    }

    /// <summary>Reads a document: our own export, or notes of any kind; each section becomes a memory or fails with the line of its heading.</summary>
    /// <param name="stream">The document.</param>
    /// <param name="source">Name of the file, which becomes the source of notes that name none; null when there is no file.</param>
    /// <param name="take">Receives each memory.</param>
    /// <param name="fail">Receives each section that cannot be taken.</param>
    public static void Read(Stream stream, string? source, Action<MemoryDraft, long> take, Action<ImportIssue> fail) =>
        new MarkdownReader(source, take, fail).Read(stream);

    /// <summary>Whether a line begins a section; <paramref name="escapes"/> counts the backslashes before it, which make it content.</summary>
    internal static bool IsSectionHeading(ReadOnlySpan<char> line, out int escapes)
    {
        escapes = line.IndexOfAnyExcept('\\');
        if (escapes < 0)
        {
            return false;
        }

        ReadOnlySpan<char> rest = line[escapes..];
        return rest.StartsWith("##") && (rest.Length == 2 || rest[2] is ' ' or '\t' or '\r');
    }

    private static void WriteContent(StreamWriter text, string content)
    {
        ReadOnlySpan<char> rest = content;
        while (true)
        {
            int newline = rest.IndexOf('\n');
            ReadOnlySpan<char> line = newline < 0 ? rest : rest[..newline];
            if (IsSectionHeading(line, out _))
            {
                text.Write('\\');
            }

            text.Write(line);
            text.Write('\n');
            if (newline < 0)
            {
                return;
            }

            rest = rest[(newline + 1)..];
        }
    }

    private static void WriteField(StreamWriter text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Write("- ");
            text.Write(name);
            text.Write(": ");
            text.WriteLine(value);
        }
    }

    // A value that has control characters, or could be taken for a JSON string, is written as one.
    private static string Plain(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        bool needsQuotes = value[0] == '"' || value == Untitled;
        foreach (char c in value)
        {
            needsQuotes |= char.IsControl(c);
        }

        return needsQuotes ? JsonText.Quote(value) : value;
    }

    private static string TagList(MemoryRecord memory)
    {
        bool needsJson = false;
        foreach (string tag in memory.Tags)
        {
            needsJson |= tag.Contains(',') || tag[0] is '[' or '"';
        }

        if (!needsJson)
        {
            return string.Join(", ", memory.Tags);
        }

        var list = new StringBuilder("[");
        foreach (string tag in memory.Tags)
        {
            list.Append(list.Length > 1 ? "," : "").Append(JsonText.Quote(tag));
        }

        return list.Append(']').ToString();
    }
}
