using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Cli.Platform;

/// <summary>
/// Files of a state root that all its processes map as memory. A file is written out in full before it has its name: a full disk is an error
/// here, and not a signal that ends the process when it first touches a page.
/// </summary>
internal static unsafe partial class SharedFile
{
    private const int ReadWrite = 3;
    private const int Shared = 1;
    private const int ZeroesAtOnce = 64 << 10;
    private const int RandomBytes = 8;

    /// <summary>Maps a file of so many bytes, which is made of zeroes when it is not there; stays mapped until the process ends.</summary>
    /// <param name="root">The state root, which is there.</param>
    /// <param name="path">The file, in a folder of the root.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="random">For a name that no other process takes.</param>
    /// <exception cref="IOException">It cannot be made or mapped.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made or mapped.</exception>
    /// <exception cref="FailureException">Its folder cannot be made.</exception>
    internal static byte* Map(string root, string path, int bytes, RandomFill random)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new IOException("memory is not shared between processes on this system");
        }

        PrivateFile.MakeFolder(root, Path.GetDirectoryName(path)!);
        var file = new FileInfo(path);
        if (file.Exists && (file.LinkTarget is not null || file.Length != bytes))
        {
            SetAside(path);
        }

        if (!File.Exists(path))
        {
            Make(path, bytes, random);
        }

        using FileStream stream = PrivateFile.Create(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length != bytes)
        {
            throw new IOException(path + " has another size than it must have");
        }

        // SAFETY: the file has as many bytes as are mapped, and nobody but its user may write or shorten it.
        nint memory = MMap(0, (nuint)bytes, ReadWrite, Shared, stream.SafeFileHandle, 0);
        return memory is 0 or -1 ? throw new IOException(path + " cannot be mapped") : (byte*)memory;
    }

    /// <summary>Gives a file that is not what it must be another name.</summary>
    internal static void SetAside(string path) => File.Move(path, path + ".damaged", overwrite: true);

    private static void Make(string path, int bytes, RandomFill random)
    {
        Span<byte> name = stackalloc byte[RandomBytes];
        random(name);
        string temporary = path + ".new-" + Convert.ToHexStringLower(name);
        try
        {
            using (FileStream stream = PrivateFile.Create(temporary, FileMode.CreateNew))
            {
                byte[] zeroes = new byte[Math.Min(bytes, ZeroesAtOnce)];
                for (int left = bytes; left > 0; left -= zeroes.Length)
                {
                    stream.Write(zeroes.AsSpan(0, Math.Min(left, zeroes.Length)));
                }
            }

            // When another process was first, its file is as good.
            _ = PrivateFile.Publish(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_MMap", SetLastError = true)]
    private static partial nint MMap(nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);
}
