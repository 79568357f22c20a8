using System;
using System.Buffers;
using System.Globalization;
using System.Text;

namespace WhiteMagic.Yaml;

/// <summary>Turns input into the text the parsers rely on: within the limit, printable, lines ended by \n alone, and one NUL at the end.</summary>
internal static class Intake
{
    private const char ByteOrderMark = '\uFEFF';

    public static string Decode(ReadOnlySpan<byte> utf8, string file)
    {
        CheckLength(utf8.Length, file);
        Place place = new(1, 1);
        for (ReadOnlySpan<byte> rest = utf8; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf8(rest, out Rune rune, out int length) != OperationStatus.Done)
            {
                throw new YamlException(file, place.Line, place.Column, "this is not valid UTF-8; save the file as UTF-8");
            }
            bool isMark = rune.Value == ByteOrderMark && place == new Place(1, 1);
            place = rune.Value == '\n' ? new Place(place.Line + 1, 1)
                : isMark ? place
                : place with { Column = place.Column + rune.Utf16SequenceLength };
            rest = rest[length..];
        }
        return Clean(Encoding.UTF8.GetString(utf8), file);
    }

    public static string Check(string text, string file)
    {
        // The first test keeps a giant text from being measured at all.
        CheckLength(text.Length > YamlReader.MaxBytes ? text.Length : Encoding.UTF8.GetByteCount(text), file);
        return Clean(text, file);
    }

    private static void CheckLength(int byteCount, string file)
    {
        if (byteCount > YamlReader.MaxBytes)
        {
            throw new YamlException(file, 1, 1, "the file is larger than " + YamlReader.MaxBytes.ToString(CultureInfo.InvariantCulture) + " bytes");
        }
    }

    private static string Clean(string text, string file)
    {
        int start = text.StartsWith(ByteOrderMark) ? 1 : 0;
        var clean = new StringBuilder(text.Length + 1);
        int line = 1;
        int lineStart = start;
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            string? problem = ProblemAt(text, i);
            if (problem is not null)
            {
                throw new YamlException(file, line, i - lineStart + 1, problem);
            }
            if (c == '\n')
            {
                line++;
                lineStart = i + 1;
            }
            if (c != '\r')
            {
                clean.Append(c);
            }
        }
        return clean.Append('\0').ToString();
    }

    private static string? ProblemAt(string text, int i)
    {
        char c = text[i];
        if (c is >= ' ' and <= '~' or '\n' or '\t')
        {
            return null;
        }
        if (c == '\r')
        {
            return i + 1 < text.Length && text[i + 1] == '\n' ? null : "a carriage return is allowed only before a line feed";
        }
        if (char.IsSurrogate(c))
        {
            bool paired = char.IsHighSurrogate(c)
                ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                : i > 0 && char.IsHighSurrogate(text[i - 1]);
            return paired ? null : "half of a surrogate pair is not a character";
        }
        // YAML's printable characters (section 5.1) beyond ASCII, without a byte order mark inside the text.
        if (c is '\u0085' or >= '\u00A0' and < '\uFFFE' and not ByteOrderMark)
        {
            return null;
        }
        return "the character U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture) + " is not allowed";
    }
}
