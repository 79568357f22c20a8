using System;
using System.Globalization;

namespace WhiteMagic.Yaml;

/// <summary>A document that is not in the subset, or a field that is not as it must be; the message starts with file:line:column.</summary>
public sealed class YamlException : Exception
{
    /// <param name="file">The name the caller gave the document.</param>
    /// <param name="line">1-based.</param>
    /// <param name="column">1-based, in UTF-16 code units.</param>
    /// <param name="problem">What is wrong and what to do, without the place.</param>
    public YamlException(string file, int line, int column, string problem)
        : base(file + ":" + line.ToString(CultureInfo.InvariantCulture) + ":" + column.ToString(CultureInfo.InvariantCulture) + ": " + problem)
    {
        File = file;
        Line = line;
        Column = column;
        Problem = problem;
    }

    public string File { get; }

    public int Line { get; }

    public int Column { get; }

    public string Problem { get; }
}
