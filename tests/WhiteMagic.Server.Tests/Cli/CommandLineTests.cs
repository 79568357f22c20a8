using System;
using System.IO;
using System.Linq;
using WhiteMagic.Cli.Defining;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("no verb is given")]
    [InlineData("there is no verb \"remembr\" (did you mean remember?)", "remembr", "x")]
    [InlineData("list has no option --tgas (did you mean --tags?)", "list", "--tgas", "a")]
    [InlineData("before the verb there is no option --tags", "--tags", "a", "list")]
    [InlineData("--limit needs a value: --limit N", "list", "--limit")]
    [InlineData("--tags needs a value, and --json is an option", "list", "--tags", "--json")]
    [InlineData("--limit is \"ten\"; a whole number is allowed", "list", "--limit", "ten")]
    [InlineData("--importance is \"7\"; a number from 0 to 1 is allowed", "remember", "x", "--importance", "7")]
    [InlineData("--metadata is not a JSON object", "remember", "x", "--metadata", "[1]")]
    [InlineData("--type is \"thought\"; allowed: note, fact", "remember", "x", "--type", "thought")]
    [InlineData("--json takes no value", "list", "--json=yes")]
    [InlineData("--limit is given twice", "list", "--limit", "1", "--limit=2")]
    [InlineData("show needs ID", "show")]
    [InlineData("\"two\" is one word too many; usage: wm show ID [options]", "show", "one", "two")]
    [InlineData("galaxy needs one of: list, create, switch", "galaxy")]
    [InlineData("karma has no verb \"proof\"; allowed: verify, checkpoint, prove, report", "karma", "proof")]
    [InlineData("SHELL is \"fish\"; allowed: bash, zsh", "completion", "fish")]
    [InlineData("there is no tool \"create_memori\" (did you mean create_memory?)", "call", "create_memori")]
    [InlineData("JSON is not valid near line 1", "call", "gnosis", "{")]
    [InlineData("JSON is not an object", "call", "gnosis", "[]")]
    [InlineData("edit needs an option that says what changes, or a terminal", "edit", "019ab3c0-5000-7000-8000-000000000001")]
    [InlineData("DIR and --state-root both say where", "init", "x", "--state-root", "y")]
    [InlineData("--limit is \"0\"; 1 to 200 is allowed", "list", "--limit", "0")]
    [InlineData("--limit is \"-5\"; 1 to 200 is allowed", "list", "--limit", "-5")]
    [InlineData("--limit is \"201\"; 1 to 200 is allowed", "recall", "x", "--limit", "201")]
    [InlineData("--budget is \"63\"; 64 to 100000 is allowed", "recall", "x", "--budget", "63")]
    [InlineData("--at is \"yesterday\"; allowed: RFC 3339", "remember", "x", "--at", "yesterday")]
    [InlineData("--since is \"2026-13-01\"; allowed: RFC 3339", "list", "--since", "2026-13-01", "--json")]
    [InlineData("--until is \"\"; allowed: RFC 3339", "list", "--until", "")]
    [InlineData("--expected-version is \"0\"; 1 or more is allowed", "edit", "019ab3c0-5000-7000-8000-000000000001", "--title", "x", "--expected-version", "0")]
    [InlineData("--supersedes is \"zzz\"; a memory id has the form", "remember", "x", "--supersedes", "zzz")]
    [InlineData("ID is \"zzz\"; a memory id has the form", "show", "zzz")]
    [InlineData("ID is \"zzz\"; a memory id has the form", "forget", "zzz")]
    [InlineData("NAME is \"A\"; allowed: 1 to 64 characters", "galaxy", "create", "A")]
    [InlineData("--galaxy is \"Not Valid\"; allowed: 1 to 64 characters", "list", "--galaxy", "Not Valid")]
    [InlineData("--galaxy is \"\"; allowed: 1 to 64 characters", "list", "--galaxy", "")]
    [InlineData("--state-root is \"\"; it must not be empty", "list", "--state-root", "")]
    [InlineData("--session is \"\"; it must not be empty", "list", "--session", "")]
    public void Usage_WhenWrong_ExitsWithTwoAndNamesWhatIsAllowed(string message, params string[] args)
    {
        using var shell = new Shell();
        Assert.Equal(2, shell.Run(args));
        Assert.Equal(Array.IndexOf(args, "--json") < 0, shell.Out.Length == 0);
        Assert.Contains(message, shell.Error);
        Assert.Contains("see: wm help", shell.Error);
        Assert.False(Directory.Exists(shell.Root));
    }

    [Fact]
    public void Words_ThatAreNotUtf8_AreRefused()
    {
        using var shell = new Shell { ArgumentsAreUtf8 = false };
        Assert.Equal(2, shell.Run("remember", "bad\uFFFD"));
        Assert.Contains("the command line is not UTF-8", shell.Error);
        Assert.False(Directory.Exists(shell.Root));
    }

    [Fact]
    public void CurrentFolder_ThatIsGone_HindersOnlyWhatDependsOnIt()
    {
        using var shell = new Shell();
        string root = shell.Root;
        string home = shell.Folder;
        shell.Folder = "";
        shell.Ok("remember", "Tea is hot", "--state-root", root);
        shell.Ok("status", "--state-root", root);
        shell.Ok("doctor", "--state-root", root);
        shell.Ok("export", Path.Combine(home, "all.jsonl"), "--state-root", root);
        shell.Ok("help");
        foreach (string[] args in (string[][])[["status"], ["doctor"], ["init"], ["list", "--state-root", "x"], ["export", "x.jsonl", "--state-root", root]])
        {
            Assert.Equal(1, shell.Run(args));
            Assert.Contains("the current folder is gone", shell.Error + shell.Out);
            Assert.DoesNotContain("defect", shell.Error);
        }

        shell.Folder = home;
    }

    [Fact]
    public void Options_AfterTwoDashes_AreWords()
    {
        using var shell = new Shell();
        shell.Ok("remember", "--title", "A title", "--", "--limit", "is", "an", "option");
        shell.Ok("recall", "--detail", "full", "--", "--limit");
        Assert.Contains("  --limit is an option\n", shell.Out);
    }

    [Fact]
    public void GlobalOptions_BeforeAndAfterTheVerb_Hold()
    {
        using var shell = new Shell();
        string root = Path.Combine(shell.Folder, "elsewhere");
        shell.Ok("--state-root", root, "--json", "remember", "Tea is hot");
        Assert.True(shell.Json.GetProperty("created").GetBoolean());
        shell.Ok("list", "--json", "--state-root=" + root);
        Assert.Equal(1, shell.Json.GetProperty("memories").GetArrayLength());
        Assert.False(Directory.Exists(shell.Root));
    }

    [Fact]
    public void Usage_WithJson_AlsoGivesTheFailureObject()
    {
        using var shell = new Shell();
        Assert.Equal(2, shell.Run("list", "--nonsense", "--json"));
        Assert.Equal("invalid_params", shell.Json.GetProperty("error_code").GetString());
    }

    [Fact]
    public void Help_OfEveryVerb_ExplainsAllItsOptionsAndOperands()
    {
        using var shell = new Shell();
        string all = shell.Ok("help");
        foreach (Verb verb in AllVerbs.Rows)
        {
            Assert.Contains("  " + verb.Name + " ", all);
            string help = shell.Ok(["help", .. verb.Name.Split(' ')]);
            Assert.Equal(help, shell.Ok([.. verb.Name.Split(' '), "--help"]));
            Assert.Equal(help, shell.Ok([.. verb.Name.Split(' '), "-h"]));
            Assert.StartsWith("wm " + verb.Name + " - " + verb.Summary, help);
            Assert.Contains("usage: wm " + verb.Name, help);
            Assert.All(verb.Options, option => Assert.Contains("\n  " + option.Name, help));
            Assert.All(verb.Options, option => Assert.True(option.Help.Length > 5, option.Name));
            Assert.All(verb.Operands, operand => Assert.Contains("\n  " + operand.Name, help));
            Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 150, line));
        }

        Assert.All(GlobalOptions.All, option => Assert.Contains(option.Name, all));
        Assert.Contains("WM_STATE_ROOT", all);
        Assert.Contains("Exit codes", all);
        Assert.Equal(shell.Ok("--help"), all);
        Assert.Contains("wm galaxy create", shell.Ok("help", "galaxy"));
        Assert.Equal(2, shell.Run("help", "nonsense"));
    }

    [Fact]
    public void Verbs_OfTheContract_AreAllThereAndNoOthers()
    {
        string[] expected =
        [
            "call", "completion", "demo", "dharma check", "dharma profile", "dharma rules", "dharma test", "doctor", "edit", "export", "forget", "galaxy create", "galaxy list", "galaxy switch",
            "governance bench", "governance list", "governance load", "governance test", "governance unload", "help", "import", "init",
            "karma checkpoint", "karma prove", "karma report", "karma verify", "list", "recall", "remember", "serve", "show", "status", "version",
        ];
        Assert.Equal(expected, AllVerbs.Rows.Select(verb => verb.Name).Order(System.StringComparer.Ordinal));
    }

    [Fact]
    public void Examples_OfEveryVerb_AreCommandLinesThatAreUnderstood()
    {
        using var shell = new Shell();
        foreach (string example in AllVerbs.Rows.SelectMany(verb => verb.Examples).Where(text => text.StartsWith("wm ")))
        {
            string[] args = Words(example[3..]);
            Assert.NotNull(new CommandLineReader(null!).Read(args).Verb);
        }
    }

    [Fact]
    public void Version_AsVerbOrOption_IsTheSame()
    {
        using var shell = new Shell();
        string text = shell.Ok("version");
        Assert.StartsWith("wm " + File.ReadAllText(Path.Combine(Repository(), "VERSION")).Trim() + " (", text);
        Assert.Equal(text, shell.Ok("--version"));
        shell.Ok("version", "--json");
        Assert.StartsWith("3.", shell.Json.GetProperty("sqlite").GetString());
    }

    [Fact]
    public void Completion_ForBash_CompletesVerbsOptionsAndChoices()
    {
        using var shell = new Shell();
        string script = shell.Ok("completion", "bash");
        string file = Path.Combine(shell.Top, "completion.bash");
        File.WriteAllText(file, script);
        Assert.Equal("remember", Complete(file, "wm", "rem"));
        Assert.Equal("list", Complete(file, "wm", "galaxy", "l"));
        Assert.Equal("--limit", Complete(file, "wm", "recall", "tea", "--li"));
        Assert.Equal("core", Complete(file, "wm", "serve", "--profile", "c"));
        Assert.Equal("--description", Complete(file, "wm", "--galaxy", "x", "galaxy", "create", "n", "--d"));
        Assert.Contains("bashcompinit", shell.Ok("completion", "zsh"));
    }

    internal static string Repository()
    {
        string? at = System.AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "WhiteMagic.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new DirectoryNotFoundException("the repository is not above the test");
    }

    private static string Complete(string script, params string[] words)
    {
        if (!File.Exists("/bin/bash"))
        {
            Assert.Skip("there is no bash here");
        }

        string list = string.Join(' ', words.Select(word => "'" + word + "'"));
        var start = new System.Diagnostics.ProcessStartInfo("/bin/bash") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"source '{script}'; COMP_WORDS=({list}); COMP_CWORD={words.Length - 1}; _wm; echo \"${{COMPREPLY[*]}}\"");
        using var bash = System.Diagnostics.Process.Start(start)!;
        string found = bash.StandardOutput.ReadToEnd().Trim();
        bash.WaitForExit();
        return found;
    }

    // As a shell would: quotes hold words together.
    private static string[] Words(string line)
    {
        var words = new System.Collections.Generic.List<string>();
        var word = new System.Text.StringBuilder();
        char quote = '\0';
        foreach (char c in line + " ")
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                quote = quote == '\0' ? c : '\0';
            }
            else if (c == ' ' && quote == '\0')
            {
                if (word.Length > 0)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
            }
            else
            {
                word.Append(c);
            }
        }

        return [.. words];
    }
}
