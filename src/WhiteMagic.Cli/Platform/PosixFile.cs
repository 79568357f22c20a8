using System.IO;
using System.Runtime.InteropServices;

namespace WhiteMagic.Cli.Platform;

/// <summary>The system's calls on open files, by number. Read and write repeat an interrupted call.</summary>
internal static unsafe partial class PosixFile
{
    internal const short Readable = 1;
    internal const short Writable = 4;
    internal const int CloseOnExec = 0x10;

    private const int TryAgainLinux = 11;
    private const int TryAgainMac = 35;

    /// <summary>Whether the last call failed only because the file was not ready: a parent may have made it non-blocking.</summary>
    internal static bool IsTryAgain => Marshal.GetLastPInvokeError() is TryAgainLinux or TryAgainMac;

    /// <summary>Why the last call failed, with the number of the system's error, as the framework's own file streams give it.</summary>
    internal static IOException Failure() => new(null, Marshal.GetLastPInvokeError());

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Read", SetLastError = true)]
    internal static partial int Read(nint file, byte* buffer, int count);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Write", SetLastError = true)]
    internal static partial int Write(nint file, byte* buffer, int count);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Pipe", SetLastError = true)]
    internal static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    internal static partial int Poll(PollFile* files, nuint count, int timeoutMs);

    /// <summary>One file to wait for: what for, and what has happened.</summary>
    internal struct PollFile(int file, short events)
    {
        public int File = file;
        public short Events = events;
        public short Results = 0;
    }
}
