using System;
using System.Collections.Generic;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Compares the search tables with the memories.</summary>
internal static class SearchCheck
{
    /// <summary>How many memories have other terms in the tables than in their texts, or another place in their sessions.</summary>
    internal static long CountWrong(Connection connection)
    {
        long last = Math.Max(0, connection.ScalarInt64("SELECT max(number) FROM memories"));
        var sums = new ulong[Math.Min(last, int.MaxValue / sizeof(ulong)) + 1];
        AddSegments(connection, sums);
        AddRecent(connection, sums);
        long wrong = 0;
        var terms = new MemoryTerms();
        Statement s = connection.Prepare("SELECT number FROM memories WHERE deleted_at IS NULL ORDER BY number");
        while (s.Step())
        {
            long number = s.Int64(0);
            DocumentRecord record = DocumentPages.Read(connection, number);
            ulong stored = number < sums.Length ? sums[number] : 0;
            if (number < sums.Length)
            {
                sums[number] = 0;
            }

            bool isThere = terms.Read(connection, number);
            wrong += isThere && record.IsSearched && record.Length == terms.Counts.Length && stored == SumOf(terms.Counts) ? 0 : 1;
        }

        foreach (ulong left in sums)
        {
            wrong += left != 0 ? 1 : 0;
        }

        return wrong + CountMisplaced(connection) + CountSurplus(connection) + Math.Abs(connection.ScalarInt64("SELECT count(*) FROM search_state") - 1);
    }

    private static void AddSegments(Connection connection, ulong[] sums)
    {
        Statement s = connection.Prepare("SELECT key, block FROM search_postings");
        while (s.Step())
        {
            var reader = new BlockReader(s.Blob(1), PostingBlocks.TermOf(s.Int64(0)));
            while (reader.Next())
            {
                long number = 0;
                ReadOnlySpan<byte> code = reader.Postings;
                for (int at = 0; at < code.Length;)
                {
                    long distance = PostingCode.Read(code, ref at);
                    number += distance >> 1;
                    Add(sums, number, reader.Term, (distance & 1) == 0 ? 1 : PostingCode.Read(code, ref at));
                }
            }
        }
    }

    private static void AddRecent(Connection connection, ulong[] sums)
    {
        Statement s = connection.Prepare("SELECT number, terms FROM search_recent WHERE terms IS NOT NULL");
        while (s.Step())
        {
            long number = s.Int64(0);
            ReadOnlySpan<byte> code = s.Blob(1);
            for (int at = 0; at < code.Length;)
            {
                long term = PostingCode.Read(code, ref at);
                Add(sums, number, term, PostingCode.Read(code, ref at));
            }
        }
    }

    // The memories of a session must be a chain in the order of their creation.
    private static long CountMisplaced(Connection connection)
    {
        long wrong = 0;
        string session = "";
        long previous = 0;
        DocumentRecord before = default;
        var names = new List<int>();
        Statement s = connection.Prepare("SELECT number, session_id FROM memories WHERE session_id IS NOT NULL AND deleted_at IS NULL ORDER BY session_id, created_at, number");
        while (s.Step())
        {
            long number = s.Int64(0);
            DocumentRecord record = DocumentPages.Read(connection, number);
            if (s.Text(1) != session)
            {
                wrong += before.Next != 0 ? 1 : 0;
                names.Add(record.Session);
                (session, previous, before) = (s.Text(1), 0, new DocumentRecord { Next = (int)number, Session = record.Session });
            }

            wrong += record.Previous == previous && before.Next == number && record.Session == before.Session ? 0 : 1;
            (previous, before) = (number, record);
        }

        // Each session has a name of its own.
        names.Sort();
        for (int i = 1; i < names.Count; i++)
        {
            wrong += names[i] == names[i - 1] ? 1 : 0;
        }

        return wrong + (before.Next != 0 ? 1 : 0);
    }

    // Records of memories that are gone.
    private static long CountSurplus(Connection connection)
    {
        long surplus = 0;
        Statement s = connection.Prepare("SELECT page, records FROM search_documents");
        while (s.Step())
        {
            long first = s.Int64(0) * DocumentPages.PerPage;
            ReadOnlySpan<byte> records = s.Blob(1);
            for (int i = 0; i < DocumentPages.PerPage; i++)
            {
                if (DocumentPages.Of(records, i).IsSearched)
                {
                    Statement memory = connection.Prepare("SELECT 1 FROM memories WHERE number = ?1 AND deleted_at IS NULL").Bind(1, first + i);
                    surplus += memory.Step() ? 0 : 1;
                    memory.Reset();
                }
            }
        }

        return surplus;
    }

    private static ulong SumOf(TermCounts counts)
    {
        ulong sum = 0;
        for (int i = 0; i < counts.Count; i++)
        {
            (long term, int count) = counts.At(i);
            sum += Mix(term, count);
        }

        return sum;
    }

    // What is said of a memory beyond the last is counted with that of none.
    private static void Add(ulong[] sums, long number, long term, long count) => sums[number > 0 && number < sums.Length ? number : 0] += Mix(term, count);

    // The order of terms says nothing, so they are summed; each is scrambled first (the finalizer of S. Vigna's SplitMix64).
    private static ulong Mix(long term, long count)
    {
        ulong x = ((ulong)term << 24) + (ulong)count + 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
