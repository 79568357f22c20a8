using System;
using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>Puts responses into a line: the frame as bytes, what varies through a JSON writer.</summary>
#pragma warning disable CA1001 // The writer holds no memory of its own: its bytes are in the line.
internal sealed class AnswerWriter
#pragma warning restore CA1001
{
    private readonly LineBuffer _line;
    private readonly Utf8JsonWriter _json;
    private readonly byte[] _serverInfo;

    public AnswerWriter(LineBuffer line, ServerIdentity identity)
    {
        _line = line;
        _json = new Utf8JsonWriter(line, Wire.JsonOptions);
        _serverInfo = Describe(identity);
    }

    /// <summary>Opens a result and its object.</summary>
    public void OpenResult(ReadOnlySpan<byte> id)
    {
        OpenMessage(id);
        _line.Write(",\"result\":{"u8);
    }

    /// <summary>Closes the object of a result that has members, with what its era demands.</summary>
    public void CloseResult(Era era)
    {
        if (era.IsModern)
        {
            _line.Write(",\"resultType\":\"complete\",\"_meta\":{\"io.modelcontextprotocol/serverInfo\":"u8);
            _line.Write(_serverInfo);
            _line.Write("}"u8);
        }

        _line.Write("}}"u8);
    }

    /// <summary>Closes the object of a result that has no members, which only the legacy era knows.</summary>
    public void CloseEmptyResult() => _line.Write("}}"u8);

    /// <summary>Adds for how many milliseconds a client may keep the result, which is meant for this client alone.</summary>
    public void WriteCaching(Era era, ReadOnlySpan<byte> ttlMs)
    {
        if (era.IsModern)
        {
            _line.Write(",\"ttlMs\":"u8);
            _line.Write(ttlMs);
            _line.Write(",\"cacheScope\":\"private\""u8);
        }
    }

    public void Write(ReadOnlySpan<byte> raw) => _line.Write(raw);

    public void WriteServerInfo() => _line.Write(_serverInfo);

    /// <summary>Adds one member, the value escaped.</summary>
    public void WriteMember(ReadOnlySpan<byte> name, string value)
    {
        Utf8JsonWriter json = Begin();
        json.WriteString(name, value);
        End();
    }

    /// <summary>A writer at the current place; nothing else may be written until <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin()
    {
        _json.Reset();
        return _json;
    }

    public void End() => _json.Flush();

    /// <summary>Writes the result of a tool call: the answer as an object and as the text of that object.</summary>
    public void WriteToolResult(ReadOnlySpan<byte> id, Era era, ReadOnlySpan<byte> answer, bool isError)
    {
        OpenResult(id);
        _line.Write("\"content\":[{\"type\":\"text\",\"text\":\""u8);
        _line.WriteAsString(answer);

        // A failure is text only: clients check structuredContent against the tool's output schema even when isError is set.
        if (isError)
        {
            _line.Write("\"}],\"isError\":true"u8);
        }
        else
        {
            _line.Write("\"}],\"structuredContent\":"u8);
            _line.Write(answer);
        }

        CloseResult(era);
    }

    /// <summary>Writes an error; an empty id stands for null.</summary>
    public void WriteError(ReadOnlySpan<byte> id, Problem problem)
    {
        OpenMessage(id);
        _line.Write(",\"error\":{"u8);
        Utf8JsonWriter json = Begin();
        json.WriteNumber("code"u8, problem.Code);
        json.WriteString("message"u8, problem.Message);
        if (problem.Supported is string supported)
        {
            json.WriteStartObject("data"u8);
            json.WritePropertyName("supported"u8);
            json.WriteRawValue(supported, skipInputValidation: true);
            json.WriteString("requested"u8, problem.Subject);
            json.WriteEndObject();
        }
        else if (problem.Subject is string uri)
        {
            json.WriteStartObject("data"u8);
            json.WriteString("uri"u8, uri);
            json.WriteEndObject();
        }

        End();
        _line.Write("}}"u8);
    }

    private void OpenMessage(ReadOnlySpan<byte> id)
    {
        // What an exception left in the writer must not reach the line.
        _json.Reset();
        _line.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        _line.Write(id.IsEmpty ? "null"u8 : id);
    }

    private static byte[] Describe(ServerIdentity identity)
    {
        var line = new LineBuffer();
        using (var json = new Utf8JsonWriter(line, Wire.JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, identity.Name);
            json.WriteString("title"u8, identity.Title);
            json.WriteString("version"u8, identity.Version);
            json.WriteEndObject();
        }

        return line.Written.ToArray();
    }
}
