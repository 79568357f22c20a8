using System.IO;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Sqlite;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Legacy;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class DamagedRootTests
{
    [Fact]
    public void Doctor_WithADamagedMemory_NamesItAndFixDoesNotHideIt()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string id = shell.Remember("a needlesharp haystack");
        shell.Ok("doctor", "--fix");
        Damage.FlipBit(shell.Database, "needlesharp haystack");
        foreach (string[] command in (string[][])[["doctor"], ["doctor", "--fix"], ["doctor"]])
        {
            Assert.Equal(1, shell.Run(command));
            Assert.Contains("default: contents", shell.Out);
            Assert.Contains(id, shell.Out);
        }

        Assert.Contains(id, shell.Ok("status"));
        shell.Ok("list");
        Assert.Contains("memory " + id + " was damaged on disk", shell.Error);
        Assert.Equal(1, shell.Run("show", id));
        Assert.Contains(id, shell.Error);
        shell.Ok("forget", id, "--purge");
        shell.Ok("doctor", "--fix");
        Assert.Contains("every memory is what was stored", shell.Ok("doctor"));
    }

    [Fact]
    public void EveryVerb_WhenTheDatabaseWasRemoved_SaysSoAndMakesNoNewOne()
    {
        using var shell = new Shell();
        shell.Ok("init");
        foreach (string suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(shell.Database + suffix);
        }

        foreach (string[] command in (string[][])[["list", "--json"], ["remember", "x", "--json"], ["init", "--json"]])
        {
            Assert.Equal(1, shell.Run(command));
            Assert.Equal("storage_missing", shell.Json.GetProperty("error_code").GetString());
        }

        Assert.Equal(1, shell.Run("doctor"));
        Assert.Contains("FAIL   default: database", shell.Out);
        Assert.Contains("is not there", shell.Ok("status"));
        shell.Ok("status", "--json");
        Assert.StartsWith("storage_missing", shell.Json.GetProperty("alerts")[0].GetString());
        Assert.False(File.Exists(shell.Database));

        // Who wants to begin anew says so.
        File.Delete(Path.ChangeExtension(shell.Database, ".made"));
        shell.Ok("init");
    }

    [Fact]
    public void Doctor_WithFixAndADamagedChoiceOfGalaxy_MendsItAndKeepsTheOldFile()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string path = Path.Combine(shell.Root, "galaxies.json");
        File.WriteAllText(path, "{\n \"active\" \"work\"}");
        Assert.Equal(1, shell.Run("doctor"));
        Assert.Contains("galaxies.json does not say which galaxy is active: it is not valid JSON at line 2, byte 11", shell.Out);
        shell.Ok("doctor", "--fix");
        Assert.Contains("fixed", shell.Out);
        Assert.Equal("{\n \"active\" \"work\"}", File.ReadAllText(Assert.Single(Directory.GetFiles(shell.Root, "galaxies.json.damaged-*"))));
        shell.Ok("list");
    }

    [Fact]
    public void GalaxySwitch_WithADamagedChoiceOfGalaxy_MendsItAndKeepsTheOldFile()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string path = Path.Combine(shell.Root, "galaxies.json");
        File.WriteAllText(path, "{}");
        Assert.Equal(1, shell.Run("list"));
        Assert.Contains("it has no member \"active\" with the name of a galaxy", shell.Error);
        shell.Ok("galaxy", "switch", "default");
        Assert.Equal("{}", File.ReadAllText(Assert.Single(Directory.GetFiles(shell.Root, "galaxies.json.damaged-*"))));
        shell.Ok("list");
    }

    [Fact]
    public void Doctor_WithAFolderWhoseNameIsNoGalaxys_NamesIt()
    {
        using var shell = new Shell();
        shell.Ok("init");
        string folder = Path.Combine(shell.Root, "memory", "galaxies", "Work");
        Directory.CreateDirectory(folder);
        RawDatabase.Execute(Path.Combine(folder, "whitemagic.db"), "CREATE TABLE memories(id)");
        string text = shell.Ok("doctor");
        Assert.Contains("warn", text);
        Assert.Contains(folder + " holds a database, and its name is not one that a galaxy may have", text);
    }

    [Fact]
    public void Init_OfAGalaxyWithAnEarlierDatabase_MovesAndImportsIt()
    {
        using var shell = new Shell { ForeignDatabases = new ForeignDatabases() };
        shell.Ok("init");
        string path = Path.Combine(shell.Root, "memory", "galaxies", "work", "whitemagic.db");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        LegacyFiles.Lite(path, "INSERT INTO memories(id, title, content, created_at, updated_at) VALUES('a', '', 'of old', '2024-01-01', '2024-01-01')", log: false);
        Assert.Equal(1, shell.Run("list", "--galaxy", "work"));
        Assert.Contains("wm init --galaxy work", shell.Error);
        shell.Ok("init", "--galaxy", "work", "--json");
        Assert.Equal(1, shell.Json.GetProperty("earlier_database").GetProperty("created").GetInt32());
        Assert.EndsWith("-work", Path.GetDirectoryName(shell.Json.GetProperty("earlier_database").GetProperty("moved_to").GetString()));
        Assert.Contains("of old", shell.Ok("list", "--galaxy", "work"));
        Assert.DoesNotContain("of old", shell.Ok("list", "--galaxy", "default"));
    }

    [Theory]
    [InlineData(0x4000 | 0x1C0, 1000u, true)]
    [InlineData(0x4000 | 0x140, 1000u, true)]
    [InlineData(0x4000, 1000u, false)]
    [InlineData(0x4000 | 0x80, 1000u, false)]
    [InlineData(0x4000, 0u, true)]
    public void Root_ThatItsOwnerMayNotRead_IsPermissionDenied(int mode, uint user, bool isAllowed)
    {
        if (isAllowed)
        {
            RootRights.Check("/r", mode, user, user);
            return;
        }

        FailureException failure = Assert.Throws<FailureException>(() => RootRights.Check("/r", mode, user, user));
        Assert.Equal(ErrorCode.PermissionDenied, failure.Code);
        Assert.Contains("chmod u+rwx '/r'", failure.Hint);
    }
}
