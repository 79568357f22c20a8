using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhiteMagic.Sqlite.Legacy;

/// <summary>Metadata that grows: what the row had, then what our model has no field for. A name that is taken gets the prefix <c>legacy_</c>.</summary>
internal sealed class LegacyMetadata : IDisposable
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Utf8JsonWriter _json;

    internal LegacyMetadata()
    {
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        _json.WriteStartObject();
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Takes over the members of an object; a text that is none is kept whole as <c>legacy_metadata</c>.</summary>
    internal void Merge(string text)
    {
        if (!TryMerge(text))
        {
            Put("legacy_metadata", text);
        }
    }

    /// <summary>Adds a member whose value is a text.</summary>
    internal void Put(string name, string text)
    {
        _json.WritePropertyName(Free(name));
        _json.WriteStringValue(text);
    }

    /// <summary>Adds a member whose value is JSON.</summary>
    internal void PutJson(string name, ReadOnlySpan<byte> json)
    {
        _json.WritePropertyName(Free(name));
        _json.WriteRawValue(json, skipInputValidation: true);
    }

    /// <summary>The object as text.</summary>
    internal string Finish()
    {
        _json.WriteEndObject();
        _json.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    private bool TryMerge(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            var names = new HashSet<string>(StringComparer.Ordinal);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            DemandUnicode(document.RootElement);
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                if (!names.Add(member.Name))
                {
                    return false;
                }
            }

            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                PutJson(member.Name, Encoding.UTF8.GetBytes(member.Value.GetRawText()));
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // Half of a surrogate pair is valid JSON, and no text: asking for the text throws.
    private static void DemandUnicode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    DemandUnicode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    _ = member.Name;
                    DemandUnicode(member.Value);
                }

                break;
        }
    }

    private string Free(string name)
    {
        while (!_names.Add(name))
        {
            name = "legacy_" + name;
        }

        return name;
    }
}
