using System;
using System.Runtime.InteropServices;
using System.Text;

namespace WhiteMagic.Server.Tests.Cli;

/// <summary>Changes a database behind the back of the program, as damage or an intruder would.</summary>
internal static unsafe class RawDatabase
{
    internal static void Execute(string path, string sql)
    {
        fixed (byte* file = Encoding.UTF8.GetBytes(path + "\0"))
        {
            Assert.Equal(0, Open(file, out IntPtr db, 2 | 4, null));
            fixed (byte* text = Encoding.UTF8.GetBytes(sql + "\0"))
            {
                Assert.Equal(0, Exec(db, text, 0, 0, 0));
            }

            Assert.Equal(0, Close(db));
        }
    }

    [DllImport("wmsqlite", EntryPoint = "sqlite3_open_v2")]
    private static extern int Open(byte* path, out IntPtr db, int flags, byte* vfs);

    [DllImport("wmsqlite", EntryPoint = "sqlite3_exec")]
    private static extern int Exec(IntPtr db, byte* sql, nint callback, nint context, nint message);

    [DllImport("wmsqlite", EntryPoint = "sqlite3_close")]
    private static extern int Close(IntPtr db);
}
