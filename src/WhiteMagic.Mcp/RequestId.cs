using System;
using System.Text;

namespace WhiteMagic.Mcp;

/// <summary>Compares ids by what they mean: a client may escape a string in one message and not in the next.</summary>
internal static class RequestId
{
    /// <summary>The raw id without escapes, so that equal ids have equal bytes.</summary>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0 || JsonText.Unescape(raw[1..^1]) is not string text)
        {
            return raw;
        }

        return Encoding.UTF8.GetBytes(string.Concat("\"", text, "\""));
    }
}
