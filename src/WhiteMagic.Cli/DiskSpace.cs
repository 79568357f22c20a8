using System;
using System.IO;

namespace WhiteMagic.Cli;

/// <summary>Room on the disk of a folder.</summary>
internal static class DiskSpace
{
    /// <summary>Below this a warning is due.</summary>
    internal const long LeastFreeBytes = 100L << 20;

    /// <summary>Free bytes; null when it cannot be told.</summary>
    internal static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
