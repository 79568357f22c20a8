using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Scoring;

namespace WhiteMagic.Cli.Modules;

/// <summary>Records that modules are tried with.</summary>
internal static class Probes
{
    /// <summary>A harmless one of a kind.</summary>
    internal static byte[] Of(ScorerKind kind) => kind switch
    {
        ScorerKind.Dharma => DharmaModule.RecordOf(DeedOf("search_memories", Effect.Read, "{\"query\":\"release plan\"}"), Judgement.Nothing),
        ScorerKind.Karma => Debts.RecordOf([0, 0, 0, 0]),
        _ => HarmonyScore.RecordOf([1, 1, 1, 1, 1, 1, 1]),
    };

    /// <summary>Ordinary deeds, and one that no rule should like.</summary>
    internal static (string Name, Deed? Deed)[] Deeds =>
    [
        ("search_memories", DeedOf("search_memories", Effect.Read, "{\"query\":\"release plan\"}")),
        ("create_memory, an ordinary text", DeedOf("create_memory", Effect.Write, "{\"content\":\"We release on Fridays.\",\"title\":\"Release day\"}")),
        ("create_memory with a password", DeedOf("create_memory", Effect.Write, "{\"content\":\"password: hunter2\"}")),
        ("delete_memory", DeedOf("delete_memory", Effect.Delete, "{\"memory_id\":\"0190a6e4-7c1b-7000-8000-000000000000\"}")),
    ];

    /// <summary>A deed of nobody.</summary>
    internal static Deed DeedOf(string tool, Effect effect, string arguments) => new()
    {
        Tool = tool,
        Effect = effect,
        Agent = "wm/probe",
        Session = "",
        Galaxy = "default",
        Arguments = Encoding.UTF8.GetBytes(arguments),
        StartedAtMs = 0,
        StartedTimestamp = 0,
    };
}
