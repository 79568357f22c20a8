using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhiteMagic.Memory;

namespace WhiteMagic.Tools;

/// <summary>
/// The one form of a JSON value that the ledger hashes: members sorted by name (UTF-16 order), no white space, strings with only the
/// escapes that JSON demands (and characters beyond U+FFFF as a pair of escapes, as the framework's writer has them), numbers as they were written.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>Returns the canonical UTF-8 of a value; <c>{}</c> for none.</summary>
    /// <exception cref="FailureException">A string is not Unicode.</exception>
    internal static ReadOnlyMemory<byte> Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return "{}"u8.ToArray();
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            try
            {
                Write(json, value);
            }
            catch (InvalidOperationException)
            {
                throw FailureException.Invalid("a string in the arguments holds half of a surrogate pair; send whole Unicode characters");
            }
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                // Each name is fetched once: a property makes a new string of it at every look.
                var names = new List<string>();
                var values = new List<JsonElement>();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    names.Add(member.Name);
                    values.Add(member.Value);
                }

                string[] sorted = names.ToArray();
                JsonElement[] ordered = values.ToArray();
                Array.Sort(sorted, ordered, StringComparer.Ordinal);
                json.WriteStartObject();
                for (int i = 0; i < sorted.Length; i++)
                {
                    json.WritePropertyName(sorted[i]);
                    Write(json, ordered[i]);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(value.GetString());
                break;
            default:
                json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
        }
    }
}
