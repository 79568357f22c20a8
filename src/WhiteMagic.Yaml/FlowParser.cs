namespace WhiteMagic.Yaml;

/// <summary>Lists and maps in brackets, and the values inside them.</summary>
/// <param name="cursor">Shared with the block parser.</param>
internal sealed class FlowParser(Cursor cursor)
{
    /// <summary>Reads the value at the cursor and stops just behind it.</summary>
    /// <param name="minIndent">Lines after the first need this many spaces.</param>
    public YamlNode Read(int minIndent)
    {
        switch (cursor.Current)
        {
            case '[':
                return ReadList(minIndent);
            case '{':
                return ReadMap(minIndent);
            case '"' or '\'':
                Place place = cursor.Place;
                return new YamlScalar(cursor.File, place, QuotedText.Read(cursor, minIndent), isPlain: false);
            default:
                return ReadPlain(minIndent);
        }
    }

    private YamlScalar ReadPlain(int minIndent)
    {
        PlainText.CheckStart(cursor, inFlow: true);
        Place place = cursor.Place;
        string text = PlainText.Continue(cursor, PlainText.ReadLine(cursor, inFlow: true), minIndent, inFlow: true);
        return new YamlScalar(cursor.File, place, text, isPlain: true);
    }

    private YamlList ReadList(int minIndent)
    {
        Place start = cursor.Place;
        var list = new YamlList(cursor.File, start);
        Open(start, minIndent);
        while (!AtClose(']', start))
        {
            YamlNode item = Read(minIndent);
            cursor.SkipInFlow(minIndent);
            list.Add(AtColonAfter(item) ? ReadPair(item, minIndent) : item);
            NextOrClose(']', start, minIndent);
        }
        Close();
        return list;
    }

    // `[key: value]` is a list of one map with one entry.
    private YamlMap ReadPair(YamlNode key, int minIndent)
    {
        if (key is YamlScalar && key.Line != cursor.Place.Line)
        {
            throw cursor.Error("a key and its ':' must be on one line");
        }
        var place = new Place(key.Line, key.Column);
        var map = new YamlMap(cursor.File, place);
        cursor.Enter(place);
        map.Add(ReadEntry(map, key, ']', minIndent));
        cursor.Leave();
        return map;
    }

    private YamlMap ReadMap(int minIndent)
    {
        Place start = cursor.Place;
        var map = new YamlMap(cursor.File, start);
        Open(start, minIndent);
        while (!AtClose('}', start))
        {
            YamlNode key = Read(minIndent);
            cursor.SkipInFlow(minIndent);
            if (!AtColonAfter(key))
            {
                throw key.Error((key is YamlScalar name ? YamlScalar.Quote(name.Text) : key.Describe())
                    + " has no value; write 'key: value' with a space after the colon");
            }
            map.Add(ReadEntry(map, key, '}', minIndent));
            NextOrClose('}', start, minIndent);
        }
        Close();
        return map;
    }

    // From the ':' on.
    private YamlEntry ReadEntry(YamlMap map, YamlNode key, char close, int minIndent)
    {
        var place = new Place(key.Line, key.Column);
        if (key is not YamlScalar name)
        {
            throw Keys.NotScalar(cursor, place);
        }
        Keys.Check(cursor, map, name.Text, name.IsPlain, place);
        cursor.At++;
        Place valuePlace = cursor.Place;
        cursor.SkipInFlow(minIndent);
        bool isEmpty = cursor.Current == ',' || cursor.Current == close;
        return new YamlEntry(name.Text, place, isEmpty ? cursor.Null(valuePlace) : Read(minIndent));
    }

    private void Open(Place start, int minIndent)
    {
        cursor.Enter(start);
        cursor.At++;
        cursor.SkipInFlow(minIndent);
    }

    private void Close()
    {
        cursor.At++;
        cursor.Leave();
    }

    private bool AtClose(char close, Place start)
    {
        if (cursor.Current == '\0')
        {
            throw cursor.Error(start, "this bracket has no closing '" + close + "'");
        }
        return cursor.Current == close;
    }

    private void NextOrClose(char close, Place start, int minIndent)
    {
        cursor.SkipInFlow(minIndent);
        if (AtClose(close, start))
        {
            return;
        }
        if (cursor.Current != ',')
        {
            throw cursor.Error(cursor.Current == '#' ? "a comment needs a space before '#'" : "expected ',' or '" + close + "'");
        }
        cursor.At++;
        cursor.SkipInFlow(minIndent);
    }

    // Behind a quote or a bracket the ':' needs no space after it.
    private bool AtColonAfter(YamlNode key) =>
        key is YamlScalar { IsPlain: true } ? PlainText.AtColon(cursor, inFlow: true) : cursor.Current == ':';
}
