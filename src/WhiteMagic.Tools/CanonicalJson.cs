using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhiteMagic.Memory;

namespace WhiteMagic.Tools;

/// <summary>
/// The one form of a JSON value that the ledger hashes: members sorted by name (UTF-16 order), no white space, strings with only the
/// escapes that JSON demands, numbers as they were written.
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
                var members = new List<JsonProperty>();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    members.Add(member);
                }

                members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
                json.WriteStartObject();
                foreach (JsonProperty member in members)
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
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
