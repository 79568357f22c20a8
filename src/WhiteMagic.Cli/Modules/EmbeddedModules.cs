using System;
using WhiteMagic.Governance.Scoring;

namespace WhiteMagic.Cli.Modules;

/// <summary>The modules of governance/ as they were built with this program; the other half of this class is made by native/wasm.sh.</summary>
internal static partial class EmbeddedModules
{
    internal static ReadOnlySpan<byte> Of(ScorerKind kind) => kind switch
    {
        ScorerKind.Dharma => Dharma,
        ScorerKind.Karma => Karma,
        _ => Harmony,
    };
}
