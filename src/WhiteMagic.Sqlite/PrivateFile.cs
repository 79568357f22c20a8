using System;
using System.IO;
using WhiteMagic.Memory;

namespace WhiteMagic.Sqlite;

/// <summary>Folders and files of a state root: for its user alone from their first moment, whatever the umask says.</summary>
public static class PrivateFile
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it up to the state root, which may be missing too.</summary>
    /// <exception cref="FailureException">It cannot be made; the failure names the folder and the cause.</exception>
    public static void MakeFolder(string root, string folder)
    {
        if (folder.Length > root.Length && Path.GetDirectoryName(folder) is { } above && !Directory.Exists(above))
        {
            MakeFolder(root, above);
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, Folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.From(e, folder);
        }
    }

    /// <summary>Whether there is something at a path.</summary>
    /// <exception cref="FailureException">That cannot be known: a folder on the way must not be looked into.</exception>
    internal static bool IsThere(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.From(e, path);
        }
    }

    /// <summary>Opens a file to write it anew.</summary>
    public static FileStream Create(string path, FileMode mode = FileMode.Create, FileAccess access = FileAccess.Write, FileShare share = FileShare.Read)
    {
        var how = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, how);
    }
}
