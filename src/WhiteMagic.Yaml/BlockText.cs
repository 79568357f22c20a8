using System;
using System.Text;

namespace WhiteMagic.Yaml;

/// <summary>Literal (`|`) and folded (`>`) block scalars. The end of the input ends a line, as in the public YAML test suite.</summary>
internal static class BlockText
{
    // Deeper than any line: a scalar without content has only blank lines. Halved so that adding a position cannot overflow.
    private const int Unreachable = int.MaxValue / 2;

    /// <summary>Reads from the indicator to the start of the line after the scalar.</summary>
    /// <param name="cursor">At `|` or `>`.</param>
    /// <param name="parent">The indentation of the map or list around the scalar, -1 at the top.</param>
    public static YamlScalar Read(Cursor cursor, int parent)
    {
        Place start = cursor.Place;
        bool folds = cursor.Current == '>';
        (int indent, char chomping) = ReadHeader(cursor, parent);
        if (indent < 0)
        {
            indent = DetectIndent(cursor, parent);
        }

        var text = new StringBuilder();
        int blanks = 0;
        bool hasContent = false;
        bool lastIsSpaced = false;
        while (cursor.Current != '\0')
        {
            var lineStart = cursor.Save();
            cursor.SkipSpaces(indent);
            if (cursor.Column < indent && !cursor.AtLineEnd)
            {
                CheckTab(cursor);
                cursor.Restore(lineStart);
                break;
            }
            if (cursor.AtMarker)
            {
                break;
            }
            int lineAt = cursor.At;
            cursor.SkipLine();
            ReadOnlySpan<char> line = cursor.Slice(lineAt, cursor.At);
            if (line.IsEmpty)
            {
                // At the end of the input only spaces make one more line.
                blanks += cursor.Current == '\n' || cursor.Column > 0 ? 1 : 0;
            }
            else
            {
                bool isSpaced = Cursor.IsWhite(line[0]);
                bool joins = hasContent && folds && !isSpaced && !lastIsSpaced;
                text.Append('\n', blanks + (hasContent && !joins ? 1 : 0));
                text.Append(' ', joins && blanks == 0 ? 1 : 0);
                text.Append(line);
                (blanks, hasContent, lastIsSpaced) = (0, true, isSpaced);
            }
            if (cursor.Current == '\n')
            {
                cursor.NextLine();
            }
        }
        text.Append('\n', chomping == '+' ? blanks + (hasContent ? 1 : 0) : chomping == '-' || !hasContent ? 0 : 1);
        return new YamlScalar(cursor.File, start, text.ToString(), isPlain: false);
    }

    // An indentation of -1 means that the first line with content decides.
    private static (int Indent, char Chomping) ReadHeader(Cursor cursor, int parent)
    {
        int indent = -1;
        char chomping = ' ';
        cursor.At++;
        for (; !Cursor.IsWhiteOrEnd(cursor.Current); cursor.At++)
        {
            char c = cursor.Current;
            if (c is >= '1' and <= '9' && indent < 0)
            {
                indent = Math.Max(parent, 0) + c - '0';
            }
            else if (c is '+' or '-' && chomping == ' ')
            {
                chomping = c;
            }
            else
            {
                throw cursor.Error("after '|' or '>' only '+' or '-' and an indentation from 1 to 9 are allowed; the text starts on the next line");
            }
        }
        cursor.SkipWhite();
        if (!cursor.AtNothing)
        {
            throw cursor.Error("the block text starts on the next line");
        }
        cursor.SkipLine();
        if (cursor.Current == '\n')
        {
            cursor.NextLine();
        }
        return (indent, chomping);
    }

    private static int DetectIndent(Cursor cursor, int parent)
    {
        var start = cursor.Save();
        int widestBlank = 0;
        while (true)
        {
            cursor.SkipSpaces(Unreachable);
            if (cursor.Current != '\n')
            {
                break;
            }
            widestBlank = Math.Max(widestBlank, cursor.Column);
            cursor.NextLine();
        }
        int indent = cursor.Column;
        if (cursor.Current == '\0' || indent <= parent)
        {
            CheckTab(cursor);
            indent = Unreachable;
        }
        else if (widestBlank > indent)
        {
            throw cursor.Error("a blank line above is indented more than this first line of the block text");
        }
        cursor.Restore(start);
        return indent;
    }

    private static void CheckTab(Cursor cursor)
    {
        if (cursor.Current == '\t')
        {
            throw cursor.Error("a tab is not allowed in indentation; use spaces");
        }
    }
}
