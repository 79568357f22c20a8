using System.IO;
using WhiteMagic.Memory;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class StateRootTests
{
    [Fact]
    public void Root_FromTheFlag_GoesBeforeAllOthers()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Root);
        shell.Variables["WM_STATE_ROOT"] = Path.Combine(shell.Top, "environment");
        Assert.Equal((Path.Combine(shell.Folder, "flag"), "from --state-root"), Found(shell, "--state-root", "flag"));
    }

    [Fact]
    public void Root_FromTheEnvironment_GoesBeforeFolders()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Root);
        shell.Variables["WM_STATE_ROOT"] = Path.Combine(shell.Top, "environment") + "/";
        Assert.Equal((Path.Combine(shell.Top, "environment"), "from WM_STATE_ROOT"), Found(shell));
        shell.Variables["WM_STATE_ROOT"] = "";
        Assert.Equal((shell.Root, "in the current folder"), Found(shell));
    }

    [Fact]
    public void Root_InAFolderAbove_IsTheNearestOne()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(Path.Combine(shell.Top, ".whitemagic"));
        Directory.CreateDirectory(shell.Root);
        shell.Folder = Path.Combine(shell.Folder, "a", "b");
        Directory.CreateDirectory(shell.Folder);
        Assert.Equal((Path.Combine(shell.Top, "work", ".whitemagic"), "in a folder above the current one"), Found(shell));
    }

    [Fact]
    public void Root_InTheOnlySubfolderThatHasOne_IsFound()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(Path.Combine(shell.Folder, "empty"));
        Directory.CreateDirectory(Path.Combine(shell.Folder, "project", ".whitemagic"));
        Assert.Equal((Path.Combine(shell.Folder, "project", ".whitemagic"), "in the only subfolder that has one"), Found(shell));
    }

    [Fact]
    public void Root_InSeveralSubfolders_IsAnErrorThatListsThem()
    {
        using var shell = new Shell();
        string one = Path.Combine(shell.Folder, "one", ".whitemagic");
        string two = Path.Combine(shell.Folder, "two", ".whitemagic");
        Directory.CreateDirectory(two);
        Directory.CreateDirectory(one);
        Assert.Equal(1, shell.Run("status"));
        Assert.Contains($"several state roots could be meant: {one}, {two}", shell.Error);
        Assert.Contains("--state-root DIR", shell.Error);
    }

    [Fact]
    public void Root_WhenNoFolderHasOne_IsInTheHomeFolder()
    {
        using var shell = new Shell();
        Assert.Equal((Path.Combine(shell.Top, "home", ".whitemagic"), "in the home folder"), Found(shell));
        Assert.False(Directory.Exists(Path.Combine(shell.Top, "home")));
        shell.Variables.Remove("HOME");
        Assert.Equal(1, shell.Run("status"));
        Assert.Contains("HOME names no folder", shell.Error);
    }

    [Fact]
    public void Root_WithATilde_MeansTheHomeFolder()
    {
        using var shell = new Shell();
        Assert.Equal(Path.Combine(shell.Top, "home", "notes"), Found(shell, "--state-root", "~/notes").Path);
    }

    [Fact]
    public void Root_WhenMadeByWriting_BelongsToItsUserAlone()
    {
        using var shell = new Shell();
        shell.Ok("remember", "Tea is hot", "--state-root", shell.Root);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Rights.Of(shell.Root));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Root_ThatOthersMayWrite_IsRefused(UnixFileMode right)
    {
        using var shell = new Shell();
        shell.Ok("remember", "Tea is hot", "--state-root", shell.Root);
        Rights.Set(shell.Root, Rights.Of(shell.Root) | right);
        Assert.Equal(1, shell.Run("list", "--json"));
        Assert.Equal("permission_denied", shell.Json.GetProperty("error_code").GetString());
        Assert.Contains("chmod go-w", shell.Json.GetProperty("hint").GetString());
        Assert.Equal(1, shell.Run("init"));
        Assert.Equal(1, shell.Run("doctor"));
        Assert.Contains("FAIL", shell.Out);
    }

    [Fact]
    public void Root_OfAnotherUser_IsRefused()
    {
        if (System.Environment.UserName != "root")
        {
            Assert.Skip("only root can give a folder away");
        }

        using var shell = new Shell();
        shell.Ok("remember", "Tea is hot", "--state-root", shell.Root);
        System.Diagnostics.Process.Start("chown", ["65534", shell.Root]).WaitForExit();
        Assert.Equal(1, shell.Run("list"));
        Assert.Contains("belongs to another user (owner 65534, this process runs as 0)", shell.Error);
    }

    [Fact]
    public void Root_ThatIsAFile_IsRefused()
    {
        using var shell = new Shell();
        File.WriteAllText(Path.Combine(shell.Folder, "file"), "x");
        Assert.Equal(1, shell.Run("list", "--state-root", "file"));
        Assert.Contains("is not a folder", shell.Error);
    }

    [Fact]
    public void Galaxy_FromFlagEnvironmentAndFile_GoesInThisOrder()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Root);
        shell.Ok("galaxy", "create", "one");
        shell.Ok("galaxy", "create", "two");
        shell.Ok("galaxy", "create", "three");
        shell.Ok("galaxy", "switch", "one");
        Assert.Equal("one", ActiveOf(shell));
        shell.Variables["WM_GALAXY"] = "two";
        Assert.Equal("two", ActiveOf(shell));
        Assert.Equal("three", ActiveOf(shell, "--galaxy", "three"));
        shell.Variables["WM_GALAXY"] = "Not Valid";
        Assert.Equal(1, shell.Run("list"));
        Assert.Contains(GalaxyName.Allowed, shell.Error);
        Assert.Equal(1, shell.Run("list", "--galaxy", "absent"));
        Assert.Contains("there is no galaxy absent", shell.Error);
    }

    private static (string Path, string Origin) Found(Shell shell, params string[] args)
    {
        shell.Ok(["status", "--json", .. args]);
        return (shell.Json.GetProperty("state_root").GetString()!, shell.Json.GetProperty("origin").GetString()!);
    }

    private static string ActiveOf(Shell shell, params string[] args)
    {
        shell.Ok(["status", "--json", .. args]);
        return shell.Json.GetProperty("galaxy").GetString()!;
    }
}
