using System;
using System.Collections.Generic;
using WhiteMagic.Cli.Modules;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Harmony;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Tools;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Cli.Roots;

/// <summary>The stages that every call on a state root goes through, in their order, and who is told how it ended.</summary>
internal sealed class GovernedRoot
{
    internal GovernedRoot(Surroundings around, StateRoot root, Configuration configuration, bool readOnly)
    {
        Shared = new SharedState(root.Path, readOnly, around.Random);
        Dharma = new DharmaRules(root.Path, around.Time, Platform.FileStatus.StampOf);
        Rates = new RateLimitStage(configuration.Rates, () => Shared.Rates, around.Time);
        Breakers = new BreakerStage(configuration.Breaker, ToolNames(), () => Shared.Board, around.Time);
        Modules = new PolicyModules(root.Path, around.Time, Platform.FileStatus.StampOf, !readOnly, text => around.Error.WriteLine("wm: " + Printable.Line(text)));
        Vitals = new Vitals(() => Shared.Ring, () => Shared.Board, around.Time, Modules);
        Governor = new Governor([new SanitiseStage(), Rates, Breakers, new PermissionStage(readOnly), new DharmaStage(Dharma, new DharmaModule(Modules))], [Breakers, Vitals],
            (_, e) => Defects.Report(around.Error, e));
    }

    internal SharedState Shared { get; }

    internal DharmaRules Dharma { get; }

    internal PolicyModules Modules { get; }

    internal RateLimitStage Rates { get; }

    internal BreakerStage Breakers { get; }

    internal Vitals Vitals { get; }

    internal Governor Governor { get; }

    private static string[] ToolNames()
    {
        var names = new List<string>();
        foreach (Tool tool in new Catalog(coreOnly: false).Tools)
        {
            names.Add(tool.Name);
        }

        names.Sort(StringComparer.Ordinal);
        return names.ToArray();
    }
}
