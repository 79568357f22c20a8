using System;
using System.Threading;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Harmony;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Tools.Defining;

/// <summary>What the tools work with for as long as a process lives.</summary>
public sealed class Workplace
{
    /// <summary>The galaxies of the state root.</summary>
    public required IGalaxies Galaxies { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Facts about the program, for introspection.</summary>
    public required ProgramFacts Facts { get; init; }

    /// <summary>Reads databases of other programs, for import.</summary>
    public required IForeignDatabase ForeignDatabases { get; init; }

    /// <summary>What the ledger calls this process or connection: an id made when it started, so that nothing of a call's text is in it.</summary>
    public required string Session { get; init; }

    /// <summary>When a file was last written, in milliseconds since 1970-01-01 UTC, whole seconds; null when that cannot be told.</summary>
    public required Func<string, long?> WrittenAtMs { get; init; }

    /// <summary>The rules of the state root.</summary>
    public required DharmaRules Dharma { get; init; }

    /// <summary>The modules that score; null where there are none.</summary>
    public IScorer? Scorer { get; init; }

    /// <summary>How many calls are admitted.</summary>
    public required RateLimitStage Rates { get; init; }

    /// <summary>The breakers of the tools.</summary>
    public required BreakerStage Breakers { get; init; }

    /// <summary>How the state root is.</summary>
    public required Vitals Vitals { get; init; }

    /// <summary>Counts and times of the calls of this process.</summary>
    public CallStatistics Statistics { get; } = new();

    /// <summary>How long a query may run.</summary>
    public TimeSpan QueryLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The galaxy that this connection switched to; null until it does.</summary>
    public string? SwitchedGalaxy { get; set; }

    /// <summary>The galaxy that calls of this caller work on when they name none.</summary>
    public string ActiveFor(Caller caller) => caller.HasConnectionState && SwitchedGalaxy is { } switched ? switched : Galaxies.Active;

    /// <summary>Waits.</summary>
    public Action<int> Wait { get; init; } = WaitOnClock;

    /// <summary>Why memory is not shared with the other processes on this root; empty when it is, or need not be.</summary>
    public Func<string> SharingProblem { get; init; } = () => "";

    /// <summary>What is wrong with the configuration; empty when nothing is.</summary>
    public string ConfigurationProblem { get; init; } = "";

    private static void WaitOnClock(int waitMs)
    {
        object nobody = new();
        lock (nobody)
        {
            Monitor.Wait(nobody, waitMs);
        }
    }
}

/// <summary>What the program is.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Platform">Operating system and processor, for example linux-x64.</param>
/// <param name="SqliteVersion">The SQLite that is linked in.</param>
/// <param name="ReadOnly">Whether it was started with --read-only.</param>
/// <param name="Profile">The profile of tools, core or lite.</param>
/// <param name="Durability">full or normal.</param>
/// <param name="StartedAtMs">When the process started.</param>
public sealed record ProgramFacts(string Version, string Platform, string SqliteVersion, bool ReadOnly, string Profile, string Durability, long StartedAtMs);
