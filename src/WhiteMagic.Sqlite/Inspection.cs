using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;
using WhiteMagic.Sqlite.Search;

namespace WhiteMagic.Sqlite;

/// <summary>Looks into the stores of a state root without changing a memory.</summary>
public static class Inspection
{
    private const long MostLogBytes = 256L << 20;
    private const int MostShown = 5;
    private const int MostDamagedShown = 1000;
    private const string SeekBackup = "keep a copy of the file, export what can still be read (wm export), and go back to a copy from before";

    /// <summary>The version of SQLite that is linked in.</summary>
    public static string EngineVersion => Connection.LibraryVersion;

    /// <summary>Checks everything about one galaxy whose database is there.</summary>
    public static IReadOnlyList<Finding> Inspect(SqliteGalaxies galaxies, string name)
    {
        var findings = new List<Finding>();
        SqliteGalaxy galaxy;
        GalaxyFacts facts;
        try
        {
            galaxy = (SqliteGalaxy)galaxies.Open(name);
            galaxy.Bound(null, default);
            facts = galaxy.Facts();
        }
        catch (FailureException e)
        {
            findings.Add(new Finding(name, FindingLevel.Failure, "database", e.Message, e.Code == ErrorCode.StorageCorrupt ? SeekBackup : e.Hint));
            return findings;
        }

        findings.Add(new Finding(name, FindingLevel.Ok, "database", string.Create(CultureInfo.InvariantCulture,
            $"schema {facts.SchemaVersion}, {facts.Live} memories, {facts.Deleted} deleted")));
        Try(name, findings, "integrity", () => CheckIntegrity(galaxy, findings));
        Try(name, findings, "contents", () => CheckContents(galaxy, findings));
        Try(name, findings, "references", () => CheckReferences(galaxy, findings));
        CheckSearch(galaxy, findings);
        Try(name, findings, "tag index", () => CheckTags(galaxy, findings));
        Try(name, findings, "coordinates", () => CheckPlaces(galaxy, findings));
        Try(name, findings, "ledger", () => CheckLedger(galaxy, findings));
        Try(name, findings, "mirror", () => CheckMirror(galaxy, findings));
        findings.Add(facts.LogBytes <= MostLogBytes
            ? new Finding(name, FindingLevel.Ok, "log", string.Create(CultureInfo.InvariantCulture, $"{facts.LogBytes} bytes wait to be moved into the database"))
            : new Finding(name, FindingLevel.Warning, "log", string.Create(CultureInfo.InvariantCulture, $"the write-ahead log has {facts.LogBytes >> 20} MiB"),
                "close readers that stay open, then run: wm doctor --fix"));
        return findings;
    }

    /// <summary>Files that an interrupted process left behind; none of them was ever in use under its final name.</summary>
    public static IReadOnlyList<string> Leftovers(string root)
    {
        var found = new List<string>();
        Collect(Path.Combine(root, "memory"), found);
        string galaxies = Path.Combine(root, "memory", "galaxies");
        if (Directory.Exists(galaxies))
        {
            foreach (string folder in Directory.EnumerateDirectories(galaxies))
            {
                Collect(folder, found);
            }
        }

        string choice = Path.Combine(root, "galaxies.json.new");
        if (File.Exists(choice))
        {
            found.Add(choice);
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>Folders that hold a database and have no name that a galaxy may have, so that nothing finds them.</summary>
    public static IReadOnlyList<string> Misnamed(string root)
    {
        var found = new List<string>();
        string galaxies = Path.Combine(root, "memory", "galaxies");
        if (Directory.Exists(galaxies))
        {
            foreach (string folder in Directory.EnumerateDirectories(galaxies))
            {
                if (!GalaxyName.IsValid(Path.GetFileName(folder)) && File.Exists(Path.Combine(folder, SqliteGalaxies.DatabaseFile)))
                {
                    found.Add(folder);
                }
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Collect(string folder, List<string> found)
    {
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.EnumerateFiles(folder))
            {
                if (Path.GetFileName(path).Contains(".new-", StringComparison.Ordinal))
                {
                    found.Add(path);
                }
            }
        }
    }

    // A damaged file may fail in the middle of any check; the others are still made.
    private static void Try(string name, List<Finding> findings, string check, Action inspect)
    {
        try
        {
            inspect();
        }
        catch (FailureException e)
        {
            findings.Add(new Finding(name, FindingLevel.Failure, check, e.Message, SeekBackup));
        }
    }

    private static void CheckIntegrity(SqliteGalaxy galaxy, List<Finding> findings)
    {
        string name = galaxy.Name;
        var problems = new List<string>();
        galaxy.Database.Read(connection =>
        {
            Statement s = connection.Prepare("PRAGMA integrity_check(20)");
            while (s.Step())
            {
                if (s.Text(0) is not "ok" and var text)
                {
                    problems.Add(text);
                }
            }

            return 0;
        });
        Add(name, findings, "integrity", problems, "every page and index agrees", SeekBackup);
    }

    private static void CheckContents(SqliteGalaxy galaxy, List<Finding> findings)
    {
        var problems = new List<string>();
        galaxy.Database.Read(connection => MemoryRows.FindDamaged(connection, 0, id => problems.Add(id.ToString())));
        Add(galaxy.Name, findings, "contents", problems, "every memory is what was stored (SHA-256)",
            "these memories were damaged on disk and are left out of answers; everything else works. Store the same text again or give them new content "
            + "(wm edit), or erase them (wm forget ID --purge)", MostDamagedShown);
    }

    private static void CheckReferences(SqliteGalaxy galaxy, List<Finding> findings)
    {
        string name = galaxy.Name;
        var problems = new List<string>();
        galaxy.Database.Read(connection =>
        {
            Statement s = connection.Prepare("PRAGMA foreign_key_check");
            while (s.Step())
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"row {s.Int64(1)} of {s.Text(0)} refers to nothing in {s.Text(2)}"));
            }

            return 0;
        });
        Add(name, findings, "references", problems, "every reference leads to a memory", SeekBackup);
    }

