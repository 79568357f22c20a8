using System;
using System.Runtime.InteropServices;

namespace WhiteMagic.Sqlite.Engine;

/// <summary>The SQLite functions that are used, as sqlite3.h declares them. Texts are UTF-8 with explicit lengths or a closing zero.</summary>
internal static unsafe partial class Native
{
    private const string Library = "wmsqlite";

    [LibraryImport(Library)]
    internal static partial int sqlite3_open_v2(byte* file, out IntPtr db, int flags, byte* vfs);

    [LibraryImport(Library)]
    internal static partial int sqlite3_close_v2(IntPtr db);

    [LibraryImport(Library)]
    internal static partial int sqlite3_extended_result_codes(IntPtr db, int on);

    [LibraryImport(Library)]
    internal static partial int sqlite3_busy_handler(IntPtr db, delegate* unmanaged<IntPtr, int, int> handler, IntPtr context);

    [LibraryImport(Library)]
    internal static partial int sqlite3_sleep(int ms);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_errmsg(IntPtr db);

    [LibraryImport(Library)]
    internal static partial int sqlite3_system_errno(IntPtr db);

    [LibraryImport(Library)]
    internal static partial int sqlite3_prepare_v3(IntPtr db, byte* sql, int bytes, uint flags, out IntPtr statement, byte** tail);

    [LibraryImport(Library)]
    internal static partial int sqlite3_step(IntPtr statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_reset(IntPtr statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_clear_bindings(IntPtr statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_finalize(IntPtr statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_null(IntPtr statement, int index);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_int64(IntPtr statement, int index, long value);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_double(IntPtr statement, int index, double value);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_text(IntPtr statement, int index, byte* text, int bytes, IntPtr destructor);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_blob(IntPtr statement, int index, byte* blob, int bytes, IntPtr destructor);

    [LibraryImport(Library)]
    internal static partial int sqlite3_column_type(IntPtr statement, int column);

    [LibraryImport(Library)]
    internal static partial long sqlite3_column_int64(IntPtr statement, int column);

    [LibraryImport(Library)]
    internal static partial double sqlite3_column_double(IntPtr statement, int column);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_column_text(IntPtr statement, int column);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_column_blob(IntPtr statement, int column);

    [LibraryImport(Library)]
    internal static partial int sqlite3_column_bytes(IntPtr statement, int column);

    [LibraryImport(Library)]
    internal static partial int sqlite3_changes(IntPtr db);

    [LibraryImport(Library)]
    internal static partial long sqlite3_last_insert_rowid(IntPtr db);

    [LibraryImport(Library)]
    internal static partial int sqlite3_get_autocommit(IntPtr db);

    [LibraryImport(Library)]
    internal static partial void sqlite3_progress_handler(IntPtr db, int operations, delegate* unmanaged<IntPtr, int> handler, IntPtr context);

    [LibraryImport(Library)]
    internal static partial int sqlite3_file_control(IntPtr db, byte* name, int operation, void* argument);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_libversion();
}
