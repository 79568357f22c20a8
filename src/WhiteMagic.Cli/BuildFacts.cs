using System;
using System.Runtime.InteropServices;

namespace WhiteMagic.Cli;

/// <summary>What this executable is.</summary>
internal static partial class BuildFacts
{
    // Version is a constant that the build writes from the file VERSION.

    /// <summary>Operating system and processor, such as linux-x64.</summary>
    internal static string Platform { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");
}
