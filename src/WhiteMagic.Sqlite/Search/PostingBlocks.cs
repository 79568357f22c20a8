using System;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Reads and changes the blocks of search_postings.</summary>
internal static class PostingBlocks
{
    // A block should lie in one page of 4 KiB.
    internal const int MostBytes = 3900;

    internal static long KeyOf(long segment, long term) => (segment << TermCounts.TermBits) | term;

    internal static long TermOf(long key) => key & ((1L << TermCounts.TermBits) - 1);

    /// <summary>Gathers the postings of a term in a segment.</summary>
    internal static void Gather(Connection connection, long segment, long term, int mostNumber, PostingList postings)
    {
        long key = KeyOf(segment, term);
        Statement s = connection.Prepare("SELECT key, block FROM search_postings WHERE key <= ?1 ORDER BY key DESC LIMIT 1").Bind(1, key);
        if (s.Step() && s.Int64(0) >= KeyOf(segment, 0))
        {
            var reader = new BlockReader(s.Blob(1), TermOf(s.Int64(0)));
            while (reader.Next() && reader.Term <= term)
            {
                if (reader.Term == term)
                {
                    postings.Add(reader.Postings, mostNumber);
                    break;
                }
            }
        }

        s.Reset();
    }

    /// <summary>Takes a memory out of a segment and returns how many postings it had.</summary>
    internal static int Remove(Connection connection, long segment, long number)
    {
        int removed = 0;
        long key = KeyOf(segment, 0);
        Statement s = connection.Prepare("SELECT key, block FROM search_postings WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT 1");
        while (s.Bind(1, key).Bind(2, KeyOf(segment + 1, 0)).Step())
        {
            key = s.Int64(0);
            var writer = new BlockWriter();
            int found = Without(new BlockReader(s.Blob(1), TermOf(key)), number, writer);
            s.Reset();
            if (found > 0)
            {
                connection.Prepare("DELETE FROM search_postings WHERE key = ?1").Bind(1, key).Run();
                if (!writer.IsEmpty)
                {
                    connection.Prepare("INSERT INTO search_postings(key, block) VALUES(?1, ?2)").Bind(1, KeyOf(segment, writer.FirstTerm)).BindBlob(2, writer.Block).Run();
                }
            }

            removed += found;
            key++;
        }

        s.Reset();
        return removed;
    }

    private static int Without(BlockReader reader, long number, BlockWriter writer)
    {
        int found = 0;
        while (reader.Next())
        {
            writer.Begin(reader.Term);
            long at = 0;
            ReadOnlySpan<byte> code = reader.Postings;
            for (int i = 0; i < code.Length;)
            {
                long distance = PostingCode.Read(code, ref i);
                at += distance >> 1;
                long count = (distance & 1) == 0 ? 1 : PostingCode.Read(code, ref i);
                if (at == number)
                {
                    found++;
                }
                else
                {
                    writer.Add(at, count);
                }
            }

            writer.End();
        }

        return found;
    }
}
