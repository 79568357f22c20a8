using System;
using System.Collections.Generic;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Policies;

namespace WhiteMagic.Governance.Scoring;

/// <summary>What the dharma module adds to the judgement of the rules: it can make it stricter, never looser.</summary>
/// <param name="scorer">The modules.</param>
public sealed class DharmaModule(IScorer scorer)
{
    /// <summary>What stands before the module's SHA-256 in a ledger entry that it judged.</summary>
    public const string MarkPrefix = "dharma.wasm@";

    /// <summary>What the rule that a module makes says of where it is from.</summary>
    internal const string Source = "module";

    private static readonly Matchers _everything = new() { Signature = "what the module decides" };

    // One call at a time: others wait no longer than the module takes.
    private readonly object _gate = new();
    private readonly RecordBuffer _record = new();
    private readonly byte[] _answer = new byte[AnswerFormat.MostBytes];

    /// <summary>Asks the module about a deed.</summary>
    /// <param name="deed">The deed.</param>
    /// <param name="judgement">What the rules say.</param>
    /// <param name="mark">The module in the words of the ledger; empty when none was asked.</param>
    /// <param name="failure">Why the module gave no answer; empty when it did.</param>
    /// <returns>The judgement, with a rule in the module's name where that is stricter.</returns>
    public Judgement Judge(Deed deed, Judgement judgement, out string mark, out string failure)
    {
        ArgumentNullException.ThrowIfNull(deed);
        ArgumentNullException.ThrowIfNull(judgement);
        lock (_gate)
        {
            Write(_record, deed, judgement);
            ScorerAnswer answer = scorer.Ask(ScorerKind.Dharma, _record.Span, _answer);
            mark = answer.Sha256.Length > 0 ? MarkPrefix + answer.Sha256 : "";
            failure = answer.Failure;
            return answer.Length == 0 ? judgement : Merge(judgement, _answer.AsSpan(0, answer.Length));
        }
    }

    /// <summary>The record of a deed: docs/governance-modules.md shows one.</summary>
    public static byte[] RecordOf(Deed deed, Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(deed);
        ArgumentNullException.ThrowIfNull(judgement);
        var record = new RecordBuffer();
        Write(record, deed, judgement);
        return record.Span.ToArray();
    }

    private static void Write(RecordBuffer record, Deed deed, Judgement judgement)
    {
        record.Clear();
        record.Int32(Record.Version);
        record.Int32((int)deed.Effect);
        record.Int32((int)(judgement.Action ?? 0));
        record.Int32(judgement.Rules.Count);
        record.Int64(deed.StartedAtMs);
        foreach (Rule rule in judgement.Rules)
        {
            record.Int32((int)rule.Action);
            record.Int32(0);
            record.Number(rule.Severity);
        }

        record.Text(deed.Tool);
        record.Text(deed.Agent);
        record.Text(deed.Session);
        record.Text(deed.Galaxy);
        record.Text(judgement.Rules.Count == 0 ? "" : string.Join(',', judgement.RuleNames));
        record.Text(deed.Arguments.Span);
    }

    private static Judgement Merge(Judgement judgement, ReadOnlySpan<byte> answer)
    {
        var action = (RuleAction)AnswerFormat.FirstOf(answer);
        double severity = AnswerFormat.NumberOf(answer);
        if (!(action > (judgement.Action ?? 0)) && !(severity > judgement.Severity))
        {
            return judgement;
        }

        var own = new Rule(_everything, null)
        {
            Name = ScorerNames.FileOf(ScorerKind.Dharma),
            Profile = Rule.DefaultProfile,
            Description = "",
            Action = action > RuleAction.Log ? action : RuleAction.Log,
            Severity = severity,
            Explain = AnswerFormat.ReasonOf(answer),
            Source = Source,
        };
        var rules = new List<Rule>(judgement.Rules) { own };
        return new Judgement
        {
            Rules = rules,
            Action = own.Action > (judgement.Action ?? 0) ? own.Action : judgement.Action,
            Severity = Math.Max(severity, judgement.Severity),
            Secret = judgement.Secret,
        };
    }
}
