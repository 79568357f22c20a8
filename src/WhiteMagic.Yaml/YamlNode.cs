namespace WhiteMagic.Yaml;

/// <summary>A value of a document that knows where it starts: a <see cref="YamlMap"/>, a <see cref="YamlList"/> or a <see cref="YamlScalar"/>.</summary>
public abstract class YamlNode
{
    private protected YamlNode(string file, Place place)
    {
        File = file;
        Line = place.Line;
        Column = place.Column;
    }

    /// <summary>The name the caller gave the document.</summary>
    public string File { get; }

    /// <summary>1-based.</summary>
    public int Line { get; }

    /// <summary>1-based, in UTF-16 code units, a byte order mark not counted.</summary>
    public int Column { get; }

    /// <summary>What stands here, in words for an error message.</summary>
    public abstract string Describe();

    /// <summary>An error that points at this value.</summary>
    public YamlException Error(string problem) => new(File, Line, Column, problem);
}
