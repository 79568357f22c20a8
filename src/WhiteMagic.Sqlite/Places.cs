using System;
using System.Globalization;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Memory.Hologram;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>The table memory_places: one row for each living memory, written in the transaction that writes its text.</summary>
internal static class Places
{
    internal const string Living = "SELECT count(*) FROM memories WHERE deleted_at IS NULL";

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
        Statement s = connection.Prepare("SELECT number, content, importance, event_time FROM memories WHERE deleted_at IS NULL ORDER BY number");
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
}
