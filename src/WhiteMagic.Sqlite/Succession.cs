using System.Collections.Generic;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Which memory replaced which.</summary>
internal static class Succession
{
    private const int MostMemories = 100;
    private const int PreviewBytes = 200;

    /// <summary>The living memory that replaced <c>m</c>, where one was deleted the one after it; NULL when none did.</summary>
    internal const string LivingSuccessor =
        "iif(m.superseded_by IS NULL, NULL, (WITH RECURSIVE later(id, next, deleted) AS (SELECT memory_id, superseded_by, deleted_at FROM memories WHERE memory_id = m.superseded_by "
        + "UNION SELECT r.memory_id, r.superseded_by, r.deleted_at FROM memories r JOIN later ON r.memory_id = later.next WHERE later.deleted IS NOT NULL) "
        + "SELECT id FROM later WHERE deleted IS NULL LIMIT 1))";

    /// <summary>Notes that a memory replaces others; returns how many rows changed.</summary>
    /// <param name="connection">Holds the transaction.</param>
    /// <param name="newer">The memory.</param>
    /// <param name="older">Those that it replaces.</param>
    /// <param name="mayMiss">Whether one of them may be unknown here, as it may in an import.</param>
    internal static long Replace(Connection connection, MemoryId newer, IReadOnlyList<MemoryId> older, bool mayMiss)
    {
        long changed = 0;
        byte[] newerKey = newer.ToBytes();
        foreach (MemoryId id in older)
        {
            byte[] key = id.ToBytes();
            connection.Prepare("UPDATE memories SET superseded_by = ?2 WHERE memory_id = ?1 AND memory_id <> ?2").BindBlob(1, key).BindBlob(2, newerKey).Run();
            if (connection.Changes == 0 && !mayMiss)
            {
                throw FailureException.Invalid($"supersedes names {id}, which is not another memory of this galaxy; nothing was stored");
            }

            changed += connection.Changes;

            // What it replaces had replaced it: it is the newest again, and no ring is left.
            connection.Prepare(
                "UPDATE memories SET superseded_by = NULL WHERE memory_id = ?2 AND superseded_by IS NOT NULL AND ?1 IN (WITH RECURSIVE later(id) AS (SELECT ?2 "
                + "UNION SELECT m.superseded_by FROM memories m JOIN later ON m.memory_id = later.id WHERE m.superseded_by IS NOT NULL) SELECT id FROM later)")
                .BindBlob(1, key).BindBlob(2, newerKey).Run();
        }

        return changed;
    }

    /// <summary>Lets go of all that a memory replaces; returns how many rows changed.</summary>
    internal static long Release(Connection connection, MemoryId newer)
    {
        connection.Prepare("UPDATE memories SET superseded_by = NULL WHERE superseded_by = ?1").BindBlob(1, newer.ToBytes()).Run();
        return connection.Changes;
    }

    /// <summary>The living memories that a memory replaced or was replaced by, directly or through others, with itself, the oldest first; previews.</summary>
    internal static List<MemoryRecord> Of(Connection connection, MemoryId id, long nowMs)
    {
        var numbers = new List<long>();

        // A ring ends: UNION takes each memory once.
        Statement s = connection.Prepare(
            "WITH RECURSIVE chain(id) AS (SELECT ?1 UNION SELECT m.superseded_by FROM memories m JOIN chain c ON m.memory_id = c.id WHERE m.superseded_by IS NOT NULL "
            + "UNION SELECT m.memory_id FROM memories m JOIN chain c ON m.superseded_by = c.id) "
            + "SELECT m.number FROM memories m JOIN chain c ON m.memory_id = c.id WHERE m.deleted_at IS NULL ORDER BY m.created_at, m.number LIMIT ?2")
            .BindBlob(1, id.ToBytes()).Bind(2, MostMemories);
        while (s.Step())
        {
            numbers.Add(s.Int64(0));
        }

        var memories = new List<MemoryRecord>(numbers.Count);
        foreach (long number in numbers)
        {
            if (MemoryRows.FindNumber(connection, number, nowMs, PreviewBytes) is { } memory)
            {
                memories.Add(memory);
            }
        }

        return memories;
    }
}
