using System;

namespace WhiteMagic.Yaml;

/// <summary>
/// Reads one document in a strict subset of YAML 1.2: block and flow maps and lists, plain, quoted and block scalars, comments.
/// </summary>
/// <remarks>
/// What is read means what YAML 1.2 says it means; everything else is refused with its place: directives, a second document,
/// anchors, aliases, tags, merge keys, duplicate keys, keys that are not scalars or are empty, and tabs as indentation.
/// Some valid YAML is refused because it is nearly always a slip: a flow map's key without a colon (`{port:80}`),
/// and a line that starts with `- ` inside a plain text of several lines.
/// </remarks>
public static class YamlReader
{
    /// <summary>A document may have this many bytes of UTF-8.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Maps and lists may be nested this deep; it also bounds the reader's stack.</summary>
    public const int MaxDepth = 64;

    /// <summary>A key may have this many characters, as in YAML 1.2.</summary>
    public const int MaxKeyLength = 1024;

    /// <summary>Reads UTF-8, with or without a byte order mark. A document without content is a null scalar.</summary>
    /// <param name="utf8">The whole document.</param>
    /// <param name="fileName">The name that errors show.</param>
    /// <exception cref="YamlException">The document is not in the subset; nothing else is ever thrown for its content.</exception>
    public static YamlNode Parse(ReadOnlySpan<byte> utf8, string fileName) =>
        Read(Intake.Decode(utf8, fileName), fileName);

    /// <summary>Reads text. A document without content is a null scalar.</summary>
    /// <param name="text">The whole document.</param>
    /// <param name="fileName">The name that errors show.</param>
    /// <exception cref="YamlException">The document is not in the subset; nothing else is ever thrown for its content.</exception>
    public static YamlNode Parse(string text, string fileName)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Intake.Check(text, fileName), fileName);
    }

    private static YamlNode Read(string cleanText, string fileName) =>
        new BlockParser(new Cursor(cleanText, fileName)).ReadDocument();
}
