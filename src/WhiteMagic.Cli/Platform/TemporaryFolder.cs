using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Cli.Platform;

/// <summary>A folder for its user alone that is gone with all it holds when it is disposed of. Unix only.</summary>
internal sealed partial class TemporaryFolder : IDisposable
{
    private const int NameBytes = 8;

    /// <param name="prefix">How its name begins.</param>
    /// <param name="random">Makes the rest of its name.</param>
    /// <exception cref="FailureException">It cannot be made.</exception>
    internal TemporaryFolder(string prefix, RandomFill random)
    {
        Span<byte> name = stackalloc byte[NameBytes];
        random(name);
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), prefix + Convert.ToHexStringLower(name));
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExchangePath.Failure("making", Path, e);
        }
    }

    internal string Path { get; }

    public void Dispose()
    {
        try
        {
            Remove(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What stays behind is temporary, and its user's alone.
        }
    }

    // The framework's Directory.Delete brings its recursive form with it, whose generic code makes the executable 100 KB longer.
    private static void Remove(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            File.Delete(file);
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            Remove(child);
        }

        byte[] name = Encoding.UTF8.GetBytes(folder + "\0");
        _ = rmdir(ref name[0]);
    }

    [LibraryImport("libc")]
    private static partial int rmdir(ref byte path);
}
