using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>
/// One galaxy's database file: made whole or not at all, opened only when it is ours, never replaced by an empty one.
/// Every access goes through <see cref="Read"/> or <see cref="Write"/>, which turn errors of SQLite into failures.
/// </summary>
internal sealed class GalaxyDatabase(string name, string path, StoreOptions options) : IDisposable
{
    /// <summary>Marks our databases in their header: "WMem".</summary>
    internal const int ApplicationId = 0x574D656D;

    private const int HeaderBytes = 100;
    private const int ApplicationIdOffset = 68;

    private Connection? _connection;
    private bool _immutable;
    private TimeSpan? _limit;
    private Func<bool>? _isCancelled;
    private int _readDepth;
    private string? _openedAt;

    internal string Path => path;

    /// <summary>Whether it is open.</summary>
    internal bool IsOpen => _connection is not null;

    /// <summary>Whether there is something at its path.</summary>
    /// <exception cref="Memory.FailureException">That cannot be known: a folder on the way must not be looked into.</exception>
    internal bool Exists => PrivateFile.IsThere(path);

    /// <summary>Grows when another file, or the same one again, was opened: what was remembered of the one before counts no more.</summary>
    internal int Generation { get; private set; }

    /// <summary>Bounds the accesses that follow.</summary>
    internal void Bound(TimeSpan? limit, Func<bool>? isCancelled)
    {
        _limit = limit;
        _isCancelled = isCancelled;
        _connection?.Bound(limit, isCancelled);
    }

    /// <summary>Lifts the bounds until <see cref="Rebind"/> or the end of the transaction.</summary>
    internal void Unbind() => _connection?.Bound(null, null);

    /// <summary>Puts the bounds in force again.</summary>
    internal void Rebind() => _connection?.Bound(_limit, _isCancelled);

    /// <summary>Reads; each statement sees one consistent snapshot.</summary>
    internal T Read<T>(Func<Connection, T> read)
    {
        _readDepth++;
        bool isDone = false;
        try
        {
            T result = read(Use());
            isDone = true;
            return result;
        }
        catch (SqliteException e)
        {
            throw StorageFailure.From(e, path);
        }
        finally
        {
            // A statement that was left in the middle would hold its snapshot, and with it the log, for ever.
            if (--_readDepth == 0 && !isDone)
            {
                _connection?.ResetStatements();
            }
        }
    }

    /// <summary>Writes what does not belong to the call whose bounds are in force, and waits no longer than this for other processes.</summary>
    internal T WriteUnbounded<T>(int waitMs, Func<Connection, T> write)
    {
        (TimeSpan? limit, Func<bool>? isCancelled) = (_limit, _isCancelled);
        Bound(null, null);
        try
        {
            Use(writable: true).WaitAtMost(waitMs);
            return Write(write);
        }
        catch (SqliteException e)
        {
            throw StorageFailure.From(e, path);
        }
        finally
        {
            _connection?.WaitAtMost(options.BusyTimeoutMs);
            Bound(limit, isCancelled);
        }
    }

