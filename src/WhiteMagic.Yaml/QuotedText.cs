using System.Text;

namespace WhiteMagic.Yaml;

/// <summary>Single- and double-quoted scalars, over one or more lines.</summary>
internal static class QuotedText
{
    /// <summary>Reads from the opening quote to just behind the closing one.</summary>
    public static string Read(Cursor cursor, int minIndent)
    {
        Place start = cursor.Place;
        char quote = cursor.Current;
        var text = new StringBuilder();
        // White space before a line break is dropped, but only behind this point: escapes and folds stay.
        int kept = 0;
        cursor.At++;
        while (cursor.Current != quote || (quote == '\'' && cursor.Next == '\''))
        {
            char c = cursor.Current;
            if (c == '\0')
            {
                throw cursor.Error(start, "this quoted text has no closing quote");
            }
            if (c == '\n')
            {
                text.Length = kept;
                PlainText.Fold(text, NextContent(cursor, minIndent));
                kept = text.Length;
            }
            else if (c == '\\' && quote == '"' && cursor.Next == '\n')
            {
                cursor.At++;
                text.Append('\n', NextContent(cursor, minIndent) - 1);
                kept = text.Length;
            }
            else if (c == '\\' && quote == '"')
            {
                Unescape(cursor, text);
                kept = text.Length;
            }
            else
            {
                cursor.At += c == quote ? 2 : 1;
                text.Append(c);
                kept = Cursor.IsWhite(c) ? kept : text.Length;
            }
        }
        cursor.At++;
        return text.ToString();
    }

    // Returns the number of line breaks passed.
    private static int NextContent(Cursor cursor, int minIndent)
    {
        int breaks = 0;
        while (cursor.Current == '\n')
        {
            cursor.NextLine();
            breaks++;
            if (cursor.AtMarker)
            {
                cursor.CheckInside(0);
            }
            cursor.SkipWhite();
        }
        if (cursor.Current != '\0')
        {
            cursor.CheckInside(minIndent);
        }
        return breaks;
    }

    private static void Unescape(Cursor cursor, StringBuilder text)
    {
        int digits = cursor.Next switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            UnescapeHex(cursor, text, digits);
            return;
        }
        int c = cursor.Next switch
        {
            '0' => 0,
            'a' => '\a',
            'b' => '\b',
            't' or '\t' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'e' => 0x1B,
            ' ' => ' ',
            '"' => '"',
            '/' => '/',
            '\\' => '\\',
            'N' => 0x85,
            '_' => 0xA0,
            'L' => 0x2028,
            'P' => 0x2029,
            _ => -1,
        };
        if (c < 0)
        {
            throw cursor.Error("this is not an escape of YAML; write '\\\\' for a backslash, or use single quotes");
        }
        text.Append((char)c);
        cursor.At += 2;
    }

    private static void UnescapeHex(Cursor cursor, StringBuilder text, int digits)
    {
        Place start = cursor.Place;
        cursor.At += 2;
        uint value = 0;
        for (int i = 0; i < digits; i++, cursor.At++)
        {
            if (!char.IsAsciiHexDigit(cursor.Current))
            {
                throw cursor.Error(start, "this escape needs " + (char)('0' + digits) + " hexadecimal digits");
            }
            value = (value << 4) | (uint)(cursor.Current <= '9' ? cursor.Current - '0' : (cursor.Current | 0x20) - 'a' + 10);
        }
        if (!Rune.TryCreate(value, out Rune rune))
        {
            throw cursor.Error(start, "this escape names no character; one beyond U+FFFF is written with '\\U' and eight digits");
        }
        text.Append(rune.ToString());
    }
}
