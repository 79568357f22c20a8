using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Yaml;

/// <summary>One case of the public YAML test suite; it lies beside the repository and is not part of it.</summary>
internal sealed record SuiteCase(string Id, string Yaml, string? Json, bool Fail)
{
    /// <summary>All cases, or null when the suite is not there.</summary>
    public static IReadOnlyList<SuiteCase>? Load()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "WhiteMagic.slnx")))
        {
            root = Path.GetDirectoryName(root);
        }
        string path = Path.Combine(root ?? ".", "..", "shared", "yaml-suite", "cases.json");
        if (!File.Exists(path))
        {
            return null;
        }
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        var cases = new List<SuiteCase>();
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            cases.Add(new SuiteCase(
                element.GetProperty("id").GetString()!,
                element.GetProperty("yaml").GetString()!,
                element.GetProperty("json").GetString(),
                element.GetProperty("fail").GetBoolean()));
        }
        return cases;
    }
}
