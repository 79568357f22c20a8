using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Detection;

/// <summary>Texts that detectors must find something in, and texts in which they must not.</summary>
internal static class Corpus
{
    private const string Folder = "tests/WhiteMagic.Server.Tests/Governance/Detection";

    /// <summary>Kind and text of each line; escapes are read, and the mark that keeps a token from being one is taken out.</summary>
    public static IEnumerable<(string Kind, string Text)> Labelled(string file) => Lines(file).Select(line => line.Split('\t', 2)).Select(parts => (parts[0], Plain(parts[1])));

    public static IEnumerable<string> Harmless() => Lines("harmless.txt").Concat(Documentation());

    /// <summary>The paragraphs of our own documentation, except what shows what is refused.</summary>
    public static IEnumerable<string> Documentation() => Directory.EnumerateFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) != "governance.md")
        .Append(Repository.File("README.md")).Append(Repository.File("ARCHITECTURE.md")).Append(Repository.File("RATIONALE.md")).Append(Repository.File("CONTRIBUTING.md"))
        .SelectMany(file => File.ReadAllText(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        .Where(paragraph => !paragraph.Contains("hunter2", StringComparison.Ordinal));

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(Repository.File(Folder), file)).Where(line => line.Length > 0 && line[0] != '#' || line.StartsWith("##", StringComparison.Ordinal));

    private static string Plain(string text) =>
        Regex.Replace(text.Replace("¦", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal), @"\\u([0-9A-F]{4})|\\U([0-9A-F]{8})",
            match => char.ConvertFromUtf32(Convert.ToInt32(match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value, 16)));
}
