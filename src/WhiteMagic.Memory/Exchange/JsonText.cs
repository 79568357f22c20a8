using System;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace WhiteMagic.Memory.Exchange;

/// <summary>Reads foreign JSON strictly, with reasons in our words.</summary>
internal static class JsonText
{
    /// <summary>Deeper than the 64 levels that metadata may have, so that their own check answers.</summary>
    private const int MaxDepth = 128;

    private static readonly JsonDocumentOptions _options = new() { MaxDepth = MaxDepth };

    /// <summary>Parses one JSON value.</summary>
    /// <exception cref="FailureException">It is not valid UTF-8 or JSON, or holds half a surrogate pair, which no text can hold.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            throw FailureException.Invalid("it is not valid UTF-8");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, _options);
        }
        catch (JsonException e)
        {
            throw FailureException.Invalid($"it is not valid JSON; reading stopped at byte {(e.BytePositionInLine ?? 0) + 1}");
        }

        if (HasHalfPair(utf8.Span))
        {
            document.Dispose();
            throw FailureException.Invalid("it holds an escape \\uD800 to \\uDFFF without its other half, which is no character");
        }

        return document;
    }

    /// <summary>Parses one JSON value given as text.</summary>
    public static JsonDocument Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>A text as JSON string, quotes included.</summary>
    public static string Quote(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    /// <summary>A foreign text for a message, cut to a readable length.</summary>
    public static string Echo(string text) => Quote(text.Length > 80 ? text[..(char.IsHighSurrogate(text[79]) ? 79 : 80)] + "…" : text);

    // Called with valid JSON only: a backslash is always followed by what JSON allows.
    private static bool HasHalfPair(ReadOnlySpan<byte> json)
    {
        for (int at = json.IndexOf((byte)'\\'); at >= 0;)
        {
            int skip = 2;
            if (json[at + 1] == 'u')
            {
                int unit = Unit(json[(at + 2)..]);
                skip = 6;
                if (unit is >= 0xDC00 and <= 0xDFFF)
                {
                    return true;
                }

                if (unit is >= 0xD800 and <= 0xDBFF)
                {
                    ReadOnlySpan<byte> rest = json[(at + 6)..];
                    if (!rest.StartsWith("\\u"u8) || Unit(rest[2..]) is < 0xDC00 or > 0xDFFF)
                    {
                        return true;
                    }

                    skip = 12;
                }
            }

            int next = json[(at + skip)..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : at + skip + next;
        }

        return false;
    }

    private static int Unit(ReadOnlySpan<byte> hex) =>
        Utf8Parser.TryParse(hex[..4], out ushort unit, out _, 'x') ? unit : 0;
}
