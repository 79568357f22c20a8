using System.Buffers;
using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>
/// The answer to one tool call: a JSON object written member by member. It is sent twice in one result, as <c>structuredContent</c>
/// and as compact JSON text, so an answer of N bytes takes up to 3 N bytes of the line (a quote or backslash doubles in the text).
/// </summary>
public sealed class ToolAnswer
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public ToolAnswer()
    {
        Json = new Utf8JsonWriter(_buffer, Wire.JsonOptions);
    }

    /// <summary>Where the one object of the answer is written; the tool opens and closes it.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Whether the call failed: the object then describes the failure.</summary>
    public bool IsError { get; set; }

    /// <summary>Bytes written so far.</summary>
    public long WrittenBytes => Json.BytesCommitted + Json.BytesPending;

    /// <summary>Drops what was written, so that a failure can be written instead.</summary>
    public void Restart()
    {
        _buffer.ResetWrittenCount();
        Json.Reset(_buffer);
        IsError = false;
    }

    /// <summary>Memory held; a long answer leaves much behind.</summary>
    internal int Capacity => _buffer.Capacity;

    /// <summary>The object, as far as it is written.</summary>
    public System.ReadOnlySpan<byte> Written
    {
        get
        {
            Json.Flush();
            return _buffer.WrittenSpan;
        }
    }
}
