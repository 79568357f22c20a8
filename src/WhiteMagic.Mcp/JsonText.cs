using System;
using System.Globalization;
using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>Reads JSON strings that may hold an escape which is no Unicode, such as a lone <c>\ud800</c>; the framework throws there.</summary>
public static class JsonText
{
    private const int HexDigits = 4;

    /// <summary>Whether <paramref name="value"/> is a string of valid Unicode; then <paramref name="text"/> is it, else empty.</summary>
    public static bool TryGetString(JsonElement value, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The text of the raw inside of a JSON string, its syntax already checked; null when it is no valid Unicode.</summary>
    internal static string? Unescape(ReadOnlySpan<byte> raw)
    {
        if (HasUnpairedSurrogate(raw))
        {
            return null;
        }

        byte[] quoted = new byte[raw.Length + 2];
        quoted[0] = (byte)'"';
        raw.CopyTo(quoted.AsSpan(1));
        quoted[^1] = (byte)'"';
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString();
    }

    /// <summary>Whether the raw text of a JSON string, its syntax already checked, holds a surrogate escape without its partner.</summary>
    internal static bool HasUnpairedSurrogate(ReadOnlySpan<byte> raw)
    {
        int at = 0;
        while (true)
        {
            int next = raw[at..].IndexOf((byte)'\\');
            if (next < 0)
            {
                return false;
            }

            at += next;
            if (raw[at + 1] != 'u')
            {
                at += 2;
                continue;
            }

            int unit = UnitAt(raw, at);
            at += 2 + HexDigits;
            if (!char.IsSurrogate((char)unit))
            {
                continue;
            }

            if (char.IsLowSurrogate((char)unit) || !char.IsLowSurrogate((char)UnitAt(raw, at)))
            {
                return true;
            }

            at += 2 + HexDigits;
        }
    }

    /// <summary>At most <paramref name="limit"/> characters of <paramref name="text"/>, never half a surrogate pair.</summary>
    internal static string Shorten(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
    }

    private static int UnitAt(ReadOnlySpan<byte> raw, int at)
    {
        if (raw.Length < at + 2 + HexDigits || raw[at] != '\\' || raw[at + 1] != 'u')
        {
            return 0;
        }

        return int.TryParse(raw.Slice(at + 2, HexDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int unit) ? unit : 0;
    }
}
