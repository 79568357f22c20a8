using System.Collections.Generic;

namespace WhiteMagic.Memory.Exchange;

/// <summary>What an import did: <c>Read = Created + Reinforced + Skipped + Failed</c>; in a dry run what is valid counts as created.</summary>
public sealed class ImportReport
{
    private readonly List<ImportIssue> _errors = [];

    /// <summary>The format that was read; <c>mixed</c> when a folder held several.</summary>
    public string Format { get; internal set; } = "";

    /// <summary>Whether nothing was stored, only read and checked.</summary>
    public bool DryRun { get; internal init; }

    /// <summary>Entries found: lines, sections, entities or rows.</summary>
    public long Read => Created + Reinforced + Skipped + Failed;

    public long Created { get; internal set; }

    /// <summary>Entries whose text was there already.</summary>
    public long Reinforced { get; internal set; }

    /// <summary>Entries whose id was there already.</summary>
    public long Skipped { get; internal set; }

    public long Failed { get; private set; }

    /// <summary>The first <see cref="Limits.ImportErrorCount"/> failed entries.</summary>
    public IReadOnlyList<ImportIssue> Errors => _errors;

    internal long Imported => Created + Reinforced + Skipped;

    internal void Fail(ImportIssue issue)
    {
        Failed++;
        if (_errors.Count < Limits.ImportErrorCount)
        {
            _errors.Add(issue);
        }
    }
}
