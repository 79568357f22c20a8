using System;
using System.Collections.Generic;
using System.IO;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Roots;

/// <summary>The folder that holds everything, and how it was found.</summary>
internal sealed class StateRoot(string path, string origin)
{
    /// <summary>Absolute.</summary>
    internal string Path { get; } = path;

    /// <summary>Such as <c>from --state-root</c>.</summary>
    internal string Origin { get; } = origin;

    /// <summary>The name of the folder in a project or home.</summary>
    internal const string FolderName = ".whitemagic";

    internal const string Variable = "WM_STATE_ROOT";

    /// <summary>Finds the root; the folder itself need not exist yet.</summary>
    /// <exception cref="FailureException">Several folders could be meant, or there is no home to fall back on.</exception>
    internal static StateRoot Find(Surroundings around, string? given) =>
        Given(around, given) ?? Above(around.Folder) ?? Below(around.Folder) ?? new StateRoot(System.IO.Path.Combine(Home(around), FolderName), "in the home folder");

    /// <summary>The root that the flag or the environment names; null when neither does.</summary>
    internal static StateRoot? Given(Surroundings around, string? given) =>
        given is { Length: > 0 } ? new StateRoot(Expand(around, given), "from --state-root")
        : around.Variable(Variable) is { Length: > 0 } named ? new StateRoot(Expand(around, named), "from " + Variable)
        : null;

    private static StateRoot? Above(string folder)
    {
        for (string? at = folder; at is not null; at = System.IO.Path.GetDirectoryName(at))
        {
            string candidate = System.IO.Path.Combine(at, FolderName);
            if (Directory.Exists(candidate))
            {
                return new StateRoot(candidate, at == folder ? "in the current folder" : "in a folder above the current one");
            }
        }

        return null;
    }

    private static StateRoot? Below(string folder)
    {
        var found = new List<string>();
        try
        {
            foreach (string child in Directory.EnumerateDirectories(folder))
            {
                string candidate = System.IO.Path.Combine(child, FolderName);
                if (Directory.Exists(candidate))
                {
                    found.Add(candidate);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed shows nothing below it.
            return null;
        }

        if (found.Count > 1)
        {
            found.Sort(StringComparer.Ordinal);
            throw new FailureException(ErrorCode.InvalidParams, $"several state roots could be meant: {string.Join(", ", found)}",
                "choose one with --state-root DIR or WM_STATE_ROOT, or go into its project's folder");
        }

        return found.Count == 1 ? new StateRoot(found[0], "in the only subfolder that has one") : null;
    }

    private static string Home(Surroundings around)
    {
        string? home = around.Variable(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME");
        return home is { Length: > 0 } && System.IO.Path.IsPathFullyQualified(home)
            ? home
            : throw new FailureException(ErrorCode.InvalidParams, "no state root was found, and HOME names no folder to make one in", "give one with --state-root DIR or WM_STATE_ROOT");
    }

    // A client's configuration passes ~ as it stands; a shell would have replaced it.
    private static string Expand(Surroundings around, string path) =>
        path == "~" ? Home(around)
        : path.StartsWith("~/", StringComparison.Ordinal) ? System.IO.Path.Combine(Home(around), path[2..])
        : System.IO.Path.TrimEndingDirectorySeparator(around.FullPath(path));
}
