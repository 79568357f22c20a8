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
    public static string Apply(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        var found = new List<Sighting>();
        SecretDetector.FindAll(utf8, found);
        if (found.Count == 0)
        {
            return text;
        }

        var rest = new StringBuilder();
        int done = 0;
        foreach (Sighting secret in found)
        {
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
            while (reader.Read())
            {
                Copy(ref reader, writer);
            }
        }

        return buffer.WrittenMemory;
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.PropertyName: writer.WritePropertyName(reader.GetString()!); break;
            case JsonTokenType.String: writer.WriteStringValue(Apply(reader.GetString()!)); break;
            default: writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
        }
    }
}
