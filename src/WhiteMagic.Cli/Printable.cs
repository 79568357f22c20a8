using System;
using System.Text;

namespace WhiteMagic.Cli;

/// <summary>Stored text made safe to print: a memory must not be able to steer a terminal.</summary>
internal static class Printable
{
    private const int ShownChars = 200;

    /// <summary>The text with every control character but line breaks and tabs replaced.</summary>
    internal static string Text(string text)
    {
        int first = FirstControl(text, keepLines: true);
        return first < 0 ? text : Clean(text, first, keepLines: true);
    }

    /// <summary>The text on one line.</summary>
    internal static string Line(string text)
    {
        int first = FirstControl(text, keepLines: false);
        return first < 0 ? text : Clean(text, first, keepLines: false);
    }

    /// <summary>The text on one line, cut when it is long: for quoting what a user typed.</summary>
    internal static string OneLine(string text) => Cut(Line(text), ShownChars);

    /// <summary>At most so many characters of a text, with … for the rest.</summary>
    internal static string Cut(string text, int mostChars)
    {
        if (text.Length <= mostChars)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[mostChars - 2]) ? mostChars - 2 : mostChars - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static int FirstControl(string text, bool keepLines)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsUnsafe(text[i], keepLines))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Clean(string text, int first, bool keepLines)
    {
        var clean = new StringBuilder(text, 0, first, text.Length);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            clean.Append(!IsUnsafe(c, keepLines) ? c : c is '\n' or '\r' or '\t' ? ' ' : '\uFFFD');
        }

        return clean.ToString();
    }

    // The marks that reverse the direction of text can disguise a line as well as an escape sequence can.
    private static bool IsUnsafe(char c, bool keepLines) =>
        (char.IsControl(c) && !(keepLines && (c is '\n' or '\t'))) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
