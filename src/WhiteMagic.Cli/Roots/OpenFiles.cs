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
    private const int PermissionMask = 0x1FF;

    /// <summary>The root itself and everything in it that others have a right on; links are not followed.</summary>
    internal static List<string> In(string root)
    {
        var found = new List<string>();
        if (RightsOf(root) != 0)
        {
            found.Add(root);
        }

        foreach (string path in Directory.EnumerateFileSystemEntries(root, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        }))
        {
            if (RightsOf(path) != 0)
            {
                found.Add(path);
            }
        }

        // Sorted as texts: sorting pairs would bring the runtime's loader of generic types into the executable (200 KB).
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>The permission bits of a file on which others have a right; 0 when they have none.</summary>
    internal static int RightsOf(string path) =>
        FileStatus.TryGetRights(path, out int mode, out _) && (mode & RightsOfOthers) != 0 ? mode & PermissionMask : 0;

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
}
