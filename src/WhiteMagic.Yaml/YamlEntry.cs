namespace WhiteMagic.Yaml;

/// <summary>One key of a map with its value and the key's own place.</summary>
public sealed class YamlEntry
{
    internal YamlEntry(string key, Place place, YamlNode value)
    {
        Key = key;
        Line = place.Line;
        Column = place.Column;
        Value = value;
    }

    public string Key { get; }

    /// <summary>1-based.</summary>
    public int Line { get; }

    /// <summary>1-based, in UTF-16 code units.</summary>
    public int Column { get; }

    public YamlNode Value { get; }
}
