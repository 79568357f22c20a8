using System;
using System.IO;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Legacy;

/// <summary>
/// Reads the databases that the earlier Lite and Python WhiteMagic wrote; the file and its write-ahead log are never changed.
/// docs/storage.md lists what becomes of each column.
/// </summary>
public sealed class ForeignDatabases : IForeignDatabase
{
    private const int BusyTimeoutMs = 5000;
    private const int HeaderBytes = 100;
    private const int ReadVersionOffset = 19;
    private const byte WriteAheadLogVersion = 2;

    /// <inheritdoc/>
    public void Read(string path, Action<MemoryDraft, long> take, Action<ImportIssue> fail)
    {
        string full = Path.GetFullPath(path);
        try
        {
            using Connection connection = Open(full);
            ReadRows(connection, full, take, fail);
        }
        catch (SqliteException e)
        {
            throw Failure(e, full);
        }
    }

    private static void ReadRows(Connection connection, string path, Action<MemoryDraft, long> take, Action<ImportIssue> fail)
    {
        LegacyTables tables = LegacyTables.Of(connection, path);
        Statement rows = connection.Prepare(tables.Query);
        for (long number = 1; rows.Step(); number++)
        {
            MemoryDraft? draft = null;
            string reason = "";
            try
            {
                draft = new LegacyRow(connection, tables, rows).Draft();
            }
            catch (FailureException e)
            {
                reason = e.Message;
            }

            // Outside of the try: what the caller throws is the caller's.
            if (draft is not null)
            {
                take(draft, number);
            }
            else
            {
                fail(new ImportIssue(number, reason));
            }
        }
    }

    /// <summary>
    /// With locks where another program may be at work. A file that uses a write-ahead log and has none lies still: it is read as it is,
    /// because an ordinary connection would leave an empty log beside it. So is a file in a folder that cannot be written.
    /// </summary>
    private static Connection Open(string path)
    {
        string log = path + "-wal";
        if (UsesLog(path) && !File.Exists(log))
        {
            return OpenAs(path, Connection.Mode.Immutable);
        }

        try
        {
            return OpenAs(path, Connection.Mode.ReadOnly);
        }
        catch (SqliteException e) when (e.Primary is ResultCode.CantOpen or ResultCode.ReadOnly && new FileInfo(log) is not { Exists: true, Length: > 0 }
            && !File.Exists(path + "-journal"))
        {
            return OpenAs(path, Connection.Mode.Immutable);
        }
    }

    private static Connection OpenAs(string path, Connection.Mode mode)
    {
        Connection connection = Connection.Open(path, mode, BusyTimeoutMs);
        try
        {
            // What the file's schema brings along is not trusted; the transaction shows all tables at one moment.
            connection.Execute("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; BEGIN");
            _ = connection.ScalarInt64("SELECT count(*) FROM sqlite_schema");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool UsesLog(string path)
    {
        try
        {
            Span<byte> header = stackalloc byte[HeaderBytes];
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes && header[ReadVersionOffset] == WriteAheadLogVersion;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.From(e, path);
        }
    }

    private static FailureException Failure(SqliteException e, string path) => e.Primary switch
    {
        ResultCode.CantOpen or ResultCode.ReadOnly => new FailureException(ErrorCode.PermissionDenied,
            $"{path} has changes beside it (-wal or -journal) that cannot be read from a folder that cannot be written",
            "copy the file and those beside it to a folder of yours and import the copy", inner: e),
        ResultCode.Corrupt or ResultCode.NotADatabase => new FailureException(ErrorCode.StorageCorrupt,
            $"{path} is damaged: SQLite found a page that contradicts the others; it was left as it is", "import a copy from before the damage", inner: e),
        ResultCode.Busy or ResultCode.Locked => new FailureException(ErrorCode.StorageBusy, $"another program has kept {path} locked for too long",
            "close it and repeat the import", retryable: true, e),
        ResultCode.Error => FailureException.Invalid($"{path} holds tables that are not those of an earlier WhiteMagic"),
        _ => StorageFailure.From(e, path),
    };
}
