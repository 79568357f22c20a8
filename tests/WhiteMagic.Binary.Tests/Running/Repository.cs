using System;
using System.IO;

namespace WhiteMagic.Binary.Tests.Running;

/// <summary>Where things are: the repository, the instruments, and the shared folder beside the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Instruments => Path.Combine(Root, "tests", "instruments");

    /// <summary>The shared folder, or a skipped test when this machine has none.</summary>
    public static string SharedOrSkip(string relativePath)
    {
        string path = Path.Combine(Path.GetDirectoryName(Root)!, "shared", relativePath);
        if (!Path.Exists(path))
        {
            Assert.Skip($"../shared/{relativePath} is not on this machine; its licence keeps it out of the repository.");
        }

        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WhiteMagic.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("WhiteMagic.slnx is not above " + AppContext.BaseDirectory);
    }
}
