using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Architecture;

public sealed class LayoutTests
{
    private const int MostLines = 400;

    // Which project may reference which; ARCHITECTURE shows the same table. What is not here does not exist yet, or should not.
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["Kernels"] = [],
        ["Wasm"] = [],
        ["KernelCompiler"] = [],
        ["Yaml"] = [],
        ["Governance"] = ["Kernels", "Policies", "Yaml"],
        ["Policies"] = ["Kernels"],
        ["Memory"] = ["Kernels", "Governance"],
        ["Sqlite"] = ["Memory", "Governance", "Kernels"],
        ["Mcp"] = [],
        ["Tools"] = ["Mcp", "Memory", "Governance", "Wasm"],
        ["Cli"] = ["Kernels", "Wasm", "Yaml", "Governance", "Memory", "Sqlite", "Mcp", "Tools"],
    };

    // The interpreter's loop has to be one method, and its operations one enumeration: a line each.
    private static readonly string[] _long = ["Machine.Loop.cs", "Op.cs"];

    [Fact]
    public void Projects_ReferenceOnlyWhatTheyMay()
    {
        string[] projects = [.. Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories), Repository.File("governance/WhiteMagic.Policies.csproj")];
        Assert.True(projects.Length > 1);
        foreach (string project in projects)
        {
            string name = NameOf(project);
            Assert.True(_allowed.TryGetValue(name, out string[]? allowed), $"{name} is not in the table");
            IEnumerable<string> references = XDocument.Load(project).Descendants("ProjectReference").Select(r => NameOf(r.Attribute("Include")!.Value));
            Assert.All(references, r => Assert.True(allowed.Contains(r), $"{name} references {r}; allowed: {string.Join(", ", allowed)}"));
        }
    }

    [Fact]
    public void Files_AreShort()
    {
        string[] files = Directory.GetFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files.Where(f => !_long.Contains(Path.GetFileName(f))), f => Assert.True(File.ReadLines(f).Count() < MostLines, $"{f} has {MostLines} lines or more"));
    }

    private static string NameOf(string path) =>
        Path.GetFileNameWithoutExtension(path.Replace('\\', '/').Split('/')[^1]).Replace("WhiteMagic.", "", StringComparison.Ordinal);
}
