using System;

namespace WhiteMagic.Memory.Exchange;

/// <summary>The port to SQLite files of other programs, which are read and never changed.</summary>
public interface IForeignDatabase
{
    /// <summary>Passes every memory of the file with the number of its row, from 1; a row that cannot be taken is passed as an issue instead.</summary>
    /// <param name="path">An existing file that begins with the header of SQLite.</param>
    /// <param name="take">Receives each memory; what it throws ends the reading and must reach the caller.</param>
    /// <param name="fail">Receives each row that cannot be taken.</param>
    /// <exception cref="FailureException">The file cannot be read, or holds no tables that are known.</exception>
    void Read(string path, Action<MemoryDraft, long> take, Action<ImportIssue> fail);
}
