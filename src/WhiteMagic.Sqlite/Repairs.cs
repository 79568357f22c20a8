using System.Collections.Generic;
using WhiteMagic.Governance;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Mends what follows from the memories themselves; a memory or a ledger entry is never changed or removed.</summary>
public static class Repairs
{
    /// <summary>Builds indexes of a galaxy anew, in one transaction with its ledger entry, and the ledger's mirror after it.</summary>
    public static void Rebuild(SqliteGalaxies galaxies, string name, IReadOnlyList<RepairKind> kinds, Permit permit)
    {
        var galaxy = (SqliteGalaxy)galaxies.Open(name);
        galaxy.Bound(null, default);
        Deed deed = permit.Spend();
        galaxy.Change(connection =>
        {
            long rows = 0;
            foreach (RepairKind kind in kinds)
            {
                rows += kind switch
                {
                    RepairKind.SearchIndex => galaxy.Index.Rebuild(connection),
                    RepairKind.TagIndex => RebuildTags(connection),
                    RepairKind.Places => Places.Fill(connection, null),
                    _ => 0,
                };
            }

            galaxy.AppendBatch(connection, deed, permit, rows, []);
            return 0;
        });
        foreach (RepairKind kind in kinds)
        {
            if (kind == RepairKind.Mirror)
            {
                ((KarmaTable)galaxy.Ledger).Mirror!.Rebuild();
            }
        }
    }

    /// <summary>Moves the write-ahead log of a galaxy into its database; false when another process still reads it.</summary>
    public static bool EmptyLog(SqliteGalaxies galaxies, string name) =>
        ((SqliteGalaxy)galaxies.Open(name)).Database.Read(connection =>
        {
            Statement s = connection.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
            bool isEmpty = s.Step() && s.Int64(0) == 0;
            s.Reset();
            return isEmpty;
        });

    private static long RebuildTags(Connection connection)
    {
        connection.Execute("DELETE FROM memory_tags; INSERT INTO memory_tags(tag, number) SELECT DISTINCT value, number FROM memories, json_each(memories.tags)");
        return connection.ScalarInt64("SELECT count(*) FROM memory_tags");
    }
}
