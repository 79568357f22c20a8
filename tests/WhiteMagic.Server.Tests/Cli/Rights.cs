using System;
using System.IO;

namespace WhiteMagic.Server.Tests.Cli;

/// <summary>Permissions of files, where there are such.</summary>
internal static class Rights
{
    internal static UnixFileMode Of(string path)
    {
        SkipOnWindows();
        return OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
    }

    internal static void Set(string path, UnixFileMode mode)
    {
        SkipOnWindows();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes");
}
