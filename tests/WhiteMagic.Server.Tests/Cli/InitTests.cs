using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Memory.Seeds;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class InitTests
{
    [Fact]
    public void Init_InAFolder_MakesEverythingAndPrintsConfigurations()
    {
        using var shell = new Shell();
        string text = shell.Ok("init", "my project");
        string root = Path.Combine(shell.Folder, "my project", ".whitemagic");
        Assert.Equal("*\n", File.ReadAllText(Path.Combine(root, ".gitignore")));
        Assert.All(File.ReadAllLines(Path.Combine(root, "config.yaml")), line => Assert.True(line.Length == 0 || line[0] == '#'));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Rights.Of(root));
        Assert.Contains("Stored 16 quickstart memories", text);
        Assert.Contains($"claude mcp add whitemagic -- '/opt/wm tools/wm' serve --state-root '{root}'", text);
        Assert.Contains($"command = \"/opt/wm tools/wm\"\nargs = [\"serve\", \"--state-root\", \"{root}\"]", text);
        foreach ((string member, string from) in new[] { ("mcpServers", "{\n  \"mcpServers\""), ("servers", "{\n  \"servers\"") })
        {
            int start = text.IndexOf(from, StringComparison.Ordinal);
            int end = text.IndexOf("\n}\n", start, StringComparison.Ordinal) + 2;
            using JsonDocument document = JsonDocument.Parse(text[start..end]);
            JsonElement server = document.RootElement.GetProperty(member).GetProperty("whitemagic");
            Assert.Equal("/opt/wm tools/wm", server.GetProperty("command").GetString());
            Assert.Equal(["serve", "--state-root", root], server.GetProperty("args").EnumerateArray().Select(a => a.GetString()!));
        }

        shell.Ok("status", "--json");
        Assert.Equal(root, shell.Json.GetProperty("state_root").GetString());
    }

    [Fact]
    public void Init_OfAFolderThatIsTheStateRoot_NestsNone()
    {
        using var shell = new Shell();
        string root = Path.Combine(shell.Folder, "project", ".whitemagic");
        shell.Ok("init", "project/.whitemagic/", "--json");
        Assert.Equal(root, shell.Json.GetProperty("state_root").GetString());
        shell.Folder = root;
        shell.Ok("init", "--json");
        Assert.Equal((root, 0), (shell.Json.GetProperty("state_root").GetString(), shell.Json.GetProperty("seeded").GetInt32()));
        Assert.False(Directory.Exists(Path.Combine(root, ".whitemagic")));
    }

    [Fact]
    public void Init_Repeated_ChangesNothing()
    {
        using var shell = new Shell();
        shell.Ok("init", "--json");
        Assert.Equal(16, shell.Json.GetProperty("seeded").GetInt32());
        File.WriteAllText(Path.Combine(shell.Root, "config.yaml"), "durability: normal\n");
        shell.Ok("init", "--json");
        Assert.Equal(0, shell.Json.GetProperty("seeded").GetInt32());
        Assert.Equal("durability: normal\n", File.ReadAllText(Path.Combine(shell.Root, "config.yaml")));
        Assert.Equal(16, Ids(shell).Count);
        shell.Ok("karma", "report", "--json");
        JsonElement init = shell.Json.GetProperty("tools").EnumerateArray().Single(tool => tool.GetProperty("name").GetString() == "init");
        Assert.Equal(1, init.GetProperty("calls").GetInt32());
        Assert.Equal(16, init.GetProperty("memories_changed").GetInt32());
        Assert.Equal(0, init.GetProperty("debt").GetDouble());
    }

    [Fact]
    public void Init_AfterSeedsWereDeletedOrPurged_NeverBringsThemBack()
    {
        using var shell = new Shell();
        shell.Ok("init");
        List<string> ids = Ids(shell);
        shell.Ok("forget", ids[0]);
        shell.Ok("forget", ids[1], "--purge");
        shell.Ok("init");
        Assert.Equal(ids.Skip(2), Ids(shell));
        Assert.Equal(1, shell.Run("show", ids[1]));
    }

    [Fact]
    public void Seeds_AllSixteen_AreShortTaggedAndOrdered()
    {
        IReadOnlyList<Seed> seeds = Quickstart.Seeds();
        Assert.Equal(16, seeds.Count);
        Assert.Equal(16, seeds.Select(seed => seed.Draft.Id).Distinct().Count());
        Assert.Equal(16, seeds.Select(seed => seed.Draft.Title).Distinct().Count());
        foreach (Seed seed in seeds)
        {
            int words = seed.Draft.Content.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
            Assert.True(words is >= 60 and <= 150, $"{seed.Draft.Title}: {words} words");
            Assert.InRange(seed.Version, 1, Quickstart.Version);
            Assert.Contains("quickstart", seed.Draft.Tags);
            Assert.Equal(2, seed.Draft.Tags.Count);
            Assert.Equal("quickstart", seed.Draft.Source);
            Assert.True(seed.Draft.Type is MemoryType.Procedure or MemoryType.Fact);
            string id = seed.Draft.Id.ToString()!;
            Assert.Equal('7', seed.Draft.Id!.Value.ToString()[14]);
            Assert.Contains(seed.Draft.Id.Value.ToString()[19], "89ab");
        }

        using var shell = new Shell();
        shell.Ok("init");
        Assert.Equal(seeds.Select(seed => seed.Draft.Id!.Value.ToString()), Ids(shell));
    }

    [Theory]
    [InlineData("what is whitemagic", "What WhiteMagic is")]
    [InlineData("how do I purge a memory for good", "Deleting, restoring, purging")]
    [InlineData("token budget of a context pack", "Context packs and token budgets")]
    [InlineData("import markdown notes", "Import and export")]
    [InlineData("is it encrypted? where are the files?", "Privacy, and where the files are")]
    public void Seeds_WhenSearched_AnswerTheQuestion(string question, string title)
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Ok("recall", question, "--limit", "3", "--json");
        Assert.Contains(title, shell.Json.GetProperty("results").EnumerateArray().Select(hit => hit.GetProperty("title").GetString()));
    }

    [Fact]
    public void Init_OverAnEarlierDatabase_MovesAndImportsIt()
    {
        using var shell = new Shell { ForeignDatabases = new EarlierMemories() };
        Directory.CreateDirectory(Path.GetDirectoryName(shell.Database)!);
        RawDatabase.Execute(shell.Database, "CREATE TABLE memories(id, content); INSERT INTO memories VALUES(1, 'x')");
        byte[] before = File.ReadAllBytes(shell.Database);
        Assert.Equal(1, shell.Run("list", "--json"));
        Assert.Equal("storage_foreign", shell.Json.GetProperty("error_code").GetString());

        shell.Ok("init", "--json");
        JsonElement earlier = shell.Json.GetProperty("earlier_database");
        Assert.Equal(2, earlier.GetProperty("created").GetInt32());
        string moved = earlier.GetProperty("moved_to").GetString()!;
        Assert.StartsWith(Path.Combine(shell.Root, "backups", "earlier-"), moved);
        Assert.Equal(before, File.ReadAllBytes(moved));
        Assert.Equal(18, Ids(shell).Count);
        Assert.Contains("import_memories", shell.Ok("karma", "report"));
        shell.Ok("init", "--json");
        Assert.False(shell.Json.TryGetProperty("earlier_database", out _));
    }

    [Fact]
    public void Init_WhenTheEarlierDatabaseCannotBeImported_KeepsItAndSaysSo()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(Path.GetDirectoryName(shell.Database)!);
        RawDatabase.Execute(shell.Database, "CREATE TABLE other(x)");
        Assert.Equal(1, shell.Run("init"));
        Assert.Contains("was moved to", shell.Out);
        Assert.Equal(16, Ids(shell).Count);
        Assert.Single(Directory.GetFiles(Path.Combine(shell.Root, "backups"), "whitemagic.db", SearchOption.AllDirectories));
    }

    [Fact]
    public void Init_OverADatabaseOfAnotherProgram_SaysSoAndAdvisesNothing()
    {
        using var shell = new Shell { ForeignDatabases = new WhiteMagic.Sqlite.Legacy.ForeignDatabases() };
        Directory.CreateDirectory(Path.GetDirectoryName(shell.Database)!);
        RawDatabase.Execute(shell.Database, "CREATE TABLE other(x)");
        Assert.Equal(1, shell.Run("init"));
        Assert.Contains("A database of another program was moved to " + Path.Combine(shell.Root, "backups"), shell.Out);
        Assert.DoesNotContain("wm import", shell.Out);
        Assert.DoesNotContain("earlier WhiteMagic's", shell.Out);
        Assert.Equal(16, Ids(shell).Count);
    }

    [Fact]
    public void Init_WithARowThatCannotBeTaken_NamesItAndFails()
    {
        using var shell = new Shell { ForeignDatabases = new EarlierMemories { HasABadRow = true } };
        Directory.CreateDirectory(Path.GetDirectoryName(shell.Database)!);
        RawDatabase.Execute(shell.Database, "CREATE TABLE memories(id, content)");
        Assert.Equal(1, shell.Run("init"));
        Assert.Contains("2 memories are new, 0 were there already, 1 could not be taken", shell.Out);
        Assert.Contains("wm: row 3: content is empty", shell.Error);
        File.Delete(shell.Database);
        foreach (string beside in Directory.GetFiles(Path.GetDirectoryName(shell.Database)!))
        {
            File.Delete(beside);
        }

        RawDatabase.Execute(shell.Database, "CREATE TABLE memories(id, content)");
        Assert.Equal(1, shell.Run("init", "--json"));
        JsonElement error = Assert.Single(shell.Json.GetProperty("earlier_database").GetProperty("errors").EnumerateArray());
        Assert.Equal(3, error.GetProperty("row").GetInt32());
    }

    private static List<string> Ids(Shell shell)
    {
        shell.Ok("list", "--limit", "200", "--json");
        return [.. shell.Json.GetProperty("memories").EnumerateArray().Select(memory => memory.GetProperty("memory_id").GetString()!)];
    }

    private sealed class EarlierMemories : IForeignDatabase
    {
        public bool HasABadRow { get; init; }

        public void Read(string path, Action<MemoryDraft, long> take, Action<ImportIssue> fail)
        {
            take(new MemoryDraft { Content = "The first earlier memory" }, 1);
            take(new MemoryDraft { Content = "The second earlier memory" }, 2);
            if (HasABadRow)
            {
                fail(new ImportIssue(3, "content is empty"));
            }
        }
    }
}
