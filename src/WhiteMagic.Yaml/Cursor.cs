using System;
using System.Globalization;

namespace WhiteMagic.Yaml;

/// <summary>
/// A position in the text that always knows its line. The text ends in one NUL, which cannot occur elsewhere,
/// so <see cref="Current"/> is valid everywhere and the end needs no bounds check.
/// </summary>
internal sealed class Cursor(string text, string file)
{
    private int _lineStart;
    private int _line = 1;
    private int _depth;

    public string File => file;

    public int At { get; set; }

    public char Current => text[At];

    public char Next => text[At] == '\0' ? '\0' : text[At + 1];

    /// <summary>0-based; on a line with nothing but spaces before it this is the indentation.</summary>
    public int Column => At - _lineStart;

    public Place Place => new(_line, Column + 1);

    public bool AtLineEnd => IsLineEnd(Current);

    /// <summary>At the end of the line or at a comment that ends it.</summary>
    public bool AtNothing => AtLineEnd || (Current == '#' && (At == _lineStart || IsWhite(text[At - 1])));

    /// <summary>At `---` or `...` in the first column.</summary>
    public bool AtMarker =>
        Column == 0 && Current is '-' or '.' && Next == Current && text[At + 2] == Current && IsWhiteOrEnd(text[At + 3]);

    public static bool IsWhite(char c) => c is ' ' or '\t';

    public static bool IsLineEnd(char c) => c is '\n' or '\0';

    public static bool IsWhiteOrEnd(char c) => IsWhite(c) || IsLineEnd(c);

    public static bool IsFlowIndicator(char c) => c is ',' or '[' or ']' or '{' or '}';

    public ReadOnlySpan<char> Slice(int start, int end) => text.AsSpan(start, end - start);

    public (int At, int LineStart, int Line) Save() => (At, _lineStart, _line);

    public void Restore((int At, int LineStart, int Line) saved) => (At, _lineStart, _line) = saved;

    /// <summary>Steps over the line feed the cursor is at.</summary>
    public void NextLine()
    {
        At++;
        _line++;
        _lineStart = At;
    }

    public void SkipWhite()
    {
        while (IsWhite(Current))
        {
            At++;
        }
    }

    public void SkipSpaces(int max)
    {
        for (int end = At + max; At < end && Current == ' ';)
        {
            At++;
        }
    }

    public void SkipLine()
    {
        while (!AtLineEnd)
        {
            At++;
        }
    }

    /// <summary>The number of spaces the current line starts with.</summary>
    public int Indentation()
    {
        int end = _lineStart;
        while (text[end] == ' ')
        {
            end++;
        }
        return end - _lineStart;
    }

    /// <summary>Skips white space, comments and blank lines; refuses a tab in the indentation of what follows.</summary>
    public void SkipToContent()
    {
        while (true)
        {
            int start = At;
            SkipWhite();
            if (!AtNothing)
            {
                int tab = start == _lineStart ? Slice(start, At).IndexOf('\t') : -1;
                if (tab >= 0)
                {
                    throw Error(new Place(_line, tab + 1), "a tab is not allowed in indentation; use spaces");
                }
                return;
            }
            SkipLine();
            if (Current == '\0')
            {
                return;
            }
            NextLine();
        }
    }

    /// <summary>As <see cref="SkipToContent"/> inside brackets, where lines must stay deeper than the block around them.</summary>
    public void SkipInFlow(int minIndent)
    {
        int line = _line;
        SkipToContent();
        if (_line != line && Current != '\0')
        {
            CheckInside(minIndent);
        }
    }

    /// <summary>Refuses a continuation line that is a document marker or not deeper than the block around the value.</summary>
    public void CheckInside(int minIndent)
    {
        if (AtMarker)
        {
            throw Error("a document marker is not allowed inside a value");
        }
        if (Indentation() < minIndent)
        {
            throw Error("this line continues a value, so it needs at least " + Count(minIndent, "space") + " of indentation");
        }
    }

    /// <summary>Goes to the end of the line; only white space and a comment may be left on it.</summary>
    public void EndLine()
    {
        SkipWhite();
        if (!AtNothing)
        {
            throw Error(Current == '#' ? "a comment needs a space before '#'" : "unexpected text after the value");
        }
        SkipLine();
    }

    /// <summary>Counts one more open map or list, which starts at the place.</summary>
    public void Enter(Place place)
    {
        if (++_depth > YamlReader.MaxDepth)
        {
            throw Error(place, "maps and lists are nested deeper than " + Count(YamlReader.MaxDepth, "level"));
        }
    }

    public void Leave() => _depth--;

    public YamlScalar Null(Place place) => new(file, place, "", isPlain: true);

    public YamlException Error(string problem) => Error(Place, problem);

    public YamlException Error(Place place, string problem) => new(file, place.Line, place.Column, problem);

    private static string Count(int count, string noun) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");
}
