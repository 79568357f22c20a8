using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Cli.Verbs;

/// <summary>One run of the checks over a state root, with repairs when they are wanted.</summary>
internal sealed class Examination(Invocation call, bool fix)
{
    // A younger temporary file may belong to a process that is at work.
    private const long LeftoverAgeMs = 3_600_000;

    /// <summary>What was found.</summary>
    internal List<Finding> Findings { get; } = [];

    /// <summary>What was mended, in words.</summary>
    internal List<string> Repaired { get; } = [];

    internal string Root { get; private set; } = "";

    internal int CountOf(FindingLevel level)
    {
        int count = 0;
        foreach (Finding finding in Findings)
        {
            count += finding.Level == level ? 1 : 0;
        }

        return count;
    }

    /// <summary>Makes every check that can be made.</summary>
    internal void Run()
    {
        StateRoot root = StateRoot.Find(call.Around, call.Get(GlobalOptions.StateRoot));
        Root = root.Path;
        try
        {
            RootRights.Check(root.Path);
        }
        catch (FailureException e)
        {
            Add("", FindingLevel.Failure, "state root", e.Message, e.Hint);
            return;
        }

        if (!Directory.Exists(root.Path))
        {
            RootChecks.Place(root, Findings);
            return;
        }

        Add("", FindingLevel.Ok, "state root", root.Path + " (" + root.Origin + ") belongs to this user alone");
        using Workbench bench = Workbench.Open(call, root);
        if (!FileStatus.MayWrite(root.Path))
        {
            Add("", FindingLevel.Warning, "state root", "this user may not write it; what is stored can be read, and nothing can be added", "give its owner write permission: chmod u+w");
        }

        Guard("", "rights", root.Path, () => RootChecks.Rights(root.Path, fix, Findings, Repaired));
        CheckConfiguration(bench);
        CheckRules(bench);
        CheckModules(bench);
        CheckActive(bench);
        Guard("", "galaxy names", root.Path, () => CheckNames(root.Path));
        Guard("", "temporary files", root.Path, () => CheckLeftovers(root.Path));
        CheckSpace(root.Path);
        CheckGalaxies(bench);
    }

    private void CheckGalaxies(Workbench bench)
    {
        IReadOnlyList<GalaxyInfo> galaxies = [new GalaxyInfo(GalaxyName.Default, "", null, null)];
        Guard("", "galaxies", Root, () => galaxies = bench.Store.List());
        foreach (GalaxyInfo galaxy in galaxies)
        {
            Guard(galaxy.Name, "database", SqliteGalaxies.PathOf(Root, galaxy.Name), () =>
            {
                if (bench.HasDatabase(galaxy.Name))
                {
                    Examine(bench, galaxy.Name);
                }
                else
                {
                    Add(galaxy.Name, FindingLevel.Ok, "database", "nothing was stored yet");
                }
            });
        }
    }

