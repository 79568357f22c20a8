using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using WhiteMagic.Mcp;

namespace WhiteMagic.Cli.Verbs;

/// <summary>What MCP clients want to be told about this server, in the form of each.</summary>
internal static class ClientConfiguration
{
    /// <summary>A JSON file with one server under the name that the client wants.</summary>
    internal static string Servers(string member, string program, string root, bool withType)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = Wire.JsonOptions.Encoder }))
        {
            json.WriteStartObject();
            json.WriteStartObject(member);
            json.WriteStartObject("whitemagic");
            if (withType)
            {
                json.WriteString("type", "stdio");
            }

            json.WriteString("command", program);
            json.WriteStartArray("args");
            json.WriteStringValue("serve");
            json.WriteStringValue("--state-root");
            json.WriteStringValue(root);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A section of a TOML file.</summary>
    internal static string Toml(string program, string root) =>
        "[mcp_servers.whitemagic]\ncommand = " + TomlText(program) + "\nargs = [\"serve\", \"--state-root\", " + TomlText(root) + "]";

    /// <summary>A word as a POSIX shell takes it literally.</summary>
    internal static string ShellQuoted(string word)
    {
        foreach (char c in word)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('/' or '.' or '-' or '_' or '+' or ':'))
            {
                return "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
            }
        }

        return word;
    }

    private static string TomlText(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
