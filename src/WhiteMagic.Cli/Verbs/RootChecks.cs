using System;
using System.Collections.Generic;
using System.IO;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Checks of a state root as a folder among folders: whether it can be made, and whose it is.</summary>
internal static class RootChecks
{
    // Of a root that was copied without its rights everything is open.
    private const int MostNamed = 40;

    /// <summary>Whether a root that is not there yet can be made.</summary>
    internal static void Place(StateRoot root, List<Finding> findings)
    {
        string at = root.Path;
        while (!Path.Exists(at) && Path.GetDirectoryName(at) is { } above)
        {
            at = above;
        }

        string place = root.Path + " (" + root.Origin + ")";
        if (!Directory.Exists(at))
        {
            findings.Add(new Finding("", FindingLevel.Failure, "state root", place + " cannot be made: " + at + " is not a folder", "choose another root with --state-root"));
        }
        else if (!FileStatus.MayWrite(at))
        {
            findings.Add(new Finding("", FindingLevel.Failure, "state root", place + " cannot be made: this user may not write " + at, "choose another root with --state-root"));
        }
        else
        {
            findings.Add(new Finding("", FindingLevel.Ok, "state root", place + " is not there yet; it is made when something is stored"));
        }
    }

    /// <summary>What others may read or write in a root; with <paramref name="fix"/> that right is taken away.</summary>
    internal static void Rights(string root, bool fix, List<Finding> findings, List<string> repaired)
    {
        int left = 0;
        foreach (string path in OpenFiles.In(root))
        {
            int mode = OpenFiles.RightsOf(path);
            string octal = Convert.ToString(mode, 8);
            if (fix && OpenFiles.Close(path, mode))
            {
                repaired.Add(path + ": took the rights of others away (mode was " + octal + ")");
            }
            else if (left++ < MostNamed)
            {
                bool mayWrite = OpenFiles.MayBeWritten(mode);
                findings.Add(new Finding("", mayWrite ? FindingLevel.Failure : FindingLevel.Warning, "rights", path + (mayWrite ? " may be written by others (mode " : " may be read by others (mode ") + octal + ")",
                    "run: wm doctor --fix"));
            }
        }

        if (left > MostNamed)
        {
            findings.Add(new Finding("", FindingLevel.Warning, "rights", MemoryPage.Count(left - MostNamed, "further one", "further ones"), "run: wm doctor --fix"));
        }
        else if (left == 0)
        {
            findings.Add(new Finding("", FindingLevel.Ok, "rights", "every file and folder is its user's alone"));
        }
    }
}
