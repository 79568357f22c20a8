using System;
using System.Collections.Generic;
using System.IO;
using WhiteMagic.Cli.Platform;

namespace WhiteMagic.Cli.Roots;

/// <summary>Finds what others than its user may read or write in a state root, and takes that right away.</summary>
internal static class OpenFiles
{
    private const int RightsOfOthers = 0x3F;
    private const int OthersMayWrite = 0x12;

    /// <summary>The root itself and everything in it that others have a right on, with its mode; links are not followed.</summary>
    internal static List<(string Path, int Mode)> In(string root)
    {
        var found = new List<(string, int)>();
        Look(root, found);
        foreach (string path in Directory.EnumerateFileSystemEntries(root, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        }))
        {
            Look(path, found);
        }

        found.Sort((one, other) => string.CompareOrdinal(one.Item1, other.Item1));
        return found;
    }

    internal static bool MayBeWritten(int mode) => (mode & OthersMayWrite) != 0;

    /// <summary>Leaves its user's rights alone; false when the system does not allow the change.</summary>
    internal static bool Close(string path, int mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, (UnixFileMode)(mode & 0x1C0));
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Look(string path, List<(string Path, int Mode)> found)
    {
        if (FileStatus.TryGetRights(path, out int mode, out _) && (mode & RightsOfOthers) != 0)
        {
            found.Add((path, mode));
        }
    }
}
