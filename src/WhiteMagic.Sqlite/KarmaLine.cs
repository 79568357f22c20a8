using System;
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;

namespace WhiteMagic.Sqlite;

/// <summary>One line of the mirror: an object that begins with the entry's sequence and ends with its hash.</summary>
internal static class KarmaLine
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes it without its end of line.</summary>
    internal static void Write(IBufferWriter<byte> output, in KarmaFields fields)
    {
        using var json = new Utf8JsonWriter(output, _options);
        json.WriteStartObject();
        KarmaJson.WriteMembers(json, KarmaEntry.Of(fields));
        json.WriteEndObject();
    }

    /// <summary>Reads both ends.</summary>
    /// <param name="line">The line without its end of line.</param>
    /// <param name="sequence">Which entry it says it is.</param>
    /// <param name="hash">Its hash in hexadecimal.</param>
    internal static bool TryParse(ReadOnlySpan<byte> line, out long sequence, out ReadOnlySpan<byte> hash)
    {
        const int HashChars = 2 * KarmaEncoding.HashBytes;
        hash = default;
        sequence = 0;
        if (!line.StartsWith("{\"sequence\":"u8) || !line.EndsWith("\"}"u8) || line.Length < HashChars + 24 || !TryNumber(line[12..], out sequence))
        {
            return false;
        }

        hash = line[^(HashChars + 2)..^2];
        return line[..^(HashChars + 2)].EndsWith("\"hash\":\""u8);
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long number)
    {
        const int MostDigits = 18;
        number = 0;
        int digits = 0;
        while (digits < text.Length && digits < MostDigits && char.IsAsciiDigit((char)text[digits]))
        {
            number = (number * 10) + (text[digits++] - '0');
        }

        return digits > 0 && digits < text.Length && text[digits] == ',';
    }
}
