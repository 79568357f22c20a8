using System;
using System.IO;
using System.Runtime.InteropServices;
using WhiteMagic.Memory;

namespace WhiteMagic.Sqlite;

/// <summary>Folders and files of a state root: for its user alone from their first moment, whatever the umask says.</summary>
public static partial class PrivateFile
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
    public static bool IsThere(string path)
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

    /// <summary>
    /// Gives a finished file its name, unless something has that name: of several processes that do so at once, one wins. File.Move is not enough:
    /// on Unix it looks whether the name is free and then renames, which replaces what another process has put there in between.
    /// </summary>
    /// <returns>False when the name is taken; the temporary file is still there then.</returns>
    /// <exception cref="IOException">The file cannot get that name.</exception>
    public static bool Publish(string temporary, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(temporary, path) == 0)
            {
                File.Delete(temporary);
                return true;
            }

            if (IsThere(path))
            {
                return false;
            }
        }

        try
        {
            // On Windows this never replaces; on Unix it is for file systems without links.
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string link);
}
