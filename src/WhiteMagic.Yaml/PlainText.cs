using System;
using System.Text;

namespace WhiteMagic.Yaml;

/// <summary>Plain scalars: what may start one, where its line ends, and how further lines are folded into it.</summary>
internal static class PlainText
{
    /// <summary>Refuses what cannot start a plain scalar, naming the construct it would be.</summary>
    public static void CheckStart(Cursor cursor, bool inFlow)
    {
        char next = cursor.Next;
        bool alone = EndsToken(next, inFlow);
        string? problem = cursor.Current switch
        {
            '&' => "anchors are not supported",
            '*' => "aliases are not supported; quote a text that starts with '*'",
            '!' => "tags are not supported; quote a text that starts with '!'",
            '%' => "a text that starts with '%' must be quoted; directives are not supported",
            '@' or '`' => "a text that starts with '@' or '`' must be quoted",
            '#' => "a comment needs a space before '#'",
            ',' when inFlow => "a value is missing before ','",
            ']' or '}' => "this closing bracket has no opening one",
            '|' or '>' or ',' => "a text that starts with '|', '>' or ',' must be quoted here",
            '?' when alone => "keys marked with '?' are not supported",
            ':' when alone => "a key is missing before ':'",
            '-' when alone => inFlow ? "a list item is not allowed inside brackets" : "a list item is not allowed here",
            _ => null,
        };
        if (problem is not null)
        {
            throw cursor.Error(problem);
        }
    }

    /// <summary>True at a ':' that ends a plain key.</summary>
    public static bool AtColon(Cursor cursor, bool inFlow) => cursor.Current == ':' && EndsToken(cursor.Next, inFlow);

    /// <summary>Reads to the end of the line, a comment, the ':' of a key or a flow indicator; the cursor stops at it.</summary>
    public static ReadOnlySpan<char> ReadLine(Cursor cursor, bool inFlow)
    {
        int start = cursor.At;
        int end = start;
        while (!cursor.AtNothing && !AtColon(cursor, inFlow) && !(inFlow && Cursor.IsFlowIndicator(cursor.Current)))
        {
            bool white = Cursor.IsWhite(cursor.Current);
            cursor.At++;
            end = white ? end : cursor.At;
        }
        return cursor.Slice(start, end);
    }

    /// <summary>Adds the following lines that belong to the scalar whose first line was just read.</summary>
    public static string Continue(Cursor cursor, ReadOnlySpan<char> firstLine, int minIndent, bool inFlow)
    {
        StringBuilder? folded = null;
        while (cursor.Current == '\n')
        {
            var lineEnd = cursor.Save();
            int breaks = 0;
            while (cursor.Current == '\n')
            {
                cursor.NextLine();
                cursor.SkipWhite();
                breaks++;
            }
            // After a tab the caller's search for content reports it, so that a key behind it is not folded in.
            int indent = cursor.Indentation();
            bool ends = indent < minIndent || indent != cursor.Column || cursor.AtNothing || cursor.AtMarker
                || AtColon(cursor, inFlow) || (inFlow && Cursor.IsFlowIndicator(cursor.Current));
            if (ends)
            {
                cursor.Restore(lineEnd);
                break;
            }
            if (cursor.Current == '-' && Cursor.IsWhiteOrEnd(cursor.Next))
            {
                throw cursor.Error("this line continues the text above it, though it looks like a list item; check the indentation or quote the text");
            }
            folded ??= new StringBuilder().Append(firstLine);
            Fold(folded, breaks);
            folded.Append(ReadLine(cursor, inFlow));
            if (!inFlow && cursor.Current == ':')
            {
                throw cursor.Error("this line continues the text above it, so ': ' is not allowed; check the indentation or quote the text");
            }
        }
        return folded is null ? new string(firstLine) : folded.ToString();
    }

    /// <summary>One line break becomes a space, each further one a line feed.</summary>
    public static void Fold(StringBuilder text, int breaks) =>
        text.Append(breaks == 1 ? ' ' : '\n', Math.Max(1, breaks - 1));

    private static bool EndsToken(char c, bool inFlow) => Cursor.IsWhiteOrEnd(c) || (inFlow && Cursor.IsFlowIndicator(c));
}
