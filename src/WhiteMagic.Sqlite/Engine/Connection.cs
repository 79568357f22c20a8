using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace WhiteMagic.Sqlite.Engine;

/// <summary>One connection to one database file. Used by one thread at a time; statements are prepared once and kept.</summary>
internal sealed unsafe class Connection : IDisposable
{
    private const int OpenReadOnly = 0x1;
    private const int OpenReadWrite = 0x2;
    private const int OpenCreate = 0x4;
    private const int OpenUri = 0x40;

    // Virtual machine steps between two looks at the deadline: about a tenth of a millisecond.
    private const int StepsPerCheck = 10_000;

    private const int LongestBusyWaitMs = 25;

    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly GCHandle _self;
    private IntPtr _db;
    private Func<bool>? _isCancelled;
    private int _busyTimeoutMs;
    private long _busySince;
    private long _deadline = long.MaxValue;

    private Connection(IntPtr db, string path)
    {
        _db = db;
        Path = path;
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
    }

    /// <summary>How a file is opened.</summary>
    internal enum Mode
    {
        ReadWrite,
        Create,
        ReadOnly,

        /// <summary>Read-only without locks or shared memory, for media that cannot be written: nobody else may write meanwhile.</summary>
        Immutable,
    }

    /// <summary>The version of SQLite that is linked in.</summary>
    internal static string LibraryVersion => ToText(Native.sqlite3_libversion());

    /// <summary>Opens a database file; nothing is read from it yet.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    internal static Connection Open(string path, Mode mode, int busyTimeoutMs)
    {
        int flags = mode switch
        {
            Mode.ReadWrite => OpenReadWrite,
            Mode.Create => OpenReadWrite | OpenCreate,
            Mode.Immutable => OpenReadOnly | OpenUri,
            _ => OpenReadOnly,
        };
        string name = mode == Mode.Immutable ? "file:" + EscapeForUri(path) + "?immutable=1" : path;
        IntPtr db;
        int code;
        fixed (byte* file = ToZeroEnded(name))
        {
            code = Native.sqlite3_open_v2(file, out db, flags, null);
        }

        var connection = new Connection(db, path);
        if (code != ResultCode.Ok)
        {
            SqliteException problem = connection.Problem(code);
            connection.Dispose();
            throw problem;
        }

        _ = Native.sqlite3_extended_result_codes(db, 1);
        connection._busyTimeoutMs = busyTimeoutMs;
        _ = Native.sqlite3_busy_handler(db, &OnBusy, GCHandle.ToIntPtr(connection._self));
        Native.sqlite3_progress_handler(db, StepsPerCheck, &OnProgress, GCHandle.ToIntPtr(connection._self));
        return connection;
    }

    /// <summary>The file that was opened.</summary>
    internal string Path { get; }

    /// <summary>Whether a transaction is open.</summary>
    internal bool InTransaction => Native.sqlite3_get_autocommit(_db) == 0;

    /// <summary>Whether the file that was opened is no longer the one at its path.</summary>
    internal bool HasMoved
    {
        get
        {
            const int FileControlHasMoved = 20;
            int moved = 0;
            // SAFETY: the name is zero-ended static data and the answer goes to a local that outlives the call.
            fixed (byte* main = "main\0"u8)
            {
                return Native.sqlite3_file_control(_db, main, FileControlHasMoved, &moved) == ResultCode.Ok && moved != 0;
            }
        }
    }

    /// <summary>Rows changed by the last statement, triggers not counted.</summary>
    internal int Changes => Native.sqlite3_changes(_db);

    internal long LastInsertRowId => Native.sqlite3_last_insert_rowid(_db);

