using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Unicode;

namespace WhiteMagic.Cli.Platform;

/// <summary>The words of the command line as the shell gave them. The runtime replaces bytes that are not UTF-8 before a program sees them.</summary>
internal static class GivenArguments
{
    /// <summary>Whether they are what was given. Where that cannot be told (no /proc), a replacement character counts as a replaced byte.</summary>
    internal static bool AreUtf8(IReadOnlyList<string> args)
    {
        foreach (string arg in args)
        {
            if (arg.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return IsRawUtf8();
            }
        }

        return true;
    }

    private static bool IsRawUtf8()
    {
        try
        {
            return Utf8.IsValid(File.ReadAllBytes("/proc/self/cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
