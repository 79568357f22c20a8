using System;
using System.Globalization;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Memory.Hologram;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>The table memory_places: one row for each living memory, written in the transaction that writes its text.</summary>
internal static class Places
{
    private const string Living = "SELECT count(*) FROM memories WHERE deleted_at IS NULL";

    private const string Columns = "number, content, importance, event_time FROM memories WHERE deleted_at IS NULL ORDER BY number";

    private const int ReportCount = 10_000;

    /// <summary>Places a memory, anew if it has a place.</summary>
    /// <param name="connection">Holds the transaction.</param>
    /// <param name="number">The row of the memory.</param>
    /// <param name="content">Its text in UTF-8.</param>
    /// <param name="importance">Its importance.</param>
    /// <param name="eventTimeMs">When it happened.</param>
    /// <param name="signature">The signature of the text.</param>
    internal static Place Write(Connection connection, long number, ReadOnlySpan<byte> content, double importance, long eventTimeMs, in CompactSignature signature)
    {
        Place place = Place.Of(content, importance);
        connection.Prepare("INSERT OR REPLACE INTO memory_places(number, x, y, w, importance, event_time, signature) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
            .Bind(1, number).Bind(2, (double)place.X).Bind(3, (double)place.Y).Bind(4, (double)place.W).Bind(5, importance).Bind(6, eventTimeMs).BindBlob(7, signature).Run();
        return place;
    }

    /// <summary>Places a memory whose signature nobody needs now.</summary>
    internal static Place Write(Connection connection, long number, ReadOnlySpan<byte> content, double importance, long eventTimeMs)
    {
        CompactSignature.OfText(content, out CompactSignature signature);
        return Write(connection, number, content, importance, eventTimeMs, signature);
    }

    /// <summary>Places every living memory, one at a time, and returns how many there are.</summary>
    /// <param name="connection">Holds the transaction.</param>
    /// <param name="report">Receives a sentence now and then; null when nobody listens.</param>
    internal static long Fill(Connection connection, Action<string>? report)
    {
        connection.Execute("DELETE FROM memory_places");
        long all = connection.ScalarInt64(Living);
        long done = 0;
        Statement s = connection.Prepare("SELECT " + Columns);
        while (s.Step())
        {
            Write(connection, s.Int64(0), s.Utf8(1), s.Double(2), s.Int64(3));
            if (++done % ReportCount == 0)
            {
                report?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{done} of {all} memories placed"));
            }
        }

        return done;
    }

    /// <summary>Living memories whose row is missing or not what follows from the memory, and rows of memories that do not live.</summary>
    internal static (long Missing, long Surplus) CountWrong(Connection connection)
    {
        long missing = 0;
        Statement all = connection.Prepare("SELECT " + Columns);
        while (all.Step())
        {
            Statement one = connection.Prepare("SELECT x, y, w, importance, event_time, signature FROM memory_places WHERE number = ?1").Bind(1, all.Int64(0));
            missing += one.Step() && IsPlaced(one, all.Utf8(1), all.Double(2), all.Int64(3)) ? 0 : 1;
            one.Reset();
        }

        long surplus = connection.ScalarInt64(
            "SELECT count(*) FROM memory_places p WHERE NOT EXISTS(SELECT 1 FROM memories m WHERE m.number = p.number AND m.deleted_at IS NULL)");
        return (missing, surplus);
    }

    private static bool IsPlaced(Statement row, ReadOnlySpan<byte> content, double importance, long eventTimeMs)
    {
        CompactSignature.OfText(content, out CompactSignature signature);
        Place place = Place.Of(content, importance);
        return row.Double(0) == place.X && row.Double(1) == place.Y && row.Double(2) == place.W && row.Double(3) == importance && row.Int64(4) == eventTimeMs
            && row.Blob(5).SequenceEqual(signature);
    }
}