    /// <summary>Statements that follow are interrupted once <paramref name="isCancelled"/> says so or when the time is over.</summary>
    internal void Bound(TimeSpan? limit, Func<bool>? isCancelled)
    {
        _isCancelled = isCancelled;
        _deadline = limit is { } time ? Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency) : long.MaxValue;
    }

    /// <summary>Returns the kept statement for this SQL, reset and ready to bind.</summary>
    internal Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out Statement? statement))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(sql);
            statement = new Statement(this, PrepareOne(bytes, 0, out _));
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Ends every statement that was left in the middle.</summary>
    internal void ResetStatements()
    {
        foreach (Statement statement in _statements.Values)
        {
            statement.Reset();
        }
    }

    /// <summary>How long to wait for other processes from now on.</summary>
    internal void WaitAtMost(int busyTimeoutMs) => _busyTimeoutMs = busyTimeoutMs;

    /// <summary>Runs statements without parameters, in order.</summary>
    internal void Execute(string sql)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(sql);
        for (int at = 0; at < bytes.Length;)
        {
            IntPtr handle = PrepareOne(bytes, at, out int next);
            at = next;
            if (handle == IntPtr.Zero)
            {
                continue;
            }

            int code;
            do
            {
                code = Native.sqlite3_step(handle);
            }
            while (code == ResultCode.Row);

            SqliteException? problem = code == ResultCode.Done ? null : Problem(code);
            _ = Native.sqlite3_finalize(handle);
            if (problem is not null)
            {
                throw problem;
            }
        }
    }

    /// <summary>The first column of the first row as a number; 0 when there is no row.</summary>
    internal long ScalarInt64(string sql)
    {
        Statement statement = Prepare(sql);
        long value = statement.Step() ? statement.Int64(0) : 0;
        statement.Reset();
        return value;
    }

    /// <summary>The first column of the first row as a text; null when there is no row or it is null.</summary>
    internal string? ScalarText(string sql)
    {
        Statement statement = Prepare(sql);
        string? value = statement.Step() ? statement.TextOrNull(0) : null;
        statement.Reset();
        return value;
    }

    internal SqliteException Problem(int code) =>
        new(code, ToText(Native.sqlite3_errmsg(_db)), Native.sqlite3_system_errno(_db));

    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        if (_db != IntPtr.Zero)
        {
            _ = Native.sqlite3_close_v2(_db);
            _db = IntPtr.Zero;
            _self.Free();
        }
    }

    internal static string ToText(byte* text) =>
        text == null ? "" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private static string EscapeForUri(string path) =>
        path.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal);

    private static byte[] ToZeroEnded(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    private IntPtr PrepareOne(byte[] sql, int start, out int next)
    {
        const uint PreparePersistent = 1;
        // SAFETY: sql is pinned for the call; SQLite reads at most the length given and returns a tail inside it.
        fixed (byte* first = sql)
        {
            byte* tail;
            int code = Native.sqlite3_prepare_v3(_db, first + start, sql.Length - start, PreparePersistent, out IntPtr handle, &tail);
            if (code != ResultCode.Ok)
            {
                throw Problem(code);
            }

            next = (int)(tail - first);
            return handle;
        }
    }

    // Waits a little longer each time for the lock of another process, but not for a call that nobody wants any more.
    [UnmanagedCallersOnly]
    private static int OnBusy(IntPtr context, int attempt)
    {
        // SAFETY: the handle is freed only after the connection that could call back is closed.
        if (GCHandle.FromIntPtr(context).Target is not Connection connection)
        {
            return 0;
        }

        if (attempt == 0)
        {
            connection._busySince = Stopwatch.GetTimestamp();
        }

        double waitedMs = Stopwatch.GetElapsedTime(connection._busySince).TotalMilliseconds;
        if (waitedMs >= connection._busyTimeoutMs || connection._isCancelled?.Invoke() == true)
        {
            return 0;
        }

        _ = Native.sqlite3_sleep((int)Math.Min(Math.Min(attempt + 1, LongestBusyWaitMs), Math.Ceiling(connection._busyTimeoutMs - waitedMs)));
        return 1;
    }

    [UnmanagedCallersOnly]
    private static int OnProgress(IntPtr context)
    {
        // SAFETY: the handle is freed only after the connection that could call back is closed.
        var connection = (Connection?)GCHandle.FromIntPtr(context).Target;
        return connection is not null && (connection._isCancelled?.Invoke() == true || Stopwatch.GetTimestamp() > connection._deadline) ? 1 : 0;
    }
}
