using System;
using System.IO;
using System.Linq;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class DharmaVerbTests
{
    [Fact]
    public void Check_SaysWhetherTheFilesAreRight()
    {
        using var shell = new Shell();
        shell.Ok("init");
        Assert.Equal("right: 2 rules in force under profile default\n", shell.Ok("dharma", "check"));
        Write(shell, "rules:\n  - {name: r, action: blok}\n");
        Assert.Equal(1, shell.Run("dharma", "check"));
        Assert.StartsWith("wm: dharma/rules.d/team.yaml:2:23: \"action\" is the text \"blok\", but must be one of log,", shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, shell.Run("dharma", "check", "--json"));
        Assert.Contains("must be one of log", shell.Json.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, shell.Run("doctor"));
        Assert.Contains("team.yaml:2:23", shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_RunsCases_AndNamesThoseThatDiffer()
    {
        using var shell = new Shell();
        shell.Ok("init");
        Write(shell, "rules:\n  - {name: no_deletes, action: block, effects: [delete]}\n");
        string cases = Path.Combine(shell.Folder, "cases.yaml");
        File.WriteAllText(cases, "cases:\n  - {name: refused, tool: delete_memory, expect: block, rules: [no_deletes]}\n  - {name: allowed, tool: list_memories, expect: allow}\n");
        Assert.Equal("2 cases as expected, 0 not\n", shell.Ok("dharma", "test", cases));
        File.AppendAllText(cases, "  - {name: wrong, tool: delete_memory, expect: warn}\n");
        Assert.Equal(1, shell.Run("dharma", "test", "cases.yaml"));
        Assert.Equal("differs cases.yaml:4: wrong: expected warn, found block by no_deletes\n2 cases as expected, 1 not\n", shell.Out);
        Assert.Equal(1, shell.Run("dharma", "test", "cases.yaml", "--json"));
        Assert.Equal("cases.yaml:4", shell.Json.GetProperty("differences")[0].GetProperty("place").GetString());
        File.WriteAllText(cases, "cases:\n  - {tool: delete_memory, expect: never}\n");
        Assert.Equal(1, shell.Run("dharma", "test", cases));
        Assert.Contains("must be one of allow, log", shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, shell.Run("dharma", "test", "absent.yaml"));
        Assert.Contains("absent.yaml cannot be read", shell.Error, StringComparison.Ordinal);
        File.WriteAllText(cases, "cases:\n  - {tool: no_tool, expect: allow}\n");
        Assert.Equal(1, shell.Run("dharma", "test", cases));
        Assert.Contains("there is no tool \"no_tool\" here", shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Profile_IsShownAndSet_AndRelaxedOnlyHere()
    {
        using var shell = new Shell();
        shell.Ok("init");
        Assert.Equal("default\n", shell.Ok("dharma", "profile"));
        Assert.Equal("profile: secure\n", shell.Ok("dharma", "profile", "secure"));
        Assert.Equal(1, shell.Run("remember", "Tea is hot"));
        Assert.Contains("rule secure_refuses_changes refuses create_memory", shell.Error, StringComparison.Ordinal);
        Assert.Equal("profile: creative\n", shell.Ok("dharma", "profile", "creative"));
        shell.Ok("remember", "Tea is hot");
        Assert.Contains("set_dharma_profile", shell.Ok("karma", "report"), StringComparison.Ordinal);
        Assert.Equal(1, shell.Run("dharma", "profile", "nonsense"));
    }

    [Fact]
    public void Rules_AreListedWithTheirSource()
    {
        using var shell = new Shell();
        shell.Ok("init");
        Write(shell, "rules:\n  - name: mine\n    action: warn\n    keywords: [drop table]\n");
        string[] lines = shell.Ok("dharma", "rules").Split('\n');
        Assert.Equal("profile default", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("mine ", StringComparison.Ordinal) && l.EndsWith("dharma/rules.d/team.yaml:2", StringComparison.Ordinal));
        Assert.Equal(1, lines.Count(l => l == "  when keywords: drop table"));
    }

    private static void Write(Shell shell, string yaml)
    {
        string folder = Path.Combine(shell.Root, "dharma", "rules.d");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "team.yaml"), yaml);
    }
}
