using System;
using System.Globalization;

namespace WhiteMagic.Yaml;

/// <summary>Reads a document line by line: maps and lists by indentation, and the values they hold.</summary>
/// <remarks>
/// Columns here are 0-based. A value that is a scalar or in brackets ends its line; a map or list ends at the next
/// content that is not its own. Nothing is read twice to find out what it is: a scalar is read, and a ':' behind it
/// makes it the first key of a map. Recursion is bounded by <see cref="YamlReader.MaxDepth"/>.
/// </remarks>
internal sealed class BlockParser(Cursor cursor)
{
    private const string AfterMarker = "after '---' a map or list must start on the next line";
    private const string AfterKey = "a map or list must start on the line after its key; quote a text with ': ' or a leading '- '";
    private const string AfterTab = "a tab is not allowed before a map or list; use spaces";

    private readonly FlowParser _flow = new(cursor);

    public YamlNode ReadDocument()
    {
        cursor.SkipToContent();
        Place start = cursor.Place;
        YamlNode? root = null;
        if (cursor.Current == '%' && cursor.Column == 0)
        {
            throw cursor.Error("directives are not supported");
        }
        if (cursor.AtMarker && cursor.Current == '-')
        {
            cursor.At += 3;
            cursor.SkipWhite();
            root = cursor.AtNothing ? null : ReadNode(parent: -1, AfterMarker);
            cursor.SkipToContent();
        }
        if (root is null && AtEntry(0))
        {
            root = ReadNode(parent: -1, refusal: null);
        }
        ReadEnd();
        return root ?? cursor.Null(start);
    }

    private void ReadEnd()
    {
        cursor.SkipToContent();
        bool ended = cursor.AtMarker && cursor.Current == '.';
        if (ended)
        {
            cursor.At += 3;
            cursor.EndLine();
            cursor.SkipToContent();
        }
        if (cursor.Current != '\0')
        {
            throw cursor.Error(ended || cursor.AtMarker ? "a file holds one document only" : "this line does not belong to the value above it");
        }
    }

    // True when the content at the cursor can belong to a map or list in this column, or to something inside it.
    private bool AtEntry(int column) => cursor.Current != '\0' && cursor.Column >= column && !cursor.AtMarker;

    private bool AtDash => cursor.Current == '-' && Cursor.IsWhiteOrEnd(cursor.Next);

    // `refusal` says why a block map or list may not start here, null when it may.
    private YamlNode ReadNode(int parent, string? refusal)
    {
        Place place = cursor.Place;
        int column = cursor.Column;
        switch (cursor.Current)
        {
            case '-' when AtDash:
                return refusal is null ? ReadList(column, parent) : throw cursor.Error(refusal);
            case '|' or '>':
                return BlockText.Read(cursor, parent);
            case '[' or '{':
                YamlNode flow = _flow.Read(parent + 1);
                cursor.SkipWhite();
                if (cursor.Current == ':')
                {
                    throw Keys.NotScalar(cursor, place);
                }
                cursor.EndLine();
                return flow;
            case '"' or '\'':
                string quoted = QuotedText.Read(cursor, parent + 1);
                cursor.SkipWhite();
                if (cursor.Current == ':')
                {
                    CheckKeyLine(place);
                    return ReadMap(column, new YamlScalar(cursor.File, place, quoted, isPlain: false), refusal);
                }
                cursor.EndLine();
                return new YamlScalar(cursor.File, place, quoted, isPlain: false);
            default:
                PlainText.CheckStart(cursor, inFlow: false);
                ReadOnlySpan<char> line = PlainText.ReadLine(cursor, inFlow: false);
                if (cursor.Current == ':')
                {
                    return ReadMap(column, new YamlScalar(cursor.File, place, new string(line), isPlain: true), refusal);
                }
                string text = PlainText.Continue(cursor, line, parent + 1, inFlow: false);
                cursor.EndLine();
                return new YamlScalar(cursor.File, place, text, isPlain: true);
        }
    }

