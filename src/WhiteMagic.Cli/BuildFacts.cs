using System;
using System.Runtime.InteropServices;

namespace WhiteMagic.Cli;

/// <summary>What this executable is.</summary>
internal static partial class BuildFacts
{
    // Version and Runtime are constants that the build writes.

    /// <summary>Operating system and processor, such as linux-x64.</summary>
    internal static string Platform { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");
}