    /// <summary>Carries out one change as one transaction: all of it or nothing.</summary>
    internal T Write<T>(Func<Connection, T> write)
    {
        Connection connection = Begin();
        try
        {
            T result = write(connection);
            options.Reached?.Invoke(StoreStage.Committing);
            connection.Prepare("COMMIT").Run();
            options.Reached?.Invoke(StoreStage.Committed);
            return result;
        }
        catch (SqliteException e)
        {
            RollBack();
            throw StorageFailure.From(e, path);
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Begins a transaction that writes; waits for other processes.</summary>
    internal Connection Begin()
    {
        if (options.ReadOnly)
        {
            throw StorageFailure.ReadOnly(path);
        }

        try
        {
            Connection connection = Use(writable: true);
            connection.Prepare("BEGIN IMMEDIATE").Run();
            options.Reached?.Invoke(StoreStage.Begun);
            return connection;
        }
        catch (SqliteException e)
        {
            throw StorageFailure.From(e, path);
        }
    }

    /// <summary>Drops the open transaction, if there is one.</summary>
    internal void RollBack()
    {
        if (_connection is { InTransaction: true } connection)
        {
            RollBack(connection);
            connection.Bound(_limit, _isCancelled);
        }
    }

    /// <summary>Makes the database when it is not there. Several processes may do so at once; one of them wins, the others use its file.</summary>
    /// <returns>False when it was there already.</returns>
    internal bool Create(Action<Connection> fill)
    {
        string folder = System.IO.Path.GetDirectoryName(path)!;
        Span<byte> random = stackalloc byte[8];
        options.Random(random);
        string temporary = path + ".new-" + Convert.ToHexStringLower(random);
        try
        {
            PrivateFile.MakeFolder(options.Root, folder);
            PrivateFile.Create(temporary, FileMode.CreateNew).Dispose();
            using (Connection connection = Connection.Open(temporary, Connection.Mode.Create, options.BusyTimeoutMs))
            {
                // Nobody else knows this file yet: it is flushed once, before it gets its name.
                connection.Execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN");
                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
                options.Migrations.Apply(connection, options.Time.GetUtcNow().ToUnixTimeMilliseconds());
                fill(connection);
                connection.Execute("COMMIT; PRAGMA journal_mode = WAL");
            }

            using (var file = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }

            return PrivateFile.Publish(temporary, path);
        }
        catch (SqliteException e)
        {
            throw StorageFailure.From(e, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.From(e, folder);
        }
        finally
        {
            DeleteQuietly(temporary);
            DeleteQuietly(temporary + "-wal");
            DeleteQuietly(temporary + "-shm");
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>Opens the connection when needed, and again when the file at the path is another one by now.</summary>
    private Connection Use(bool writable = false)
    {
        if (_connection is not null && ((_immutable && writable) || _connection.HasMoved))
        {
            Dispose();
            if (!File.Exists(path))
            {
                throw StorageFailure.Missing(path, "it was removed while it was in use");
            }
        }

        return _connection ??= Open();
    }

    private Connection Open()
    {
        CheckHeader();
        Connection connection;
        try
        {
            _immutable = false;
            connection = OpenAndCheck(Connection.Mode.ReadWrite);
        }
        catch (SqliteException e) when (CannotShare(e) && !HasLog)
        {
            // A medium that cannot be written, or a full one: SQLite cannot share memory with others, so read the file as it lies there.
            _immutable = true;
            connection = OpenAndCheck(Connection.Mode.Immutable);
        }

        if (!options.ReadOnly && !_immutable)
        {
            DatabaseMark.Set(path);
        }

        connection.Bound(_limit, _isCancelled);
        Generation++;
        return connection;
    }

    private bool HasLog => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    private static bool CannotShare(SqliteException e) =>
        e.Primary is ResultCode.CantOpen or ResultCode.ReadOnly or ResultCode.Full || e.Code is ResultCode.IoErrorShmSize or ResultCode.IoErrorShmOpen;

    private Connection OpenAndCheck(Connection.Mode mode)
    {
        Connection connection = Connection.Open(path, mode, options.BusyTimeoutMs);
        try
        {
            // 8 MiB hold the upper levels of the indexes of a large galaxy.
            connection.Execute("PRAGMA cache_size = -8192; PRAGMA secure_delete = ON; PRAGMA synchronous = " + (options.FullDurability ? "FULL" : "NORMAL"));
            long version = Migrations.VersionOf(connection);
            if (version > options.Migrations.Newest)
            {
                throw StorageFailure.Newer(path, version, options.Migrations.Newest);
            }

            if (version < options.Migrations.Newest)
            {
                if (mode != Connection.Mode.ReadWrite || options.ReadOnly)
                {
                    throw StorageFailure.Older(path, version, options.Migrations.Newest);
                }

                Migrate(connection, version);
            }

            RefuseYounger(connection);
            if (options.ReadOnly)
            {
                connection.Execute("PRAGMA query_only = ON");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A database that was put in the place of the one in use is taken: a restore does that. One that was made since then is empty, or holds what
    // another process stored in the belief that there was nothing.
    private void RefuseYounger(Connection connection)
    {
        if (_openedAt is { } openedAt && string.CompareOrdinal(connection.ScalarText("SELECT value FROM galaxy WHERE key = 'created_at'"), openedAt) > 0)
        {
            throw StorageFailure.Missing(path, "it was removed while it was in use, and another was made in its place");
        }

        _openedAt ??= Instant.Format(options.Time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private void Migrate(Connection connection, long version)
    {
        long nowMs = options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        string backups = System.IO.Path.Combine(options.Root, "backups");
        PrivateFile.MakeFolder(options.Root, backups);
        Span<byte> random = stackalloc byte[4];
        options.Random(random);
        string backup = System.IO.Path.Combine(backups, string.Create(CultureInfo.InvariantCulture, $"{name}-schema{version}-{nowMs}-{Convert.ToHexStringLower(random)}.db"));
        PrivateFile.Create(backup, FileMode.CreateNew).Dispose();
        options.Report?.Invoke(string.Create(CultureInfo.InvariantCulture, $"galaxy {name}: schema {version} becomes {options.Migrations.Newest}; a copy goes to {backup}"));
        connection.Prepare("VACUUM INTO ?1").Bind(1, backup).Run();
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            // Another process may have migrated while this one waited; Apply begins at the version it finds.
            options.Migrations.Apply(connection, nowMs, options.Report);
            connection.Execute("COMMIT");
        }
        catch
        {
            RollBack(connection);
            throw;
        }
    }

    private void CheckHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            {
                throw StorageFailure.Corrupt(path, string.Create(CultureInfo.InvariantCulture, $"it has {file.Length} bytes, less than the header of a database"));
            }
        }
        catch (FileNotFoundException)
        {
            throw StorageFailure.Missing(path, "the file is gone");
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw StorageFailure.Missing(path, "a folder is in its place");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.From(e, path);
        }

        if (!header.StartsWith("SQLite format 3\0"u8))
        {
            throw StorageFailure.Corrupt(path, "it does not begin as an SQLite database does (damaged, encrypted or another kind of file)");
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]) != ApplicationId)
        {
            throw StorageFailure.Foreign(path, name, "its header does not carry our mark");
        }
    }

    private static void RollBack(Connection connection)
    {
        try
        {
            connection.Bound(null, null);
            connection.ResetStatements();
            connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, which is what was wanted.
        }
    }

    private static void DeleteQuietly(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover temporary file does no harm; doctor finds it.
        }
    }
}
