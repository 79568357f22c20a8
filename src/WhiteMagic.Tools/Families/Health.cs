using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WhiteMagic.Governance.Harmony;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>What is not as it should be, each finding with what was measured and what to do.</summary>
internal static class Health
{
    private const long LeastFreeBytes = 100L << 20;
    private const long MostLogBytes = 256L << 20;
    private const int MostDamagedShown = 10;
    private const int LeastCalls = 10;
    private const double MostErrorRatio = 0.2;
    private const double MostP95Ms = 2000;
    private const double MostDebt = 1;

    /// <summary>What to say of a store that cannot be used; null when the failure is not of that kind.</summary>
    internal static string? FindingOf(FailureException e) =>
        e.Code is ErrorCode.StorageBusy || !(e.Code == ErrorCode.PermissionDenied || e.Code.StartsWith("storage_", StringComparison.Ordinal)) ? null
        : $"{e.Code}: {e.Message}. {e.Hint}";

    /// <summary>The alerts of a galaxy that can be used.</summary>
    internal static List<string> AlertsOf(Call call, IGalaxyStore galaxy, GalaxyFacts facts)
    {
        List<string> alerts = AlertsOf(call, galaxy.Ledger.DroppedCount);
        if (facts.LogBytes > MostLogBytes)
        {
            alerts.Add(string.Create(CultureInfo.InvariantCulture, $"the write-ahead log has {facts.LogBytes >> 20} MiB. Close readers that stay open, then run: wm doctor --fix"));
        }

        if (galaxy.Ledger.MirrorProblem is { Length: > 0 } mirror)
        {
            alerts.Add(mirror + ". The ledger itself is not concerned. Check the folder karma of the state root; run: wm karma verify");
        }

        IReadOnlyList<MemoryId> damaged = galaxy.Damaged();
        if (damaged.Count > 0)
        {
            string text = damaged.Count == 1 ? "1 memory was" : string.Create(CultureInfo.InvariantCulture, $"{damaged.Count} memories were");
            text += " damaged on disk and left out of answers: ";
            for (int i = 0; i < damaged.Count && i < MostDamagedShown; i++)
            {
                text += (i > 0 ? ", " : "") + damaged[i];
            }

            alerts.Add(text + (damaged.Count > MostDamagedShown ? ", …" : "") + ". Run: wm doctor");
        }

        return alerts;
    }

    /// <summary>The alerts that do not concern one galaxy's database.</summary>
    internal static List<string> AlertsOf(Call call, long droppedCount = 0)
    {
        var alerts = new List<string>();
        if (call.Workplace.ConfigurationProblem is { Length: > 0 } problem)
        {
            alerts.Add($"{problem}; the defaults are in force. Correct config.yaml and restart.");
        }

        if (call.Workplace.Dharma.Problem is { Length: > 0 } rules)
        {
            alerts.Add($"{rules}; {call.Workplace.Dharma.Consequence}. Run: wm dharma check");
        }

        foreach (ScorerState state in call.Workplace.Scorer?.States ?? [])
        {
            if (state.Problem.Length > 0)
            {
                alerts.Add(state.Problem + ". Run: wm governance list");
            }
        }

        if (call.Workplace.SharingProblem() is { Length: > 0 } sharing)
        {
            alerts.Add(sharing + ": limits and health hold for this process alone. Check the folder cache of the state root; run: wm doctor");
        }

        AddVitals(alerts, call.Workplace.Vitals.Read());
        if (FreeBytes(call.Workplace.Galaxies.Root) is { } free and < LeastFreeBytes)
        {
            alerts.Add(string.Create(CultureInfo.InvariantCulture, $"{free >> 20} MiB are free on the disk of {call.Workplace.Galaxies.Root}. Free some space."));
        }

        long dropped = droppedCount + call.Workplace.Statistics.Unrecorded;
        if (dropped > 0 && !call.Workplace.Facts.ReadOnly)
        {
            alerts.Add(string.Create(CultureInfo.InvariantCulture, $"{dropped} ledger entries of reads could not be written since this process started. Run: wm doctor"));
        }

        return alerts;
    }

    private static void AddVitals(List<string> alerts, HarmonyVector vector)
    {
        if (vector.Calls >= LeastCalls && vector.Errors > MostErrorRatio * vector.Calls)
        {
            alerts.Add(string.Create(CultureInfo.InvariantCulture, $"{vector.Errors} of {vector.Calls} calls failed in the last 5 minutes. The log on stderr says why; run: wm doctor"));
        }

        if (vector.Calls >= LeastCalls && vector.P95Ms > MostP95Ms)
        {
            alerts.Add(string.Create(CultureInfo.InvariantCulture, $"of {vector.Calls} calls in the last 5 minutes every twentieth took longer than {vector.P95Ms.Value / 1000:0.0} s. Run: wm status --watch"));
        }

        if (vector.Debt > MostDebt)
        {
            alerts.Add(string.Create(CultureInfo.InvariantCulture, $"{vector.Mismatches} of {vector.Calls} calls in the last 5 minutes did not do what their tool declares, and owe {vector.Debt:0.0}. Run: wm karma report"));
        }
    }

    /// <summary>Free bytes on the disk of a folder; null when it cannot be told.</summary>
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
