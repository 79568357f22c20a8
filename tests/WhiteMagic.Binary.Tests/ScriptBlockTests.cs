using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>Every JavaScript block of the README and of the documents of the modules runs and shows something.</summary>
public sealed class ScriptBlockTests
{
    private const string Prelude = "import { readFile } from 'node:fs/promises';\n";

    public static TheoryData<string> Documents()
    {
        var documents = new TheoryData<string>();
        foreach (string file in (IEnumerable<string>)["README.md", .. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "modules"), "*.md").Order().Select(f => "docs/modules/" + Path.GetFileName(f))])
        {
            documents.Add(file);
        }

        return documents;
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task JavaScript_OfADocument_Runs(string document)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, document), TestContext.Current.CancellationToken);
        string[] blocks = [.. Regex.Matches(text, "```js\n(.*?)\n```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
        Assert.NotEmpty(blocks);
        string modules = Path.Combine(Repository.Root, "dist", "wasm");
        Assert.True(File.Exists(Path.Combine(modules, "manifest.json")), "dist/wasm is not there: run ./wm build");
        foreach (string block in blocks)
        {
            // As in the root of the repository for the README, beside the modules for their documents.
            string script = (block.Contains("import { readFile }", StringComparison.Ordinal) ? "" : Prelude) + block;
            string folder = document == "README.md" ? Repository.Root : modules;
            ProgramRun? run = await ProgramRun.StartAsync("node",
                ["--input-type=module", "-e", $"process.chdir({System.Text.Json.JsonSerializer.Serialize(folder)});\n" + script], TimeSpan.FromSeconds(30));
            Assert.NotNull(run);
            run.ShouldSucceed(document);
            Assert.False(string.IsNullOrWhiteSpace(run.Output), $"{document} shows nothing");
            if (document == "README.md")
            {
                Assert.Equal("1 1", run.Output.Trim());
            }
        }
    }
}
