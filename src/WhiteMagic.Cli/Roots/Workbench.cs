using System;
using System.IO;
using System.Text.Json;
using System.Threading;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Governance;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Embedding;
using WhiteMagic.Sqlite;
using WhiteMagic.Tools;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Cli.Roots;

/// <summary>One state root in use: the composition of storage, governance and tools that every verb and the server share.</summary>
internal sealed class Workbench : IDisposable
{
    internal const string GalaxyVariable = "WM_GALAXY";

    private readonly SqliteGalaxies? _store;
    private bool _isEnding;

    private Workbench(Invocation call, StateRoot root, bool readOnly, bool coreOnly, FailureException? refusal)
    {
        Surroundings around = call.Around;
        Root = root;
        Configuration = refusal is null ? Configuration.Read(root.Path) : new Configuration();
        string? galaxy = call.Get(GlobalOptions.Galaxy) ?? around.Variable(GalaxyVariable);
        _store = refusal is not null ? null : new SqliteGalaxies(new StoreOptions
        {
            Root = root.Path,
            Random = around.Random,
            Time = around.Time,
            ReadOnly = readOnly,
            FullDurability = Configuration.FullDurability,
            BusyTimeoutMs = Configuration.BusyTimeoutMs,
            Galaxy = string.IsNullOrEmpty(galaxy) ? null : galaxy,
            Report = text => around.Error.WriteLine("wm: " + Printable.Line(text)),
            Model = LoadModel(root.Path, text => around.Error.WriteLine("wm: " + Printable.Line(text))),
        });
        Governed = new GovernedRoot(around, root, Configuration, readOnly);
        Workplace = new Workplace
        {
            Dharma = Governed.Dharma,
            Rates = Governed.Rates,
            Breakers = Governed.Breakers,
            Vitals = Governed.Vitals,
            Scorer = Governed.Modules,
            SharingProblem = () => Governed.Shared.Problem,
            Galaxies = _store is null ? new RefusedGalaxies(root.Path, refusal!) : _store,
            Time = around.Time,
            ForeignDatabases = around.ForeignDatabases,
            Session = MemoryId.Create(around.Time.GetUtcNow().ToUnixTimeMilliseconds(), around.Random).ToString(),
            WrittenAtMs = Platform.FileStatus.WrittenAtMs,
            QueryLimit = TimeSpan.FromMilliseconds(Configuration.QueryTimeoutMs),
            ConfigurationProblem = Configuration.Problem,
            Facts = new ProgramFacts(BuildFacts.Version, BuildFacts.Platform, Inspection.EngineVersion, readOnly, coreOnly ? "core" : "lite",
                Configuration.FullDurability ? "full" : "normal", around.Time.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        Catalog = new Catalog(coreOnly);
        Dispatcher = new Dispatcher(Workplace, Governed.Governor, Catalog, e => Defects.Report(around.Error, e));
    }

    /// <summary>What the command line calls itself in the ledger.</summary>
    internal static string Agent => "cli/" + BuildFacts.Version;

    internal StateRoot Root { get; }

    internal Configuration Configuration { get; }

    internal Workplace Workplace { get; }

    internal Catalog Catalog { get; }

    /// <summary>The stages of governance on this root.</summary>
    internal GovernedRoot Governed { get; }

    internal Governor Governor => Governed.Governor;

    internal Dispatcher Dispatcher { get; }

    /// <summary>The galaxies as files.</summary>
    internal SqliteGalaxies Store => _store ?? throw new InvalidOperationException("the state root was refused");

    /// <summary>Whether a galaxy has, or had, a database; looking makes none.</summary>
    internal bool HasDatabase(string galaxy) => SqliteGalaxies.WasMade(Root.Path, galaxy);

    /// <summary>Opens the root that a command line means. Nothing is created before something is stored.</summary>
    /// <exception cref="FailureException">There is no such root, or it must not be used.</exception>
    internal static Workbench Open(Invocation call, bool readOnly = false, bool coreOnly = false) =>
        Open(call, StateRoot.Find(call.Around, call.Get(GlobalOptions.StateRoot)), readOnly, coreOnly);

    /// <summary>Opens a given root.</summary>
    /// <exception cref="FailureException">It must not be used.</exception>
    internal static Workbench Open(Invocation call, StateRoot root, bool readOnly = false, bool coreOnly = false)
    {
        RootRights.Check(root.Path);
        var bench = new Workbench(call, root, readOnly, coreOnly, refusal: null);
        if (bench.Configuration.Problem.Length > 0)
        {
            call.Around.Error.WriteLine("wm: " + Printable.Line(bench.Configuration.Problem) + "; the defaults are in force");
        }

        return bench;
    }

    /// <summary>A bench whose every call fails for this reason.</summary>
    internal static Workbench Refusing(Invocation call, FailureException reason, bool readOnly, bool coreOnly) =>
        new(call, new StateRoot("", "refused"), readOnly, coreOnly, reason);

    /// <summary>From now on a request to end withdraws the calls that follow, instead of ending the process in their middle.</summary>
    internal void EndInGoodOrder(Surroundings around) => around.OnEnd(() => Volatile.Write(ref _isEnding, true));

    /// <summary>Carries out a tool call on behalf of the command line.</summary>
    internal ToolAnswer Call(string tool, JsonElement arguments, IProgressSink? progress = null, bool hasConnectionState = false)
    {
        var answer = new ToolAnswer();
        Dispatcher.Call(tool, arguments, new Caller { Agent = Agent, MayRelax = true, HasConnectionState = hasConnectionState, Progress = progress, IsWithdrawn = () => Volatile.Read(ref _isEnding) }, answer);
        return answer;
    }

    /// <summary>A deed of the command line itself, such as a repair, for governance to rule on.</summary>
    internal Deed DeedOf(string verb, Effect effect, string galaxy) => new()
    {
        Tool = verb,
        Effect = effect,
        Agent = Agent,
        Session = Workplace.Session,
        Galaxy = galaxy,
        Arguments = "{}"u8.ToArray(),
        StartedAtMs = Workplace.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        StartedTimestamp = System.Diagnostics.Stopwatch.GetTimestamp(),
    };

    public void Dispose()
    {
        _store?.Dispose();
        Governed.Vitals.Publish();
    }

    // Without a model, or with one that is damaged or tells nothing, words alone decide.
    private static EmbeddingModel? LoadModel(string root, Action<string> report)
    {
        try
        {
            EmbeddingModel? model = EmbeddingModel.Load(Path.Combine(root, "models"));
            if (model is { IsTrusted: false })
            {
                report("the embedding model in models/ is not used: it does not find related English words more alike than others, or knows too few of them");
            }

            return model;
        }
        catch (FailureException e)
        {
            report(e.Message + "; memories are found by words alone");
            return null;
        }
    }
}