    private YamlList ReadList(int column, int parent)
    {
        var list = new YamlList(cursor.File, cursor.Place);
        cursor.Enter(cursor.Place);
        do
        {
            list.Add(ReadItem(column));
        }
        while (NextEntry(column) && (AtDash || !EndsList(column, parent)));
        cursor.Leave();
        return list;
    }

    // A list may stand in the column of the key that holds it; then the next key ends it.
    private bool EndsList(int column, int parent) =>
        column == parent ? true : throw cursor.Error("expected '- ' as in the items above");

    private YamlNode ReadItem(int column)
    {
        int dash = cursor.At++;
        Place behind = cursor.Place;
        cursor.SkipWhite();
        if (!cursor.AtNothing)
        {
            bool hasTab = cursor.Slice(dash, cursor.At).Contains('\t');
            return ReadNode(column, hasTab ? AfterTab : null);
        }
        cursor.SkipToContent();
        return AtEntry(column + 1) ? ReadNode(column, refusal: null) : cursor.Null(behind);
    }

    // From the ':' behind the first key on.
    private YamlMap ReadMap(int column, YamlScalar key, string? refusal)
    {
        if (refusal is not null)
        {
            throw cursor.Error(refusal);
        }
        var place = new Place(key.Line, key.Column);
        var map = new YamlMap(cursor.File, place);
        cursor.Enter(place);
        while (true)
        {
            Keys.Check(cursor, map, key.Text, key.IsPlain, place);
            map.Add(new YamlEntry(key.Text, place, ReadValue(column)));
            if (!NextEntry(column))
            {
                cursor.Leave();
                return map;
            }
            key = ReadKey();
            place = new Place(key.Line, key.Column);
        }
    }

    private YamlScalar ReadKey()
    {
        Place place = cursor.Place;
        bool isQuoted = cursor.Current is '"' or '\'';
        string key;
        if (isQuoted)
        {
            key = QuotedText.Read(cursor, minIndent: 0);
            cursor.SkipWhite();
        }
        else if (cursor.Current is '[' or '{')
        {
            throw cursor.Error(place, "expected 'key: value'; a list or map as a key is not supported");
        }
        else
        {
            PlainText.CheckStart(cursor, inFlow: false);
            key = new string(PlainText.ReadLine(cursor, inFlow: false));
        }
        if (cursor.Current != ':')
        {
            throw cursor.Error(place, "expected 'key: value' with a space after the colon");
        }
        CheckKeyLine(place);
        return new YamlScalar(cursor.File, place, key, !isQuoted);
    }

    private void CheckKeyLine(Place key)
    {
        if (key.Line != cursor.Place.Line)
        {
            throw cursor.Error(key, "a key and its ':' must be on one line");
        }
    }

    // From the ':' on.
    private YamlNode ReadValue(int column)
    {
        cursor.At++;
        Place behind = cursor.Place;
        if (!Cursor.IsWhiteOrEnd(cursor.Current))
        {
            throw cursor.Error("a space is needed after the ':' of a key");
        }
        cursor.SkipWhite();
        if (!cursor.AtNothing)
        {
            return ReadNode(column, AfterKey);
        }
        cursor.SkipToContent();
        if (AtEntry(column + 1))
        {
            return ReadNode(column, refusal: null);
        }
        return AtEntry(column) && AtDash ? ReadList(column, column) : cursor.Null(behind);
    }

    // Finds the next content; true when it is in this column.
    private bool NextEntry(int column)
    {
        cursor.SkipToContent();
        if (!AtEntry(column))
        {
            return false;
        }
        if (cursor.Column != column)
        {
            throw cursor.Error("this line starts in column " + (cursor.Column + 1).ToString(CultureInfo.InvariantCulture)
                + ", but the entries above it in column " + (column + 1).ToString(CultureInfo.InvariantCulture));
        }
        return true;
    }
}
