using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Suite;

/// <summary>One script of the official test suite, as JSON and modules; the suite lies beside the repository and is not part of it.</summary>
internal sealed record SuiteScript(string Name, IReadOnlyList<SuiteCommand> Commands)
{
    private static readonly Lazy<IReadOnlyList<SuiteScript>> _all = new(Load);

    /// <summary>All scripts, or why they are not there.</summary>
    public static IReadOnlyList<SuiteScript> All(out string? whyNot)
    {
        string archive = Repository.File("../shared/wasm-spec/spec-json.tar.xz");
        whyNot = File.Exists(archive) ? null : "The WebAssembly test suite is not beside the repository (../shared/wasm-spec/spec-json.tar.xz).";
        return whyNot is null ? _all.Value : [];
    }

    private static List<SuiteScript> Load()
    {
        string folder = Directory.CreateTempSubdirectory("wasm-suite-").FullName;
        try
        {
            string archive = Repository.File("../shared/wasm-spec/spec-json.tar.xz");
            using (Process tar = Process.Start(new ProcessStartInfo("tar", ["-xJf", archive, "-C", folder]))!)
            {
                tar.WaitForExit();
                Assert.True(tar.ExitCode == 0, "tar could not unpack the suite; it needs xz (Debian package xz-utils)");
            }

            var scripts = new List<SuiteScript>();
            string[] files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
            Array.Sort(files, StringComparer.Ordinal);
            foreach (string file in files)
            {
                scripts.Add(Read(file));
            }

            return scripts;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SuiteScript Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        var commands = new List<SuiteCommand>();
        foreach (JsonElement each in document.RootElement.GetProperty("commands").EnumerateArray())
        {
            string? module = each.TryGetProperty("filename", out JsonElement name) ? name.GetString() : null;
            bool isText = each.TryGetProperty("module_type", out JsonElement kind) && kind.GetString() == "text";
            commands.Add(new SuiteCommand(
                each.GetProperty("type").GetString()!,
                each.GetProperty("line").GetInt32(),
                module is null || isText ? null : File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(file)!, module)),
                Text(each, "text") ?? "",
                isText,
                Text(each, "name"),
                Text(each, "as"),
                each.TryGetProperty("action", out JsonElement action) ? Action(action) : null,
                Values(each, "expected")));
        }

        return new SuiteScript(Path.GetFileNameWithoutExtension(file), commands);
    }

    private static SuiteAction Action(JsonElement action) => new(
        action.GetProperty("type").GetString() switch
        {
            "invoke" => true,
            "get" => false,
            string other => throw new InvalidOperationException($"an action that this runner does not know: {other}"),
            null => throw new InvalidOperationException("an action without a type"),
        },
        Text(action, "module"),
        action.GetProperty("field").GetString()!,
        Values(action, "args"));

    private static List<SuiteValue> Values(JsonElement of, string property)
    {
        var values = new List<SuiteValue>();
        if (of.TryGetProperty(property, out JsonElement list))
        {
            foreach (JsonElement value in list.EnumerateArray())
            {
                values.Add(new SuiteValue(value.GetProperty("type").GetString()!, Text(value, "value")));
            }
        }

        return values;
    }

    private static string? Text(JsonElement of, string property) => of.TryGetProperty(property, out JsonElement text) ? text.GetString() : null;
}
