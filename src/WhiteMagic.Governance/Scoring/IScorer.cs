using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance.Scoring;

/// <summary>What a module scores.</summary>
public enum ScorerKind
{
    /// <summary>How strictly a deed is ruled on.</summary>
    Dharma,

    /// <summary>What deeds owe that did not do what they declare.</summary>
    Karma,

    /// <summary>How healthy a state root is.</summary>
    Harmony,
}

/// <summary>The modules that score: bytes in, bytes out, in the formats of docs/governance-modules.md.</summary>
public interface IScorer
{
    /// <summary>What is loaded, one for each kind.</summary>
    IReadOnlyList<ScorerState> States { get; }

    /// <summary>Asks the module of a kind. Whatever it does, this gives an answer or says that there is none; the module knows nothing of the questions before.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="record">The question.</param>
    /// <param name="answer">Room for <see cref="AnswerFormat.MostBytes"/>.</param>
    ScorerAnswer Ask(ScorerKind kind, ReadOnlySpan<byte> record, Span<byte> answer);
}

/// <summary>How a module answered.</summary>
public readonly struct ScorerAnswer(int length, string sha256, string failure)
{
    /// <summary>Bytes of the answer, well formed; 0 when there is none.</summary>
    public int Length { get; } = length;

    /// <summary>Of the module, in hexadecimal; empty when a file could not be taken and so nothing was asked.</summary>
    public string Sha256 { get; } = sha256;

    /// <summary>Why there is no answer, with the module's name; empty when there is one.</summary>
    public string Failure { get; } = failure;

    /// <summary>What the answer took; docs/sandbox.md says what counts.</summary>
    public long Fuel { get; init; }
}

/// <summary>A module as it is in force.</summary>
public sealed class ScorerState
{
    /// <summary>What it scores.</summary>
    public required ScorerKind Kind { get; init; }

    /// <summary><c>embedded</c>, or the file it came from.</summary>
    public required string Source { get; init; }

    /// <summary>In hexadecimal; empty when none is in force.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its size.</summary>
    public required int Bytes { get; init; }

    /// <summary>What is wrong with its file; empty when nothing is.</summary>
    public required string Problem { get; init; }
}

/// <summary>The names of modules.</summary>
public static class ScorerNames
{
    private static readonly string[] _names = ["dharma", "karma", "harmony"];

    /// <summary>All names, in the order of <see cref="ScorerKind"/>.</summary>
    public static ReadOnlySpan<string> All => _names;

    /// <summary>A module's name.</summary>
    public static string NameOf(ScorerKind kind) => _names[(int)kind];

    /// <summary>A module's file.</summary>
    public static string FileOf(ScorerKind kind) => _names[(int)kind] + ".wasm";

    /// <summary>The function that a module exports.</summary>
    public static string ExportOf(ScorerKind kind) => kind switch
    {
        ScorerKind.Dharma => "dharma_evaluate",
        ScorerKind.Karma => "karma_debt",
        _ => "harmony_score",
    };
}
