using System;
using System.IO;

namespace WhiteMagic.Sqlite;

/// <summary>
/// The file beside a database that says that there was one. It is made after the database has got its name, and again whenever the database is
/// opened without it, so that a crash at no moment leaves a mark where never was a database.
/// </summary>
internal static class DatabaseMark
{
    internal static string PathFor(string database) => Path.ChangeExtension(database, ".made");

    internal static bool IsSet(string database) => File.Exists(PathFor(database));

    internal static void Set(string database)
    {
        if (IsSet(database))
        {
            return;
        }

        try
        {
            using FileStream file = PrivateFile.Create(PathFor(database));
            file.Write("A database belongs beside this file. As long as this file is here, a missing database is reported and no new one is made.\n"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the mark everything works; the next process that opens the database tries again.
        }
    }
}
