using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class DoctorTests
{
    [Fact]
    public void Doctor_OnAWholeStore_FindsAllWellAndLeavesAnEntry()
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Ok("galaxy", "create", "work");
        string text = shell.Ok("doctor");
        Assert.EndsWith("all is well\n", text);
        Assert.All(text.TrimEnd('\n').Split('\n')[..^1], line => Assert.StartsWith("ok ", line));
        Assert.Contains("default: search index", text);
        Assert.Contains("work: ledger", text);
        shell.Ok("karma", "report", "--galaxy", "work", "--json");
        Assert.Contains("doctor", shell.Json.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
        Assert.Equal(0, shell.Json.GetProperty("debt").GetDouble());
    }

    [Fact]
    public void Doctor_WithoutARoot_MakesNone()
    {
        using var shell = new Shell();
        Assert.Contains("is not there yet", shell.Ok("doctor", "--state-root", shell.Root));
        Assert.False(Directory.Exists(shell.Root));
        Assert.Contains("none yet", shell.Ok("status", "--state-root", shell.Root));
        Assert.False(Directory.Exists(shell.Root));
    }

    [Fact]
    public void Doctor_WithADamagedSearchIndex_FindsAndFixesIt()
    {
        using var shell = new Shell();
        shell.Ok("init");
        RawDatabase.Execute(shell.Database, "DELETE FROM search_recent");
        Assert.Contains("nothing found", shell.Ok("recall", "quickstart"));
        Assert.Equal(1, shell.Run("doctor", "--json"));
        Assert.Equal("fail", ConfigurationTests.Check(shell.Json, "search index").GetProperty("level").GetString());
        Assert.Equal("ok", ConfigurationTests.Check(shell.Json, "integrity").GetProperty("level").GetString());

        shell.Ok("doctor", "--fix", "--json");
        Assert.Contains("default: built the search index anew", shell.Json.GetProperty("repaired").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal("ok", ConfigurationTests.Check(shell.Json, "search index").GetProperty("level").GetString());
        Assert.Contains("What WhiteMagic is", shell.Ok("recall", "what WhiteMagic is"));
        AssertRepairIsEntered(shell, 16);
    }

    [Fact]
    public void Doctor_WithADamagedTagIndex_FindsAndFixesIt()
    {
        using var shell = new Shell();
        shell.Ok("init");
        RawDatabase.Execute(shell.Database, "DELETE FROM memory_tags WHERE tag = 'quickstart' AND number < 4; INSERT INTO memory_tags VALUES('stray', 5)");
        Assert.Equal(1, shell.Run("doctor"));
        Assert.Contains("3 entries are missing, 1 are too many", shell.Out);
        Assert.Contains("fixed  default: built the tag index anew", shell.Ok("doctor", "--fix"));
        shell.Ok("list", "--tags", "quickstart", "--limit", "200", "--json");
        Assert.Equal(16, shell.Json.GetProperty("memories").GetArrayLength());
        AssertRepairIsEntered(shell, 32);
    }

    [Fact]
    public void Doctor_WithADamagedMirror_FindsAndFixesIt()
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Remember("Tea is hot");
        shell.Ok("list");
        string mirror = Path.Combine(shell.Root, "karma", "default.jsonl");
        string[] lines = File.ReadAllLines(mirror);
        string edited = lines[1].Replace("create_memory", "delete_memory", StringComparison.Ordinal);
        Assert.NotEqual(edited, lines[1]);
        File.WriteAllLines(mirror, lines.Select((line, i) => i == 1 ? edited : line));
        Assert.Contains("says otherwise at entry 2", shell.Ok("karma", "verify"));
        Assert.Equal(0, shell.Run("doctor"));
        Assert.Contains("says otherwise at entry 2", shell.Out);
        using (new FileStream(Path.Combine(shell.Root, "karma", "default.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            shell.Run("doctor", "--fix");
            Assert.Contains("another process writes karma/default.jsonl", shell.Out);
        }

        Assert.Contains("fixed  default: wrote the mirror of the ledger anew", shell.Ok("doctor", "--fix"));
        Assert.Equal(lines, File.ReadLines(mirror).Take(lines.Length));
        Assert.DoesNotContain("otherwise", shell.Ok("doctor"));
    }

    [Fact]
    public void Doctor_WithWrongCoordinates_FindsAndFixesThem()
    {
        using var shell = new Shell();
        shell.Ok("init");
        RawDatabase.Execute(shell.Database, "DELETE FROM memory_places WHERE number < 3; UPDATE memory_places SET x = 5 WHERE number = 4; "
            + "UPDATE memory_places SET signature = zeroblob(128) WHERE number = 5; INSERT INTO memory_places VALUES(99, 0, 0, 0, 0, 0, zeroblob(128))");
        Assert.Equal(1, shell.Run("doctor"));
        Assert.Contains("4 memories have none or those of another text, 1 are left of memories that are gone", shell.Out);
        Assert.Contains("fixed  default: computed coordinates and signatures anew", shell.Ok("doctor", "--fix"));
        shell.Ok("call", "view_hologram", "{\"operation\":\"query\",\"limit\":50}", "--json");
        Assert.Equal(16, shell.Json.GetProperty("points").GetArrayLength());
        AssertRepairIsEntered(shell, 16);
    }

    [Fact]
    public void Doctor_WithABrokenChain_ReportsItAndNeverMendsIt()
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Ok("remember", "Tea is hot");
        shell.Ok("remember", "Ice is cold");
        RawDatabase.Execute(shell.Database, "DROP TRIGGER karma_entries_keep; UPDATE karma_entries SET agent = 'someone/1' WHERE sequence = 2");
        Assert.Equal(1, shell.Run("doctor", "--fix"));
        Assert.Contains("the ledger is not what it was from entry 2", shell.Out);
        Assert.EndsWith("1 check failed\n", shell.Out);
        Assert.Equal(1, shell.Run("karma", "verify"));
        Assert.Contains("broken at entry 2", shell.Out);
        Assert.Equal(1, shell.Run("karma", "verify", "--json"));
        Assert.False(shell.Json.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public void Doctor_WithLeftoverFiles_RemovesOnlyOldOnes()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string old = shell.Database + ".new-0011223344556677";
        string young = shell.Database + ".new-8899aabbccddeeff";
        File.WriteAllText(old, "x");
        File.WriteAllText(young, "x");
        Rights.Set(old, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Rights.Set(young, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        string text = shell.Ok("doctor");
        Assert.Contains("2 files are left over", text);
        Assert.EndsWith("no check failed, 1 warning\n", text);
        shell.Ok("doctor", "--json");
        Assert.Equal("attention", shell.Json.GetProperty("status").GetString());
        Assert.True(File.Exists(old));
        Assert.Contains("removed the leftover " + old, shell.Ok("doctor", "--fix"));
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    [Fact]
    public void StateRoot_WithEverythingInIt_IsItsUsersAlone()
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Ok("galaxy", "create", "work");
        shell.Ok("galaxy", "switch", "work");
        shell.Remember("Tea is hot");
        foreach (string path in Directory.EnumerateFileSystemEntries(shell.Root, "*", SearchOption.AllDirectories).Append(shell.Root))
        {
            UnixFileMode alone = UnixFileMode.UserRead | UnixFileMode.UserWrite | (Directory.Exists(path) ? UnixFileMode.UserExecute : UnixFileMode.None);
            Assert.True(Rights.Of(path) == alone, $"{path}: {Rights.Of(path)}");
        }
    }

    [Fact]
    public void Doctor_WithRightsForOthers_NamesEachAndFixesIt()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string memory = Path.Combine(shell.Root, "memory");
        Rights.Set(memory, Rights.Of(memory) | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        string text = shell.Ok("doctor");
        Assert.Contains(memory + " may be read by others (mode 750)", text);
        Assert.EndsWith("no check failed, 1 warning\n", text);
        Rights.Set(shell.Database, Rights.Of(shell.Database) | UnixFileMode.OtherWrite | UnixFileMode.OtherRead);
        Assert.Equal(1, shell.Run("doctor"));
        Assert.Contains(shell.Database + " may be written by others (mode 606)", shell.Out);
        text = shell.Ok("doctor", "--fix");
        Assert.Contains("fixed  " + memory + ": took the rights of others away", text);
        Assert.EndsWith("all is well\n", text);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Rights.Of(shell.Database));
    }

    [Fact]
    public void Doctor_WithADamagedFile_SaysSoAndLeavesItAsItIs()
    {
        using var shell = new Shell();
        shell.Ok("init");
        byte[] bytes = File.ReadAllBytes(shell.Database);
        Array.Fill(bytes, (byte)0xA5, 0, 16);
        File.WriteAllBytes(shell.Database, bytes);
        Assert.Equal(1, shell.Run("doctor", "--fix"));
        Assert.Contains("is damaged", shell.Out);
        Assert.DoesNotContain("run: wm doctor", shell.Out);
        Assert.Equal(bytes, File.ReadAllBytes(shell.Database));
    }

    [Fact]
    public void Doctor_WithADamagedChoiceOfGalaxy_SaysHowToMendIt()
    {
        using var shell = new Shell();
        shell.Ok("init");
        File.WriteAllText(Path.Combine(shell.Root, "galaxies.json"), "{");
        Assert.Equal(1, shell.Run("doctor"));
        Assert.Contains("does not say which galaxy is active", shell.Out);
        Assert.Equal(1, shell.Run("list"));
        shell.Ok("galaxy", "switch", "default", "--galaxy", "default");
        shell.Ok("doctor");
    }

    [Fact]
    public void Doctor_WithFix_EmptiesTheLog()
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Ok("remember", "Tea is hot");
        shell.Ok("doctor", "--fix");
        Assert.True(new FileInfo(shell.Database + "-wal") is { Exists: false } or { Length: < 40_000 });
    }

    private static void AssertRepairIsEntered(Shell shell, int rows)
    {
        shell.Ok("karma", "verify");
        shell.Ok("karma", "report", "--json");
        JsonElement doctor = shell.Json.GetProperty("tools").EnumerateArray().Single(tool => tool.GetProperty("name").GetString() == "doctor");
        Assert.Equal(rows, doctor.GetProperty("memories_changed").GetInt32());
        Assert.Equal(0, doctor.GetProperty("debt").GetDouble());
    }
}
