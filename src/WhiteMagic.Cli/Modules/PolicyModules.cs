using System;
using System.Collections.Generic;
using System.IO;
using WhiteMagic.Governance.Scoring;

namespace WhiteMagic.Cli.Modules;

/// <summary>
/// The modules of a state root, as they are now: a file in <c>governance/</c> stands for the embedded one. Files are looked at twice a second at most,
/// when something is asked. A file that cannot be taken changes nothing; where none was in force before it, nobody knows what it forbids, and there
/// is no answer until it is corrected or gone. A module that fails three times in a row is set aside.
/// </summary>
/// <param name="root">The state root; when it is empty there is none.</param>
/// <param name="time">Tells when to look again.</param>
/// <param name="stampOf">Something that changes when a file does.</param>
/// <param name="mayChange">Whether files may be renamed here.</param>
/// <param name="report">Told what a person should know.</param>
internal sealed class PolicyModules(string root, TimeProvider time, Func<string, long> stampOf, bool mayChange, Action<string> report) : IScorer
{
    /// <summary>The folder in the state root.</summary>
    internal const string FolderName = "governance";

    private const string Embedded = "embedded";
    private const string RejectedEnding = ".rejected";
    private const int MostFailures = 3;

    // What the framework gives as attributes of a file that is not there.
    private const int Missing = -1;

    // Of a file that is not there, of one that is not there since it was set aside, of one that nobody may look at, and of one that was not looked at yet;
    // other stamps are not negative.
    private const long Absent = -1;
    private const long Rejected = -2;
    private const long Hidden = -3;
    private const long Unknown = -4;
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(400);

    private readonly object _gate = new();
    private readonly Place[] _places = [new(ScorerKind.Dharma), new(ScorerKind.Karma), new(ScorerKind.Harmony)];
    private long _lookedAt;
    private bool _hasLooked;

    /// <inheritdoc/>
    public IReadOnlyList<ScorerState> States
    {
        get
        {
            lock (_gate)
            {
                LookIfDue();
                var states = new List<ScorerState>();
                foreach (Place place in _places)
                {
                    states.Add(new ScorerState
                    {
                        Kind = place.Kind,
                        Source = place.Module?.Source ?? "",
                        Sha256 = place.Module?.Sha256 ?? "",
                        Bytes = place.Module?.Bytes ?? 0,
                        Problem = place.Problem,
                    });
                }

                return states;
            }
        }
    }

    /// <inheritdoc/>
    public ScorerAnswer Ask(ScorerKind kind, ReadOnlySpan<byte> record, Span<byte> answer)
    {
        Place place = _places[(int)kind];
        PolicyModule? module = InForce(place);
        if (module is null)
        {
            return new ScorerAnswer(0, "", place.Problem);
        }

        // A module that is replaced meanwhile answers those who ask it already.
        ScorerAnswer given = module.Ask(record, answer);
        if (given.Failure.Length > 0)
        {
            report(given.Failure);
            if (module.Failures >= MostFailures && module.Source != Embedded)
            {
                SetAside(place, module, given.Failure);
            }
        }

        return given;
    }

    /// <summary>Asks as <see cref="Ask"/> does, to see what it says: nothing is set aside for it.</summary>
    internal ScorerAnswer Try(ScorerKind kind, ReadOnlySpan<byte> record, Span<byte> answer)
    {
        Place place = _places[(int)kind];
        return InForce(place)?.Ask(record, answer) ?? new ScorerAnswer(0, "", place.Problem);
    }

    /// <summary>Looks at the files now.</summary>
    internal void Reload()
    {
        lock (_gate)
        {
            foreach (Place place in _places)
            {
                place.Stamp = Unknown;
            }

            Look();
        }
    }

    /// <summary>The file that stands for a module.</summary>
    internal string PathOf(ScorerKind kind) => Path.Combine(root, FolderName, ScorerNames.FileOf(kind));

    private PolicyModule? InForce(Place place)
    {
        lock (_gate)
        {
            LookIfDue();
            return place.Module;
        }
    }

    private void LookIfDue()
    {
        if (!_hasLooked || time.GetElapsedTime(_lookedAt) >= _lookEvery)
        {
            Look();
        }
    }

    private void Look()
    {
        (_hasLooked, _lookedAt) = (true, time.GetTimestamp());
        foreach (Place place in _places)
        {
            string path = PathOf(place.Kind);
            try
            {
                long stamp = StampOf(path);
                if (place.Stamp == stamp)
                {
                    continue;
                }

                place.Stamp = stamp;
                if (stamp == Hidden)
                {
                    throw new ModuleException("what is there cannot be looked at");
                }

                place.Module = stamp < 0 ? LoadEmbedded(place.Kind) : PolicyModule.Load(place.Kind, ShownPath(place), ModuleFile.Read(path));
                place.Problem = stamp == Rejected ? $"{ShownPath(place)} was set aside as {ScorerNames.FileOf(place.Kind)}{RejectedEnding}, and the embedded module is in force; load one that is right, or delete that file" : "";
            }
            catch (Exception e) when (e is ModuleException or IOException or UnauthorizedAccessException)
            {
                string reason = e is ModuleException ? e.Message : "it cannot be read";
                string then = place.Module is not null ? "the module before it stays in force"
                    : place.Kind == ScorerKind.Dharma ? "until it is corrected or gone, nothing can be changed here" : "what is reckoned without it counts";
                place.Problem = $"{ShownPath(place)} could not be taken: {reason}; {then}";
                report(place.Problem);
            }
        }
    }

    private void SetAside(Place place, PolicyModule module, string failure)
    {
        lock (_gate)
        {
            if (place.Module != module)
            {
                return;
            }

            string path = PathOf(place.Kind);
            string where = "is out of force in this process";
            try
            {
                if (StampOf(path) != place.Stamp)
                {
                    // Somebody has corrected it meanwhile, or has set it aside.
                    Look();
                    return;
                }

                if (mayChange)
                {
                    File.Move(path, path + RejectedEnding, overwrite: true);
                    place.Stamp = Rejected;
                    where = $"was set aside as {ScorerNames.FileOf(place.Kind)}{RejectedEnding}";
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                report($"{path} could not be renamed");
            }

            // A file that could not be renamed is not taken again until it changes.
            place.Module = LoadEmbedded(place.Kind);
            place.Problem = $"{ShownPath(place)} {where} after {MostFailures} failures in a row, and the embedded module is in force again; the last: {failure}";
            report(place.Problem);
        }
    }

    // What cannot be looked at is not taken for absent: nobody knows what it forbids.
    private long StampOf(string path)
    {
        if (root.Length == 0)
        {
            return Absent;
        }

        try
        {
            return (int)new FileInfo(path).Attributes != Missing ? stampOf(path)
                : File.Exists(Path.GetDirectoryName(path)) ? Hidden
                : File.Exists(path + RejectedEnding) ? Rejected : Absent;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Hidden;
        }
    }

    private static string ShownPath(Place place) => FolderName + "/" + ScorerNames.FileOf(place.Kind);

    private static PolicyModule LoadEmbedded(ScorerKind kind) => PolicyModule.Load(kind, Embedded, EmbeddedModules.Of(kind));

    private sealed class Place(ScorerKind kind)
    {
        internal ScorerKind Kind { get; } = kind;

        internal PolicyModule? Module { get; set; }

        internal string Problem { get; set; } = "";

        internal long Stamp { get; set; } = Unknown;
    }
}
