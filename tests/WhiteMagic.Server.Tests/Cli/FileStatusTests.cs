using System;
using System.IO;
using WhiteMagic.Cli.Platform;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class FileStatusTests
{
    [Fact]
    public void StampOf_AFileOfTheSameTime_IsAnother()
    {
        using var folder = new Support.TemporaryFolder();
        string path = Put(folder, "one");
        long before = FileStatus.StampOf(path);
        Assert.Equal(before, FileStatus.StampOf(path));
        Put(folder, "two");
        Assert.NotEqual(before, FileStatus.StampOf(path));
    }

    private static string Put(Support.TemporaryFolder folder, string text)
    {
        string path = Path.Combine(folder.Path, "a");
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        return path;
    }
}
