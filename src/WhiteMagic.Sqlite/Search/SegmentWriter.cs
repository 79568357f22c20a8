using System;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Makes a segment of what is recent, and of segments that have become small, once that is enough.</summary>
/// <param name="mostRecent">So many changes become a segment.</param>
/// <param name="reached">Told at which stage a write is.</param>
internal sealed class SegmentWriter(int mostRecent, Action<string>? reached)
{
    /// <summary>So many recent postings, or entries, become a segment. Few enough to be read by every process that begins to search.</summary>
    internal const int MostRecentPostings = 256 << 10;

    // A segment that lost most of its memories is taken into the next one.
    private const int LeastPostings = 4096;

    /// <summary>Takes a memory out of a segment.</summary>
    internal static void Remove(Connection connection, long segment, long number)
    {
        int postings = PostingBlocks.Remove(connection, segment, number);
        connection.Prepare("UPDATE search_segments SET documents = documents - 1, postings = postings - ?2 WHERE segment = ?1").Bind(1, segment).Bind(2, postings).Run();
        connection.Prepare("DELETE FROM search_segments WHERE segment = ?1 AND documents <= 0").Bind(1, segment).Run();
    }

    /// <summary>Makes a segment when there is enough for one.</summary>
    internal void FoldWhenFull(Connection connection)
    {
        Statement s = connection.Prepare("SELECT r.entry - t.entry, r.total FROM search_state t, search_recent r ORDER BY r.entry DESC LIMIT 1");
        bool isFull = s.Step() && (s.Int64(0) >= mostRecent || s.Int64(1) >= MostRecentPostings);
        s.Reset();
        if (isFull)
        {
            Fold(connection);
        }
    }

    private void Fold(Connection connection)
    {
        long segment = connection.ScalarInt64("SELECT segment FROM search_state") + 1;
        using var postings = new SegmentPostings();
        long documents = Collect(connection, segment, postings);
        postings.Sort();
        WriteBlocks(connection, segment, postings);
        reached?.Invoke(StoreStage.IndexFolding);
        if (documents > 0)
        {
            connection.Prepare("INSERT INTO search_segments(segment, documents, postings) VALUES(?1, ?2, ?3)").Bind(1, segment).Bind(2, documents).Bind(3, postings.Count).Run();
        }

        connection.Execute("UPDATE search_state SET entry = (SELECT max(entry) FROM search_recent), segment = segment + 1; DELETE FROM search_recent");
    }

    // Gathers the postings and notes in the records where they will be.
    private static long Collect(Connection connection, long segment, SegmentPostings postings)
    {
        long documents = 0;
        Statement recent = connection.Prepare("SELECT number, terms FROM search_recent WHERE terms IS NOT NULL ORDER BY number");
        while (recent.Step())
        {
            long number = recent.Int64(0);
            ReadOnlySpan<byte> terms = recent.Blob(1);
            for (int at = 0; at < terms.Length;)
            {
                long term = PostingCode.Read(terms, ref at);
                postings.Add(term, (int)number, (int)PostingCode.Read(terms, ref at));
            }

            Place(connection, number, segment);
            documents++;
        }

        long last = 0;
        while (postings.Count < MostRecentPostings && NextSmall(connection, last) is var (small, count) && small > 0)
        {
            last = small;
            documents += count;
            Absorb(connection, small, segment, postings);
        }

        return documents;
    }

    private static (long Segment, long Documents) NextSmall(Connection connection, long after)
    {
        Statement s = connection.Prepare("SELECT segment, documents FROM search_segments WHERE segment > ?1 AND postings < ?2 ORDER BY segment LIMIT 1").Bind(1, after).Bind(2, LeastPostings);
        (long, long) found = s.Step() ? (s.Int64(0), s.Int64(1)) : default;
        s.Reset();
        return found;
    }

    private static void Absorb(Connection connection, long small, long segment, SegmentPostings postings)
    {
        int first = postings.Count;
        Statement s = connection.Prepare("SELECT key, block FROM search_postings WHERE key >= ?1 AND key < ?2").Bind(1, PostingBlocks.KeyOf(small, 0)).Bind(2, PostingBlocks.KeyOf(small + 1, 0));
        while (s.Step())
        {
            var reader = new BlockReader(s.Blob(1), PostingBlocks.TermOf(s.Int64(0)));
            while (reader.Next())
            {
                ReadOnlySpan<byte> code = reader.Postings;
                long number = 0;
                for (int at = 0; at < code.Length;)
                {
                    long distance = PostingCode.Read(code, ref at);
                    number += distance >> 1;
                    postings.Add(reader.Term, (int)number, (distance & 1) == 0 ? 1 : (int)PostingCode.Read(code, ref at));
                }
            }
        }

        for (int i = first; i < postings.Count; i++)
        {
            if (DocumentPages.Read(connection, postings[i].Number).Place == small)
            {
                Place(connection, postings[i].Number, segment);
            }
        }

        connection.Prepare("DELETE FROM search_postings WHERE key >= ?1 AND key < ?2").Bind(1, PostingBlocks.KeyOf(small, 0)).Bind(2, PostingBlocks.KeyOf(small + 1, 0)).Run();
        connection.Prepare("DELETE FROM search_segments WHERE segment = ?1").Bind(1, small).Run();
    }

    private static void Place(Connection connection, long number, long segment)
    {
        DocumentRecord record = DocumentPages.Read(connection, number);
        record.Place = (int)segment;
        DocumentPages.Write(connection, number, record);
    }

    private static void WriteBlocks(Connection connection, long segment, SegmentPostings postings)
    {
        var writer = new BlockWriter();
        for (int at = 0; at < postings.Count;)
        {
            long term = postings[at].Term;
            writer.Begin(term);
            for (; at < postings.Count && postings[at].Term == term; at++)
            {
                writer.Add(postings[at].Number, postings[at].Count);
            }

            if (writer.IsFull(writer.PostingsLength))
            {
                Write(connection, segment, writer);
            }

            writer.End();
        }

        Write(connection, segment, writer);
    }

    private static void Write(Connection connection, long segment, BlockWriter writer)
    {
        if (!writer.IsEmpty)
        {
            connection.Prepare("INSERT INTO search_postings(key, block) VALUES(?1, ?2)").Bind(1, PostingBlocks.KeyOf(segment, writer.FirstTerm)).BindBlob(2, writer.Block).Run();
            writer.Clear();
        }
    }
}