    private static void CheckSearch(SqliteGalaxy galaxy, List<Finding> findings)
    {
        long wrong = galaxy.Database.Read(SearchCheck.CountWrong) + (galaxy.Vectors is { } vectors ? galaxy.Database.Read(vectors.CountMissing) : 0);
        findings.Add(wrong == 0
            ? new Finding(galaxy.Name, FindingLevel.Ok, "search index", "it agrees with the memories")
            : new Finding(galaxy.Name, FindingLevel.Failure, "search index", string.Create(CultureInfo.InvariantCulture,
                $"it does not agree with {wrong} memories; they may not be found"), "run: wm doctor --fix", RepairKind.SearchIndex));
    }

    private static void CheckTags(SqliteGalaxy galaxy, List<Finding> findings)
    {
        string name = galaxy.Name;
        long missing = galaxy.Database.Read(connection => connection.ScalarInt64(
            "SELECT count(*) FROM (SELECT value, number FROM memories, json_each(memories.tags) EXCEPT SELECT tag, number FROM memory_tags)"));
        long surplus = galaxy.Database.Read(connection => connection.ScalarInt64(
            "SELECT count(*) FROM (SELECT tag, number FROM memory_tags EXCEPT SELECT value, number FROM memories, json_each(memories.tags))"));
        findings.Add(missing + surplus == 0
            ? new Finding(name, FindingLevel.Ok, "tag index", "it agrees with the memories")
            : new Finding(name, FindingLevel.Failure, "tag index", string.Create(CultureInfo.InvariantCulture, $"{missing} entries are missing, {surplus} are too many"),
                "run: wm doctor --fix", RepairKind.TagIndex));
    }

    private static void CheckPlaces(SqliteGalaxy galaxy, List<Finding> findings)
    {
        string name = galaxy.Name;
        (long missing, long surplus) = galaxy.Database.Read(Places.CountWrong);
        findings.Add(missing + surplus == 0
            ? new Finding(name, FindingLevel.Ok, "coordinates", "every living memory has its coordinates and signature")
            : new Finding(name, FindingLevel.Failure, "coordinates", string.Create(CultureInfo.InvariantCulture,
                $"{missing} memories have none or those of another text, {surplus} are left of memories that are gone"), "run: wm doctor --fix", RepairKind.Places));
    }

    private static void CheckLedger(SqliteGalaxy galaxy, List<Finding> findings)
    {
        string name = galaxy.Name;
        KarmaVerdict verdict = KarmaVerifier.Verify(galaxy.Ledger, name);
        findings.Add(verdict.Problem is null
            ? new Finding(name, FindingLevel.Ok, "ledger", string.Create(CultureInfo.InvariantCulture, $"the chain of {verdict.Entries} entries is whole"))
            : new Finding(name, FindingLevel.Failure, "ledger", string.Create(CultureInfo.InvariantCulture,
                $"the ledger is not what it was{(verdict.FirstBadSequence is { } bad ? " from entry " + bad.ToString(CultureInfo.InvariantCulture) : "")}: {verdict.Problem}"), "somebody changed the database outside wm; a ledger is never repaired, compare it with a copy"));
    }

    private static void CheckMirror(SqliteGalaxy galaxy, List<Finding> findings)
    {
        if (galaxy.Ledger.CheckMirror() is { } problem)
        {
            findings.Add(new Finding(galaxy.Name, FindingLevel.Warning, "mirror", problem, "run: wm doctor --fix", RepairKind.Mirror));
        }
    }

    private static void Add(string name, List<Finding> findings, string check, List<string> problems, string fine, string advice, int mostShown = MostShown)
    {
        if (problems.Count == 0)
        {
            findings.Add(new Finding(name, FindingLevel.Ok, check, fine));
            return;
        }

        string shown = string.Join("; ", problems.GetRange(0, Math.Min(mostShown, problems.Count)));
        findings.Add(new Finding(name, FindingLevel.Failure, check, problems.Count > mostShown
            ? string.Create(CultureInfo.InvariantCulture, $"{shown}; and {problems.Count - mostShown} more") : shown, advice));
    }
}
