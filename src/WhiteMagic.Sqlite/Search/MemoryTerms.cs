using System;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>What search has to know of a memory, from its row. Used again for the next.</summary>
internal sealed class MemoryTerms
{
    private const int SessionColumn = 4;

    internal TermCounts Counts { get; } = new();

    internal DocumentFacts Facts { get; private set; }

    internal string? Speaker { get; private set; }

    internal string? Session { get; private set; }

    internal long CreatedAtMs { get; private set; }

    /// <summary>Reads a living memory; false when there is none.</summary>
    internal bool Read(Connection connection, long number)
    {
        Statement s = connection.Prepare("SELECT title, content, tags, speaker, session_id, created_at, event_time, memory_type FROM memories WHERE number = ?1 AND deleted_at IS NULL").Bind(1, number);
        if (!s.Step())
        {
            return false;
        }

        ReadOnlySpan<byte> content = s.Utf8(1);
        Facts = new DocumentFacts
        {
            EventTimeMs = s.Int64(6),
            Type = (byte)s.Int64(7),
            Words = (ushort)Math.Min(ushort.MaxValue, CountWords(content)),
            Flags = TimeWords.AnyIn(content) ? DocumentFacts.HasTimeWords : (byte)0,
        };
        Count(s, keepsStopWords: false);
        if (Counts.Count == 0)
        {
            Count(s, keepsStopWords: true);
        }

        Speaker = s.TextOrNull(3);
        Session = s.TextOrNull(SessionColumn);
        CreatedAtMs = s.Int64(5);
        s.Reset();
        return true;
    }

    private static int CountWords(ReadOnlySpan<byte> text)
    {
        int count = 0;
        bool isInWord = false;
        foreach (byte b in text)
        {
            count += !isInWord && b > ' ' ? 1 : 0;
            isInWord = b > ' ';
        }

        return count;
    }

    // Title, content, tags and speaker.
    private void Count(Statement s, bool keepsStopWords)
    {
        Counts.Clear();
        for (int column = 0; column < SessionColumn; column++)
        {
            if (!s.IsNull(column))
            {
                Counts.Add(s.Utf8(column), keepsStopWords);
            }
        }
    }
}
