using System;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Cli;

/// <summary>Refuses databases of other programs, where no reader of them is wired in.</summary>
internal sealed class NoForeignDatabases : IForeignDatabase
{
    public void Read(string path, Action<MemoryDraft, long> take, Action<ImportIssue> fail) =>
        throw FailureException.Invalid($"{path} is a SQLite database, which this wm cannot import");
}
