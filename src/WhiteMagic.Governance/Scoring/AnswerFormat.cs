using System;
using System.Text;
using System.Text.Unicode;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Policies;

namespace WhiteMagic.Governance.Scoring;

/// <summary>What a module may answer: 16 bytes, and from dharma a reason behind them. Anything else is no answer.</summary>
public static class AnswerFormat
{
    /// <summary>Bytes of a reason.</summary>
    public const int MostReasonBytes = 1024;

    /// <summary>Bytes of an answer.</summary>
    public const int MostBytes = Record.NumberBytes + MostReasonBytes;

    /// <summary>Why bytes are no answer of a kind; null when they are one.</summary>
    public static string? ProblemOf(ScorerKind kind, ReadOnlySpan<byte> answer)
    {
        int most = kind == ScorerKind.Dharma ? MostBytes : Record.NumberBytes;
        if (answer.Length < Record.NumberBytes || answer.Length > most)
        {
            return $"an answer of {answer.Length} bytes, where {(most > Record.NumberBytes ? Record.NumberBytes + " to " : "")}{most} are allowed";
        }

        int version = Record.Int32(answer, 0);
        int first = FirstOf(answer);
        double number = NumberOf(answer);
        if (version != Record.Version)
        {
            return $"an answer of version {version}, where {Record.Version} is known";
        }

        return kind switch
        {
            ScorerKind.Dharma => first is < 0 or > (int)RuleAction.Block ? $"action {first}, where 0 to {(int)RuleAction.Block} are known"
                : number is not (>= 0 and <= 1) ? "a severity that is not from 0 to 1"
                : Utf8.IsValid(answer[Record.NumberBytes..]) ? null : "a reason that is not UTF-8",
            _ when first != 0 => "bytes 4 to 7 that are not zero",
            ScorerKind.Karma => double.IsFinite(number) && number >= 0 ? null : "a debt that is no number, or less than 0",
            _ => double.IsNaN(number) || number is >= 0 and <= 1 ? null : "a score that is not from 0 to 1",
        };
    }

    /// <summary>The action, of dharma.</summary>
    public static int FirstOf(ReadOnlySpan<byte> answer) => Record.Int32(answer, sizeof(int));

    /// <summary>Severity, debt or score.</summary>
    public static double NumberOf(ReadOnlySpan<byte> answer) => Record.Number(answer, 2 * sizeof(int));

    /// <summary>The reason, of dharma.</summary>
    public static string ReasonOf(ReadOnlySpan<byte> answer) => Encoding.UTF8.GetString(answer[Record.NumberBytes..]);
}
