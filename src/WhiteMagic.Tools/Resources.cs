using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools;

/// <summary>What can be read by URI: three pages of orientation, and every memory.</summary>
internal sealed class Resources(Workplace workplace, Catalog catalog, Dispatcher dispatcher)
{
    private const string Orientation = "whitemagic://orientation/";
    private const string MemoryScheme = "memory://";
    private const string OffsetQuery = "?offset_bytes=";

    private static readonly (string Name, string Help)[] _pages =
    [
        ("quickstart", "How to work with this memory"),
        ("tools", "Every tool and what it does"),
        ("governance", "What is recorded and what is refused"),
    ];

    internal static void WriteList(Utf8JsonWriter json)
    {
        foreach ((string name, string help) in _pages)
        {
            json.WriteStartObject();
            json.WriteString("uri", Orientation + name);
            json.WriteString("name", name);
            json.WriteString("description", help);
            json.WriteString("mimeType", "text/markdown");
            json.WriteEndObject();
        }
    }

    internal static void WriteTemplates(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("uriTemplate", MemoryScheme + "{galaxy}/{memory_id}");
        json.WriteString("name", "memory");
        json.WriteString("description", "One memory; content beyond 256 KiB goes on at ?offset_bytes= with the number in next_offset");
        json.WriteString("mimeType", "application/json");
        json.WriteEndObject();
    }

    internal bool Read(string uri, Caller caller, Utf8JsonWriter json, out string? failure)
    {
        failure = null;
        if (uri.StartsWith(Orientation, StringComparison.Ordinal))
        {
            string? page = PageOf(uri[Orientation.Length..]);
            if (page is not null)
            {
                WriteContents(json, uri, "text/markdown", page);
            }

            return page is not null;
        }

        return uri.StartsWith(MemoryScheme, StringComparison.Ordinal) && ReadMemory(uri, caller, json, out failure);
    }

    // Through the dispatcher like every call: ruled upon, counted, in the ledger.
    private bool ReadMemory(string uri, Caller caller, Utf8JsonWriter json, out string? failure)
    {
        failure = null;
        string rest = uri[MemoryScheme.Length..];
        int query = rest.IndexOf(OffsetQuery, StringComparison.Ordinal);
        long offset = 0;
        if (query >= 0 && !long.TryParse(rest.AsSpan(query + OffsetQuery.Length), NumberStyles.None, CultureInfo.InvariantCulture, out offset))
        {
            return false;
        }

        string[] parts = (query < 0 ? rest : rest[..query]).Split('/');
        if (parts.Length != 2 || !GalaxyName.IsValid(parts[0]) || !MemoryId.TryParse(parts[1], out MemoryId id) || catalog.Find("read_memory") is not { } tool)
        {
            return false;
        }

        using JsonDocument arguments = JsonDocument.Parse(
            string.Create(CultureInfo.InvariantCulture, $$"""{"memory_id":"{{id}}","galaxy":"{{parts[0]}}","offset_bytes":{{offset}}}"""));
        var answer = new ToolAnswer();
        dispatcher.Call(tool.Name, arguments.RootElement, caller, answer);
        if (answer.IsError)
        {
            failure = FailureOf(answer);
            return false;
        }

        WriteContents(json, uri, "application/json", Encoding.UTF8.GetString(answer.Written));
        return true;
    }

    // A store that cannot be read is not a memory that does not exist.
    private static string? FailureOf(ToolAnswer answer)
    {
        using JsonDocument failure = JsonDocument.Parse(answer.Written.ToArray());
        string? code = failure.RootElement.GetProperty("error_code"u8).GetString();
        return code is Memory.ErrorCode.NotFound or Memory.ErrorCode.InvalidParams ? null : $"{code}: {failure.RootElement.GetProperty("message"u8).GetString()}";
    }

    private string? PageOf(string name) => name switch
    {
        "quickstart" => Orientations.Quickstart,
        "tools" => ToolsPage(),
        "governance" => Orientations.Governance(workplace.Facts.ReadOnly),
        _ => null,
    };

    private string ToolsPage()
    {
        var page = new StringBuilder("# Tools\n\n");
        foreach (Tool tool in catalog.Tools)
        {
            page.Append("- `").Append(tool.Name).Append("`: ").Append(tool.Help).Append('\n');
        }

        return page.ToString();
    }

    private static void WriteContents(Utf8JsonWriter json, string uri, string mimeType, string text)
    {
        json.WriteStartObject();
        json.WriteString("uri", uri);
        json.WriteString("mimeType", mimeType);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
