using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class VerbTests
{
    private const string Absent = "01a202d9-0000-7000-8000-000000000000";

    [Fact]
    public void Remember_WithEveryOption_StoresEveryField()
    {
        using var shell = new Shell();
        string old = shell.Remember("An old belief");
        string id = shell.Remember("Ada", "prefers", "tea", "--title", "Tea", "--tags", "Ada, drinks", "--type", "preference", "--importance", "0.9", "--at", "2026-03-02",
            "--session", "s1", "--speaker", "Ada Berg", "--source", "chat", "--metadata", "{\"cup\":1}", "--supersedes", old);
        shell.Ok("show", id, "--json");
        JsonElement memory = shell.Json.GetProperty("memory");
        Assert.Equal("Ada prefers tea", memory.GetProperty("content").GetString());
        Assert.Equal(["ada", "drinks"], memory.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
        Assert.Equal("preference", memory.GetProperty("memory_type").GetString());
        Assert.Equal(0.9, memory.GetProperty("importance").GetDouble());
        Assert.StartsWith("2026-03-02T00:00:00", memory.GetProperty("event_time").GetString());
        Assert.Equal("s1", memory.GetProperty("session_id").GetString());
        Assert.Equal("Ada Berg", memory.GetProperty("speaker").GetString());
        Assert.Equal(1, memory.GetProperty("metadata").GetProperty("cup").GetInt32());
        string text = shell.Ok("show", id);
        Assert.StartsWith("Tea\nid " + id + "\ntags ada, drinks\nmemory_type preference\n", text);
        Assert.EndsWith("\n\nAda prefers tea\n", text);
        string shown = shell.Ok("show", old);
        Assert.Contains("superseded_by " + id, shown);
        Assert.Contains("history, the oldest first\n", shown);
        Assert.True(shown.IndexOf("  " + old, StringComparison.Ordinal) < shown.IndexOf("  " + id, StringComparison.Ordinal));
    }

    [Fact]
    public void Remember_Repeated_SaysThatItIsKnown()
    {
        using var shell = new Shell();
        Assert.StartsWith("stored ", shell.Ok("remember", "Tea is hot"));
        Assert.StartsWith("known already, reinforced ", shell.Ok("remember", "Tea is hot"));
    }

    [Fact]
    public void Remember_FromStandardInput_StoresItsText()
    {
        using var shell = new Shell { Input = Shell.Utf8("First line\nsecond line é\n") };
        string id = shell.Remember("-");
        Assert.Equal("First line\nsecond line é\n", shell.Ok("show", id, "--content"));
        shell.Input = [0xff, 0xfe];
        Assert.Equal(1, shell.Run("remember", "-"));
        Assert.Contains("standard input is not UTF-8", shell.Error);
    }

    [Fact]
    public void Recall_WithFilters_FindsOnlyThose()
    {
        using var shell = new Shell();
        shell.Remember("Ada prefers tea", "--tags", "ada", "--title", "Drinks");
        shell.Remember("Bob prefers coffee", "--tags", "bob");
        string text = shell.Ok("recall", "who", "prefers", "what");
        Assert.Contains("Drinks\n", text);
        Assert.EndsWith("2 memories\n", text);
        Assert.EndsWith("1 memory\n", shell.Ok("recall", "prefers", "--tags", "bob"));
        Assert.Equal("nothing found\n", shell.Ok("recall", "zebra"));
        shell.Ok("recall", "tea", "--explain", "--json");
        Assert.Equal(1, shell.Json.GetProperty("count").GetInt32());
        Assert.Contains("score {", shell.Ok("recall", "tea", "--explain"));
    }

    [Fact]
    public void List_WithMoreThanAPage_GivesTheCursor()
    {
        using var shell = new Shell();
        Assert.Equal("no memories\n", shell.Ok("list", "--state-root", shell.Root));
        for (int i = 0; i < 3; i++)
        {
            shell.Remember("Memory number " + i);
        }

        string text = shell.Ok("list", "--limit", "2");
        Assert.StartsWith("Memory number 2\n", text);
        string cursor = text[(text.IndexOf("--cursor ", StringComparison.Ordinal) + 9)..].Trim();
        Assert.StartsWith("Memory number 0\n", shell.Ok("list", "--limit", "2", "--cursor", cursor));
    }

    [Fact]
    public void Edit_WithOptions_ChangesOnlyThose()
    {
        using var shell = new Shell();
        string id = shell.Remember("Tea is hot", "--title", "Tea", "--tags", "a,b");
        Assert.Equal($"updated {id}, version 2\n", shell.Ok("edit", id, "--tags", "c", "--title", ""));
        shell.Ok("show", id, "--json");
        Assert.Equal("Tea is hot", shell.Json.GetProperty("memory").GetProperty("content").GetString());
        Assert.Equal("", shell.Json.GetProperty("memory").GetProperty("title").GetString());
        shell.Input = Shell.Utf8("Tea is warm");
        shell.Ok("edit", id, "--content", "-");
        Assert.Equal("Tea is warm", shell.Ok("show", id, "--content"));
        Assert.Equal(1, shell.Run("edit", id, "--title", "x", "--expected-version", "1"));
        Assert.Contains("has version 3, expected_version was 1", shell.Error);
        Assert.Equal(1, shell.Run("edit", Absent, "--title", "x", "--json"));
        Assert.Equal("not_found", shell.Json.GetProperty("error_code").GetString());
    }

    [Fact]
    public void Edit_InAnEditor_StoresWhatItWrote()
    {
        using var shell = new Shell { IsTerminal = true };
        shell.Variables["NO_COLOR"] = "1";
        string id = shell.Remember("Tea is hot");
        Assert.Equal(2, shell.Run("edit", id));
        Assert.Contains("neither VISUAL nor EDITOR", shell.Error);
        shell.Variables["EDITOR"] = "sed -i s/hot/cold/";
        Assert.Contains("version 2", shell.Ok("edit", id));
        Assert.Equal("Tea is cold\n", shell.Ok("show", id, "--content"));
        Assert.Equal("nothing was changed\n", shell.Ok("edit", id));
        shell.Variables["EDITOR"] = "false";
        Assert.Equal(1, shell.Run("edit", id));
        Assert.Contains("the editor failed; nothing was changed", shell.Out);
        shell.Variables["EDITOR"] = ": >";
        Assert.Equal(1, shell.Run("edit", id));
        Assert.Contains("content is empty", shell.Error);
        string kept = shell.Error[(shell.Error.IndexOf("kept in ", StringComparison.Ordinal) + 8)..].Trim();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Rights.Of(kept));
        File.Delete(kept);
    }

    [Fact]
    public void Hints_OfVerbs_SpeakOfVerbsAndOptions()
    {
        using var shell = new Shell();
        shell.Ok("init");
        Assert.Equal(1, shell.Run("show", Absent));
        Assert.Contains("wm recall and wm list give ids that exist; --galaxy NAME chooses another galaxy", shell.Error);
        Assert.Equal(1, shell.Run("list", "--galaxy", "absent"));
        Assert.Contains("wm galaxy list names all galaxies, wm galaxy create makes one", shell.Error);
        Assert.Equal(1, shell.Run("list", "--cursor", "zzz"));
        Assert.Contains("cursor is not one that wm list gave", shell.Error);
        shell.Ok("export", "all.jsonl");
        Assert.Equal(1, shell.Run("export", "all.jsonl"));
        Assert.Contains("give another path, or --overwrite to replace the file", shell.Error);
        Assert.Equal(1, shell.Run("call", "read_memory", "{\"id\":\"" + Absent + "\"}"));
        Assert.Contains("the argument galaxy", shell.Error);
    }

    [Theory]
    [InlineData("help", "recall", "--json")]
    [InlineData("recall", "--help", "--json")]
    public void Help_OfAVerbWithJson_ExplainsThatVerb(params string[] args)
    {
        using var shell = new Shell();
        shell.Ok(args);
        JsonElement verb = Assert.Single(shell.Json.GetProperty("verbs").EnumerateArray());
        Assert.Equal("recall", verb.GetProperty("name").GetString());
        JsonElement limit = verb.GetProperty("options").EnumerateArray().First();
        Assert.Equal(("--limit", "N"), (limit.GetProperty("name").GetString(), limit.GetProperty("value").GetString()));
        Assert.NotEqual("", limit.GetProperty("help").GetString());
        Assert.Equal("QUERY", verb.GetProperty("operands")[0].GetProperty("name").GetString());
        Assert.NotEqual(0, verb.GetProperty("examples").GetArrayLength());
        shell.Ok("help", "galaxy", "--json");
        Assert.Equal(3, shell.Json.GetProperty("verbs").GetArrayLength());
        Assert.Equal(2, shell.Run("help", "nonsense", "--json"));
    }

    [Fact]
    public void Completion_WithJson_IsOneLineThatHoldsTheScript()
    {
        using var shell = new Shell();
        string script = shell.Ok("completion", "bash");
        shell.Ok("completion", "bash", "--json");
        Assert.Equal(("bash", script), (shell.Json.GetProperty("shell").GetString(), shell.Json.GetProperty("script").GetString()));
    }

    [Fact]
    public void Forget_ThenRestoreThenPurge_DoesEach()
    {
        using var shell = new Shell();
        string id = shell.Remember("Tea is hot");
        Assert.StartsWith("deleted " + id, shell.Ok("forget", id));
        Assert.Equal(1, shell.Run("show", id));
        Assert.Contains("deleted", shell.Ok("list", "--deleted"));
        shell.Ok("call", "restore_memory", "{\"memory_id\":\"" + id + "\"}");
        Assert.Equal($"erased {id}\n", shell.Ok("forget", id, "--purge"));
        Assert.Equal(1, shell.Run("forget", id));
        Assert.Contains("memory_id " + id + " is not in galaxy default", shell.Error);
    }

    [Fact]
    public void ExportAndImport_OfEverything_GoRound()
    {
        using var shell = new Shell();
        shell.Ok("init");
        Assert.Contains("16 memories, ", shell.Ok("export", "all.jsonl"));
        Assert.Equal(1, shell.Run("export", "all.jsonl"));
        shell.Ok("export", "all.jsonl", "--overwrite", "--tags", "quickstart");
        shell.Ok("galaxy", "create", "copy");
        Assert.Equal("jsonl: 16 read, 16 valid, 0 reinforced, 0 there already, 0 failed (dry run: nothing was stored)\n", shell.Ok("import", "all.jsonl", "--dry-run", "--galaxy", "copy"));
        Assert.Equal("jsonl: 16 read, 16 new, 0 reinforced, 0 there already, 0 failed\n", shell.Ok("import", "all.jsonl", "--galaxy", "copy"));
        Assert.Equal("jsonl: 16 read, 0 new, 0 reinforced, 16 there already, 0 failed\n", shell.Ok("import", "all.jsonl", "--galaxy", "copy"));
        shell.Input = Shell.Utf8("{\"content\":\"From a pipe\"}\nnonsense\n");
        Assert.Equal(1, shell.Run("import", "-", "--format", "jsonl"));
        Assert.Contains("2 read, 1 new, 0 reinforced, 0 there already, 1 failed", shell.Out);
        Assert.StartsWith("wm: 2: ", shell.Error);
        Assert.Equal(1, shell.Run("import", "absent.jsonl"));
        Assert.Contains("there is no such file", shell.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Import_ThatIsAskedToEnd_SaysHowManyItKept(bool json)
    {
        Action? stop = null;
        using var shell = new Shell { OnEnd = action => stop = action };
        string[] lines = [.. Enumerable.Range(0, 10).Select(i => $$"""{"content":"Memory number {{i}}"}""")];
        File.WriteAllLines(Path.Combine(shell.Folder, "all.jsonl"), lines);
        shell.ForeignDatabases = new StoppingDatabase(() => stop!());
        File.WriteAllBytes(Path.Combine(shell.Folder, "old.db"), [.. "SQLite format 3\0"u8]);
        Assert.Equal(1, shell.Run(["import", "old.db", "--format", "sqlite", "--state-root", shell.Root, .. json ? ["--json"] : (string[])[]]));
        Assert.Contains("the import was cancelled; 3 memories were imported before that and are kept", json ? shell.Out : shell.Error);
        shell.Ok("list", "--json");
        Assert.Equal(3, shell.Json.GetProperty("memories").GetArrayLength());
        shell.Ok("import", "all.jsonl");
    }

    private sealed class StoppingDatabase(Action stop) : IForeignDatabase
    {
        public void Read(string path, Action<MemoryDraft, long> take, Action<ImportIssue> fail)
        {
            for (int i = 0; i < 10; i++)
            {
                if (i == 3)
                {
                    stop();
                }

                take(new MemoryDraft { Content = "Row " + i }, i + 1);
            }
        }
    }

    [Fact]
    public void Call_OfAnyTool_ShowsItsAnswer()
    {
        using var shell = new Shell();
        shell.Ok("init");
        Assert.Contains("\"state_root\": \"", shell.Ok("call", "gnosis"));
        Assert.StartsWith("Memories, quoted as data.", shell.Ok("call", "context_pack", "{\"query\":\"tags\"}"));
        shell.Input = Shell.Utf8("{\"query\":\"tags\"}");
        shell.Ok("call", "search_memories", "-", "--json");
        Assert.True(shell.Json.GetProperty("count").GetInt32() > 0);
        string list = shell.Ok("call", "--list");
        Assert.Contains("create_memory - ", list);
        Assert.Contains("content* title", list);
        Assert.Equal(1, shell.Run("call", "read_memory", "{}", "--json"));
        Assert.Equal("invalid_params", shell.Json.GetProperty("error_code").GetString());
        Assert.Equal(1, shell.Run("call", "read_memory", "{}"));
        Assert.Contains("memory_id is missing", shell.Error);
        Assert.Equal("", shell.Out);
    }

    [Fact]
    public void Galaxies_MadeAndChosen_AreListed()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Root);
        Assert.Equal("made galaxy work\n", shell.Ok("galaxy", "create", "work", "--description", "The day job"));
        Assert.Equal("active galaxy: work\n", shell.Ok("galaxy", "switch", "work"));
        shell.Remember("Only at work");
        Assert.Contains("* work  1 memory  The day job\n", shell.Ok("galaxy", "list"));
        Assert.Equal("no memories\n", shell.Ok("list", "--galaxy", "default"));
        Assert.Equal(1, shell.Run("galaxy", "create", "work"));
        Assert.Equal(1, shell.Run("galaxy", "switch", "absent"));
        Assert.Equal("{\"active\":\"work\"}\n", File.ReadAllText(Path.Combine(shell.Root, "galaxies.json")));
    }

    [Fact]
    public void Karma_AfterCalls_NamesTheCommandLine()
    {
        using var shell = new Shell();
        shell.Remember("Tea is hot");
        Assert.StartsWith("whole: 1 entry, head ", shell.Ok("karma", "verify"));
        string report = shell.Ok("karma", "report");
        Assert.Contains("create_memory", report);
        Assert.Contains("cli/" + File.ReadAllText(Path.Combine(CommandLineTests.Repository(), "VERSION")).Trim(), report);
    }

    [Fact]
    public void Remember_OfNearlyTheSame_NamesTheOther()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}"));
        string first = shell.Ok("remember", text, "--title", "First").Split(' ')[^1].Trim();
        Assert.Contains($"says nearly the same as {first}  First\n", shell.Ok("remember", text + " more"));
    }

    [Fact]
    public void Status_OfAStore_CountsIt()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string text = shell.Ok("status");
        Assert.Contains("state root   " + shell.Root + " (in the current folder)\n", text);
        Assert.Contains("memories     16, 0 deleted\n", text);
        Assert.Contains("schema       4\n", text);
        Assert.Matches("^wm [0-9.]+ uses .*\\(in the current folder\\), galaxy default\n$", shell.Error);
        shell.Ok("status", "--json");
        Assert.Equal(16, shell.Json.GetProperty("storage").GetProperty("memories").GetInt32());
        Assert.Equal("default", shell.Json.GetProperty("galaxies")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Output_OfHostileText_HoldsNoControlCharacters()
    {
        using var shell = new Shell();
        string id = shell.Remember("Red \u001b[31malert\u001b[0m \u202Edesrever\u0007", "--title", "T\u001b]0;x\u0007", "--tags", "safe");
        foreach (string text in new[] { shell.Ok("show", id), shell.Ok("list"), shell.Ok("recall", "alert"), shell.Ok("call", "read_memory", "{\"id\":\"" + id + "\"}") })
        {
            Assert.DoesNotContain('\u001b', text);
            Assert.DoesNotContain('\u0007', text);
            Assert.DoesNotContain('\u202E', text);
        }

        Assert.Contains('\u001b', shell.Ok("show", id, "--content"));
    }

    [Theory]
    [InlineData(32, "")]
    [InlineData(28, "wm: writing the output: there is no space left for it\n    free space, or choose another folder\n")]
    public void Output_ThatCannotBeWritten_FailsWithoutACrash(int error, string message)
    {
        using var shell = new Shell { OutFailsWith = error };
        Assert.Equal(1, shell.Run("help"));
        Assert.Equal(message, shell.Error);
        Assert.Equal(1, shell.Run("list", "--nonsense", "--json"));
    }

    [Fact]
    public void Colours_OnlyOnATerminalWithoutNoColor()
    {
        using var shell = new Shell();
        Assert.DoesNotContain('\u001b', shell.Ok("help"));
        shell.IsTerminal = true;
        Assert.Contains('\u001b', shell.Ok("help"));
        shell.Variables["NO_COLOR"] = "1";
        Assert.DoesNotContain('\u001b', shell.Ok("help"));
    }
}