    // What one check cannot look at is its finding; the others are still made.
    private void Guard(string galaxy, string check, string path, Action look)
    {
        try
        {
            look();
        }
        catch (FailureException e)
        {
            Add(galaxy, FindingLevel.Failure, check, e.Message, e.Hint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FailureException failure = ExchangePath.Failure("reading", path, e);
            Add(galaxy, FindingLevel.Failure, check, failure.Message, failure.Hint);
        }
    }

    private void CheckConfiguration(Workbench bench)
    {
        if (bench.Configuration.Problem is { Length: > 0 } problem)
        {
            Add("", FindingLevel.Failure, Configuration.FileName, problem, "the defaults are in force; correct the file");
        }
        else
        {
            Add("", FindingLevel.Ok, Configuration.FileName, string.Create(CultureInfo.InvariantCulture,
                $"durability {bench.Workplace.Facts.Durability}, busy_timeout_ms {bench.Configuration.BusyTimeoutMs}, query_timeout_ms {bench.Configuration.QueryTimeoutMs}"));
        }
    }

    private void CheckRules(Workbench bench)
    {
        Ruleset rules = bench.Workplace.Dharma.Current;
        if (bench.Workplace.Dharma.Problem is { Length: > 0 } problem)
        {
            Add("", FindingLevel.Failure, "dharma", problem, bench.Workplace.Dharma.Consequence + "; wm dharma check says when it is right");
        }
        else
        {
            Add("", FindingLevel.Ok, "dharma", MemoryPage.Count(rules.Rules.Count, "rule", "rules") + " in force under profile " + rules.Profile);
        }
    }

    private void CheckModules(Workbench bench)
    {
        foreach (ScorerState state in bench.Governed.Modules.States)
        {
            string name = ScorerNames.FileOf(state.Kind);
            if (state.Problem.Length > 0)
            {
                Add("", state.Sha256.Length == 0 ? FindingLevel.Failure : FindingLevel.Warning, name, state.Problem, "correct or remove the file; wm governance test FILE says when it is right");
            }
            else
            {
                Add("", FindingLevel.Ok, name, state.Source + ", sha256 " + state.Sha256);
            }
        }
    }

    private void CheckActive(Workbench bench)
    {
        try
        {
            string active = bench.Workplace.Galaxies.Active;
            if (active == GalaxyName.Default || bench.HasDatabase(active))
            {
                Add("", FindingLevel.Ok, "active galaxy", active);
            }
            else
            {
                Add("", FindingLevel.Failure, "active galaxy", $"there is no galaxy {active}", $"run wm galaxy switch default, or wm galaxy create {active}");
            }
        }
        catch (FailureException e) when (fix && e.Code == ErrorCode.StorageCorrupt)
        {
            // Which one was active cannot be known; the one that always exists does no harm.
            string? aside = bench.Store.SetActive(GalaxyName.Default);
            Repaired.Add("galaxies.json says again that galaxy default is active; the damaged file is " + aside);
            Add("", FindingLevel.Ok, "active galaxy", GalaxyName.Default);
        }
        catch (FailureException e)
        {
            Add("", FindingLevel.Failure, "active galaxy", e.Message, e.Hint);
        }
    }

    private void CheckNames(string root)
    {
        foreach (string folder in Inspection.Misnamed(root))
        {
            Add("", FindingLevel.Warning, "galaxy names", $"{folder} holds a database, and its name is not one that a galaxy may have ({GalaxyName.Allowed}); nothing uses it",
                "rename the folder, for example to " + Path.GetFileName(folder).ToLowerInvariant() + "; wm init --galaxy NAME then imports an earlier WhiteMagic's");
        }
    }

    private void CheckLeftovers(string root)
    {
        long before = call.Around.Time.GetUtcNow().ToUnixTimeMilliseconds() - LeftoverAgeMs;
        int left = 0;
        string first = "";
        foreach (string path in Inspection.Leftovers(root))
        {
            if (fix && Removed(path, before))
            {
                Repaired.Add("removed the leftover " + path);
            }
            else
            {
                first = left++ == 0 ? path : first;
            }
        }

        if (left == 0)
        {
            Add("", FindingLevel.Ok, "temporary files", "none is left over");
        }
        else
        {
            Add("", FindingLevel.Warning, "temporary files", MemoryPage.Count(left, "file is", "files are") + " left over: " + first + (left > 1 ? ", …" : ""),
                "wm doctor --fix removes those older than an hour; a younger one may be in use");
        }
    }

    private static bool Removed(string path, long beforeMs)
    {
        try
        {
            if (FileStatus.WrittenAtMs(path) is not { } writtenAtMs || writtenAtMs >= beforeMs)
            {
                return false;
            }

            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void CheckSpace(string root)
    {
        if (DiskSpace.FreeBytes(root) is not { } free)
        {
            Add("", FindingLevel.Warning, "disk space", "it cannot be told");
        }
        else if (free < DiskSpace.LeastFreeBytes)
        {
            Add("", FindingLevel.Warning, "disk space", MemoryPage.Size(free) + " are free", "free some space");
        }
        else
        {
            Add("", FindingLevel.Ok, "disk space", MemoryPage.Size(free) + " are free");
        }
    }

    private void Examine(Workbench bench, string galaxy)
    {
        IReadOnlyList<Finding> findings = Inspection.Inspect(bench.Store, galaxy);
        bool opens = findings[0].Level == FindingLevel.Ok;
        if (opens && (!fix || !Repair(bench, galaxy, ref findings)))
        {
            // Looking is a deed too, and leaves its entry.
            Ruling ruling = bench.Governor.Rule(bench.DeedOf("doctor", Effect.Read, galaxy));
            bench.Store.Open(galaxy).Ledger.Queue(bench.DeedOf("doctor", Effect.Read, galaxy), ruling.Rules, ruling.Score, ruling.Outcome, []);
        }

        Findings.AddRange(findings);
    }

    // Returns whether a repair was made, and entered into the ledger.
    private bool Repair(Workbench bench, string galaxy, ref IReadOnlyList<Finding> findings)
    {
        var kinds = new List<RepairKind>();
        foreach (Finding finding in findings)
        {
            if (finding.Repair != RepairKind.None)
            {
                kinds.Add(finding.Repair);
            }
        }

        bool isRebuilt = kinds.Count > 0 && Rebuild(bench, galaxy, kinds);
        long logBytes = bench.Store.Open(galaxy).Facts().LogBytes;
        try
        {
            if (logBytes > 0 && Repairs.EmptyLog(bench.Store, galaxy))
            {
                Repaired.Add(galaxy + ": moved the log (" + MemoryPage.Size(logBytes) + ") into the database");
            }
        }
        catch (FailureException e)
        {
            Add(galaxy, FindingLevel.Warning, "log", "it could not be emptied: " + e.Message, e.Hint);
        }

        findings = Inspection.Inspect(bench.Store, galaxy);
        return isRebuilt;
    }

    private bool Rebuild(Workbench bench, string galaxy, List<RepairKind> kinds)
    {
        Ruling ruling = bench.Governor.Rule(bench.DeedOf("doctor", Effect.Write, galaxy));
        if (ruling.Permit is not { } permit)
        {
            Add(galaxy, FindingLevel.Warning, "repair", ruling.Explanation);
            return false;
        }

        try
        {
            Repairs.Rebuild(bench.Store, galaxy, kinds, permit);
        }
        catch (FailureException e)
        {
            Add(galaxy, FindingLevel.Warning, "repair", "not everything could be built anew: " + e.Message, e.Hint);
            return false;
        }

        foreach (RepairKind kind in kinds)
        {
            Repaired.Add(galaxy + kind switch
            {
                RepairKind.TagIndex => ": built the tag index anew",
                RepairKind.Places => ": computed coordinates and signatures anew",
                RepairKind.Mirror => ": wrote the mirror of the ledger anew",
                _ => ": built the search index anew",
            });
        }

        return true;
    }

    private void Add(string galaxy, FindingLevel level, string check, string text, string advice = "") =>
        Findings.Add(new Finding(galaxy, level, check, text, advice));
}
