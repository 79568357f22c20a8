using System;
using System.IO;
using System.Linq;
using System.Text;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Server.Tests.Cli;

/// <summary>Roots that cannot be made or used; those that only an ordinary user meets are in the tests of the published file.</summary>
public sealed class UnusableRootTests
{
    [Fact]
    public void EveryTool_OnARootThatCannotBeMade_GivesANamedError()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(folder.File("file"), "x");
        string root = folder.File("file/x");
        using var bench = new ToolBench(root: root);
        foreach (Tool tool in bench.Catalog.Tools.Where(tool => tool.Name is not ("capabilities" or "manifest" or "galaxy_list" or "dharma_rules" or "dharma_reload" or "evaluate_ethics" or "check_boundaries" or "harmony_vector" or "rate_limiter_stats")))
        {
            (System.Text.Json.JsonElement answer, bool isError) = bench.Raw(tool.Name, Samples.ArgumentsOf(tool));
            if (tool.Name is "gnosis" or "health_report")
            {
                // What these are asked about is the state of the store: it is their finding.
                string finding = answer.GetProperty("alerts")[0].GetString()!;
                Assert.StartsWith("storage_missing: ", finding, StringComparison.Ordinal);
                Assert.Contains(root, finding, StringComparison.Ordinal);
            }
            else if (tool.Name is not ("export_memories" or "galaxy_create"))
            {
                Assert.True(isError, tool.Name);
                Assert.True(answer.GetProperty("error_code").GetString() == "storage_missing", tool.Name + answer);
                Assert.Contains(root, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
            }
        }

        Assert.Empty(bench.Defects);
    }

    [Theory]
    [InlineData("file/x", "is not a folder")]
    [InlineData("/dev/null/x", "is not a folder")]
    public void Verbs_OnARootThatCannotBeMade_NameIt(string given, string finding)
    {
        using var shell = new Shell();
        File.WriteAllText(Path.Combine(shell.Folder, "file"), "x");
        string root = Path.GetFullPath(given, shell.Folder);
        foreach (string[] args in (string[][])[["remember", "x"], ["list"], ["recall", "x"], ["init"], ["galaxy", "create", "work"], ["import", "-", "--format", "jsonl"], ["karma", "verify"], ["doctor"]])
        {
            shell.Input = Encoding.UTF8.GetBytes("{\"content\":\"x\"}");
            Assert.True(shell.Run([.. args, "--state-root", given]) == 1, string.Join(' ', args));
            Assert.Contains(root, shell.Error + shell.Out);
            Assert.DoesNotContain("defect", shell.Error);
            Assert.DoesNotContain("writing the output", shell.Error);
        }

        Assert.Contains(finding, shell.Out);
        Assert.DoesNotContain("all is well", shell.Out);
    }
}
