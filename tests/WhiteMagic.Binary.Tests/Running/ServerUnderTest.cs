using System;
using System.IO;

namespace WhiteMagic.Binary.Tests.Running;

/// <summary>The command line every test speaks to: the published binary, or what WM_TEST_COMMAND names.</summary>
internal static class ServerUnderTest
{
    private const string Override = "WM_TEST_COMMAND";

    public static bool IsOverridden => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Override));

    public static string BinaryPath { get; } = Path.Combine(Repository.Root, "dist", "linux-x64", "wm");

    /// <summary>Program and arguments that start the server on stdio.</summary>
    public static string[] ServeCommand()
    {
        string? command = Environment.GetEnvironmentVariable(Override);
        return string.IsNullOrWhiteSpace(command)
            ? [PublishedBinary(), "serve"]
            : command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The published file, for tests of the file itself.</summary>
    public static string PublishedBinaryOrSkip()
    {
        if (IsOverridden)
        {
            Assert.Skip(Override + " names another server; this test is about the published file.");
        }

        return PublishedBinary();
    }

    private static string PublishedBinary()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The published binary is for linux-x64.");
        }

        Assert.True(File.Exists(BinaryPath), $"{BinaryPath} does not exist: publish first.");
        return BinaryPath;
    }
}
