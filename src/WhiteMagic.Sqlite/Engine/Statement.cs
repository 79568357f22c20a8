using System;
using System.Text;

namespace WhiteMagic.Sqlite.Engine;

/// <summary>A prepared statement. Parameters are numbered from 1, columns from 0.</summary>
internal sealed unsafe class Statement(Connection connection, IntPtr handle) : IDisposable
{
    private const int TypeNull = 5;

    // SQLite copies what is bound before the call returns.
    private static readonly IntPtr _transient = -1;

    private IntPtr _handle = handle;

    internal Statement Bind(int index, long value)
    {
        Check(Native.sqlite3_bind_int64(_handle, index, value));
        return this;
    }

    internal Statement Bind(int index, long? value) => value is { } number ? Bind(index, number) : BindNull(index);

    internal Statement Bind(int index, double value)
    {
        Check(Native.sqlite3_bind_double(_handle, index, value));
        return this;
    }

    internal Statement BindNull(int index)
    {
        Check(Native.sqlite3_bind_null(_handle, index));
        return this;
    }

    internal Statement Bind(int index, string? text)
    {
        if (text is null)
        {
            return BindNull(index);
        }

        const int SmallBytes = 1024;
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = most <= SmallBytes ? stackalloc byte[SmallBytes] : new byte[most];
        int bytes = Encoding.UTF8.GetBytes(text, utf8);
        // SAFETY: the buffer is longer than 0, so the pointer is never null and an empty text does not become NULL.
        fixed (byte* first = utf8)
        {
            Check(Native.sqlite3_bind_text(_handle, index, first, bytes, _transient));
        }

        return this;
    }

    internal Statement BindBlob(int index, ReadOnlySpan<byte> blob)
    {
        byte none = 0;
        // SAFETY: an empty span pins as null, which would bind NULL; any valid address serves for length 0.
        fixed (byte* first = blob)
        {
            Check(Native.sqlite3_bind_blob(_handle, index, blob.IsEmpty ? &none : first, blob.Length, _transient));
        }

        return this;
    }

    /// <summary>Advances to the next row; false, and reset, when there is none.</summary>
    /// <exception cref="SqliteException">The statement failed; it is reset.</exception>
    internal bool Step()
    {
        int code = Native.sqlite3_step(_handle);
        if (code == ResultCode.Row)
        {
            return true;
        }

        SqliteException? problem = code == ResultCode.Done ? null : connection.Problem(code);
        Reset();
        return problem is null ? false : throw problem;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    internal void Run()
    {
        while (Step())
        {
        }
    }

    internal void Reset()
    {
        _ = Native.sqlite3_reset(_handle);
        _ = Native.sqlite3_clear_bindings(_handle);
    }

    internal bool IsNull(int column) => Native.sqlite3_column_type(_handle, column) == TypeNull;

    internal long Int64(int column) => Native.sqlite3_column_int64(_handle, column);

    internal long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    internal double Double(int column) => Native.sqlite3_column_double(_handle, column);

    internal string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <summary>The UTF-8 of a column, as it is stored: valid until the next step or reset, and not checked.</summary>
    internal ReadOnlySpan<byte> Utf8(int column)
    {
        // SAFETY: SQLite keeps the bytes until the next step or reset; the length is asked after the text, as its manual demands.
        byte* text = Native.sqlite3_column_text(_handle, column);
        return new ReadOnlySpan<byte>(text, Native.sqlite3_column_bytes(_handle, column));
    }

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes of a column, valid until the next step or reset.</summary>
    internal ReadOnlySpan<byte> Blob(int column)
    {
        // SAFETY: as for Text.
        byte* blob = Native.sqlite3_column_blob(_handle, column);
        return new ReadOnlySpan<byte>(blob, Native.sqlite3_column_bytes(_handle, column));
    }

    public void Dispose()
    {
        _ = Native.sqlite3_finalize(_handle);
        _handle = IntPtr.Zero;
    }

    private void Check(int code)
    {
        if (code != ResultCode.Ok)
        {
            throw connection.Problem(code);
        }
    }
}
