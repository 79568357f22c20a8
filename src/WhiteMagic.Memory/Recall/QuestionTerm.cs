using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>A term that a query asks for.</summary>
/// <param name="hash">The tokenizer's hash of its stem.</param>
/// <param name="before">The hash of the term before it, or 0.</param>
/// <param name="text">As it was written, UTF-8.</param>
public sealed class QuestionTerm(ulong hash, ulong before, ReadOnlyMemory<byte> text)
{
    /// <summary>The hash to look for; another word's after a repair.</summary>
    public ulong Hash { get; internal set; } = hash;

    /// <summary>The hash of the term before it in the query, or 0.</summary>
    public ulong Before { get; internal set; } = before;

    public ReadOnlyMemory<byte> Text { get; } = text;

    /// <summary>How much it tells: ln(1 + (N - df + 0.5) / (df + 0.5)); 0 when no memory has it.</summary>
    public double Idf { get; set; }

    /// <summary>Whether it names a known speaker.</summary>
    public bool IsName { get; set; }

    /// <summary>Whether it stands for a word that no memory has.</summary>
    public bool IsRepaired { get; internal set; }
}
