using System;
using System.IO;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>A bulk import: the first draft of a batch opens a transaction, which the commit ends with one ledger entry.</summary>
internal sealed class ImportSession(SqliteGalaxy galaxy, Permit permit, Deed deed) : IImportSession
{
    private readonly MemoryStream _ids = new();
    private Connection? _connection;
    private long _changed;

    public ImportOutcome Add(MemoryDraft draft)
    {
        if (_connection is null)
        {
            // Who withdraws an import gives up the wait for the lock; what is under way then stops between two memories, not inside one.
            _connection = galaxy.Database.Begin();
            galaxy.Database.Unbind();
        }

        Connection connection = _connection;
        return Guarded(() =>
        {
            if (draft.Id is { } id && MemoryRows.IsTaken(connection, id))
            {
                return ImportOutcome.Skipped;
            }

            Stored stored = StoreAlone(connection, draft);
            _changed += stored.Changed;
            _ids.Write(stored.Id.ToBytes());
            return stored.Created ? ImportOutcome.Created : ImportOutcome.Reinforced;
        });
    }

    public void Commit()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            Guarded(() =>
            {
                galaxy.AppendBatch(connection, deed, permit, _changed, _ids.GetBuffer().AsSpan(0, (int)_ids.Length));
                galaxy.Reach(StoreStage.Committing);
                connection.Execute("COMMIT");
                galaxy.Reach(StoreStage.Committed);
                return 0;
            });
            galaxy.Database.Rebind();
            _changed = 0;
            _ids.SetLength(0);
        }
    }

    /// <summary>Drops a batch that was not committed.</summary>
    public void Dispose()
    {
        if (_connection is not null)
        {
            _connection = null;
            galaxy.Database.RollBack();
        }

        _ids.Dispose();
    }

    // A draft that is refused for what it is leaves nothing behind, and the others of its batch stay.
    private Stored StoreAlone(Connection connection, MemoryDraft draft)
    {
        connection.Prepare("SAVEPOINT draft").Run();
        try
        {
            Stored stored = galaxy.Store(connection, draft, mayMissSuperseded: true);
            connection.Prepare("RELEASE draft").Run();
            return stored;
        }
        catch (FailureException)
        {
            connection.Prepare("ROLLBACK TO draft").Run();
            connection.Prepare("RELEASE draft").Run();
            throw;
        }
    }

    // A failure of the storage takes the whole batch back, so that what was reported as stored is what is stored.
    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            RollBack();
            throw StorageFailure.From(e, galaxy.Database.Path);
        }
        catch (Exception e) when (e is not FailureException)
        {
            RollBack();
            throw;
        }
    }

    private void RollBack()
    {
        _connection = null;
        _changed = 0;
        _ids.SetLength(0);
        galaxy.Database.RollBack();
    }
}
