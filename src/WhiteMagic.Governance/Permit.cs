using System;
using System.Threading;

namespace WhiteMagic.Governance;

/// <summary>
/// Leave to carry out one deed. Only this project can make one, so a method that demands a permit cannot be reached around a ruling.
/// </summary>
public sealed class Permit
{
    private readonly Deed _deed;
    private int _spent;

    internal Permit(Deed deed, string rules, double score)
    {
        _deed = deed;
        Rules = rules;
        Score = score;
    }

    /// <summary>Names of the rules that matched the deed or a part of it, joined by commas.</summary>
    public string Rules { get; private set; }

    /// <summary>Score of the ruling, 0..1; of several the lowest.</summary>
    public double Score { get; private set; }

    /// <summary>Whether the deed was handed to the storage, which writes the ledger entry itself.</summary>
    public bool IsSpent => Volatile.Read(ref _spent) != 0;

    /// <summary>Memory rows that the storage has counted as changed under this permit.</summary>
    public long Changed { get; private set; }

    /// <summary>Notes what the storage counted.</summary>
    public void NoteChanged(long rowCount) => Changed += rowCount;

    /// <summary>Whether no other module judged a part than judged the whole; parts that no module was asked about are of any.</summary>
    internal bool IsOfModuleOf(Hearing part)
    {
        foreach (string rule in part.Rules)
        {
            if (rule.StartsWith(Scoring.DharmaModule.MarkPrefix, StringComparison.Ordinal) && !Names(rule))
            {
                return false;
            }
        }

        return true;
    }

    // Few rules match an import, and each is named once.
    internal void AddPart(Hearing part)
    {
        Score = Math.Min(Score, 1 - part.Severity);
        foreach (string rule in part.Rules)
        {
            if (!Names(rule))
            {
                Rules += Rules.Length > 0 ? "," + rule : rule;
            }
        }
    }

    private bool Names(string rule) => ("," + Rules + ",").Contains("," + rule + ",", StringComparison.Ordinal);

    /// <summary>Uses the permit up and returns the deed it allows.</summary>
    /// <exception cref="InvalidOperationException">The permit was spent before, or its deed only reads.</exception>
    public Deed Spend()
    {
        if (_deed.Effect == Effect.Read)
        {
            throw new InvalidOperationException("a permit to read cannot be spent on a change");
        }

        return Interlocked.Exchange(ref _spent, 1) == 0 ? _deed : throw new InvalidOperationException("this permit was spent before");
    }
}
