using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhiteMagic.Governance.Detection;

/// <summary>Takes credentials out of texts and puts their kind in their place.</summary>
public static class SecretRedaction
{
    /// <summary>A text in which each secret is <c>[redacted:KIND]</c>; the same text when there is none.</summary>
    public static string Apply(string text) => Apply("", text);

    // What stands before a text, such as its name, tells what it is, and is not part of the result.
    private static string Apply(string before, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(before + text);
        int done = Encoding.UTF8.GetByteCount(before);
        var found = new List<Sighting>();
        SecretDetector.FindAll(utf8, found);
        if (found.Count == 0)
        {
            return text;
        }

        var rest = new StringBuilder();
        foreach (Sighting secret in found)
        {
            if (secret.Start < done)
            {
                continue;
            }

            rest.Append(Encoding.UTF8.GetString(utf8, done, secret.Start - done)).Append("[redacted:").Append(secret.Kind).Append(']');
            done = secret.Start + secret.Length;
        }

        return rest.Append(Encoding.UTF8.GetString(utf8, done, utf8.Length - done)).ToString();
    }

    /// <summary>Canonical JSON in which each secret in a string value, at any depth, is taken out.</summary>
    public static ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var buffer = new ArrayBufferWriter<byte>(json.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = int.MaxValue }))
        {
            string name = "";
            while (reader.Read())
            {
                Copy(ref reader, writer, ref name);
            }
        }

        return buffer.WrittenMemory;
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, ref string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.PropertyName:
                string given = reader.GetString()!;
                writer.WritePropertyName(given);
                name = reader.CurrentDepth > 1 ? given + ": " : "";
                break;
            case JsonTokenType.String: writer.WriteStringValue(Apply(name, reader.GetString()!)); break;
            default: writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
        }
    }
}
