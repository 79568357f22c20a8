using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace WhiteMagic.Cli.Platform;

/// <summary>What the system says about a file: what the framework does not tell at all, or only with a time zone database behind it.</summary>
internal static partial class FileStatus
{
    /// <summary>Finds type and permission bits and the owner; false when there is no such file, or on Windows, where there are none.</summary>
    internal static bool TryGetRights(string path, out int mode, out uint owner)
    {
        const int ModeAt = 1;
        const int OwnerAt = 2;
        Span<int> status = stackalloc int[StatusInts];
        bool found = !OperatingSystem.IsWindows() && TryStat(path, status);
        mode = status[ModeAt];
        owner = (uint)status[OwnerAt];
        return found;
    }

    /// <summary>When a file was last written, in milliseconds since 1970-01-01 UTC; null when that cannot be told.</summary>
    internal static long? WrittenAtMs(string path)
    {
        const int SecondsAt = 10;
        if (OperatingSystem.IsWindows())
        {
            return File.Exists(path) ? (File.GetLastWriteTimeUtc(path).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond : null;
        }

        Span<int> status = stackalloc int[StatusInts];
        return TryStat(path, status) ? MemoryMarshal.Cast<int, long>(status[SecondsAt..])[0] * 1000 : null;
    }

    /// <summary>A number, not negative, that is another one when a file was written or replaced since: of its size, its number, and when it and what is known of it changed.</summary>
    internal static long StampOf(string path)
    {
        const int SizeAt = 4;
        const int WrittenAt = 10;
        const int NumberAt = 26;
        const long Prime = 1_000_003;
        if (OperatingSystem.IsWindows())
        {
            return File.GetLastWriteTimeUtc(path).Ticks;
        }

        Span<int> status = stackalloc int[StatusInts];
        if (!TryStat(path, status))
        {
            return 0;
        }

        // Seconds and nanoseconds of the last change of content, and those of the last change of anything.
        ReadOnlySpan<long> times = MemoryMarshal.Cast<int, long>(status[WrittenAt..])[..4];
        long stamp = (MemoryMarshal.Cast<int, long>(status[SizeAt..])[0] * Prime) + MemoryMarshal.Cast<int, long>(status[NumberAt..])[0];
        foreach (long time in times)
        {
            stamp = (stamp * Prime) + time;
        }

        return stamp & long.MaxValue;
    }

    /// <summary>Whether this user may write a file or folder, as the system sees it: rights, read-only media.</summary>
    internal static bool MayWrite(string path)
    {
        const int Write = 2;
        return OperatingSystem.IsWindows() || Access(ref Encoding.UTF8.GetBytes(path + "\0")[0], Write) == 0;
    }

    // The stat of the framework's own file classes; its answer has the same form on every Unix: four 32-bit numbers (flags, mode, owner,
    // group), then 64-bit ones (size, seconds and nanoseconds of the last access, those of the last change of content, …), 120 bytes in all.
    private const int StatusInts = 64;

    private static bool TryStat(string path, Span<int> status)
    {
        byte[] name = Encoding.UTF8.GetBytes(path + "\0");
        return Stat(ref name[0], ref status[0]) == 0;
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    private static partial int Stat(ref byte path, ref int status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Access")]
    private static partial int Access(ref byte path, int mode);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    internal static partial uint EffectiveUser();
}
