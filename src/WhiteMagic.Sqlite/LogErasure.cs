using System;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>
/// Empties the write-ahead log after a purge, so that nothing of what was erased is left there. While another process reads from the log that
/// is not possible; then it is tried again at every change and pause, until it is done.
/// </summary>
internal sealed class LogErasure(GalaxyDatabase database, StoreOptions options)
{
    private const int FirstWaitMs = 2000;

    private bool _isPending;

    /// <summary>Tries after a purge. The purge itself is done; a reader is not waited for as long as a writer is.</summary>
    internal PurgeState Begin()
    {
        _isPending = !TryEmptyLog(Math.Min(FirstWaitMs, options.BusyTimeoutMs));
        return _isPending ? PurgeState.Pending : PurgeState.Erased;
    }

    /// <summary>Tries again, without waiting, when there is something left to erase.</summary>
    internal void Finish()
    {
        if (_isPending)
        {
            _isPending = !TryEmptyLog(waitMs: 0);
        }
    }

    private bool TryEmptyLog(int waitMs)
    {
        try
        {
            return database.Read(connection =>
            {
                connection.WaitAtMost(waitMs);
                try
                {
                    Statement s = connection.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
                    bool isEmpty = s.Step() && s.Int64(0) == 0;
                    s.Reset();
                    return isEmpty;
                }
                finally
                {
                    connection.WaitAtMost(options.BusyTimeoutMs);
                }
            });
        }
        catch (FailureException)
        {
            // What is committed must not be reported as failed.
            return false;
        }
    }
}
