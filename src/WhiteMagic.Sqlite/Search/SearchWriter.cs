using System;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

// A memory's terms go to search_recent first; when that holds enough, all of it becomes a segment (SegmentWriter). A memory that changes is taken out
// of where it is and put into search_recent again, so every posting that is stored is of a living memory, and counts need no correction.
//
// The living memories of a session are a chain in the order of their creation.

/// <summary>Keeps the search tables in step with the memories. Every method works in the transaction of the change.</summary>
/// <param name="mostRecent">So many changes become a segment.</param>
/// <param name="vectors">Where directions go; null without a model.</param>
/// <param name="reached">Told at which stage a write is; null when nobody wants to know.</param>
internal sealed class SearchWriter(int mostRecent = SearchWriter.UsualRecent, Vectors? vectors = null, Action<string>? reached = null)
{
    internal const int UsualRecent = 4096;

    private readonly MemoryTerms _memory = new();
    private readonly SegmentWriter _segments = new(mostRecent, reached);
    private byte[] _code = new byte[1024];

    /// <summary>Puts a memory that was inserted, changed or restored, as it is stored now.</summary>
    internal void Put(Connection connection, long number)
    {
        DocumentRecord before = DocumentPages.Read(connection, number);
        if (before.IsSearched)
        {
            Take(connection, number, before);
        }

        if (number is <= 0 or > int.MaxValue)
        {
            return;
        }

        if (!_memory.Read(connection, number))
        {
            return;
        }

        var record = new DocumentRecord { Facts = _memory.Facts, Length = _memory.Counts.Length, Session = (int)number };
        record.Facts.Speaker = _memory.Speaker is null ? 0 : SpeakerOf(connection, _memory.Speaker);
        if (_memory.Session is not null)
        {
            Join(connection, number, _memory.Session, _memory.CreatedAtMs, ref record);
        }

        if (before.Session == number && (record.Session != number || (record.Previous | record.Next) == 0))
        {
            Rename(connection, before);
        }

        vectors?.Write(connection, number);
        reached?.Invoke(StoreStage.IndexTorn);
        record.Place = -(int)Append(connection, number, hasTerms: true);
        DocumentPages.Write(connection, number, record);
        _segments.FoldWhenFull(connection);
    }

    /// <summary>Takes a memory out that was deleted or erased; nothing when it is not in.</summary>
    internal void Remove(Connection connection, long number)
    {
        DocumentRecord record = DocumentPages.Read(connection, number);
        if (record.IsSearched)
        {
            Take(connection, number, record);
            if (record.Session == number && number > connection.ScalarInt64("SELECT max(number) FROM memories"))
            {
                // The next memory will get this number.
                Rename(connection, record);
            }

            Append(connection, number, hasTerms: false);
            _segments.FoldWhenFull(connection);
        }
    }

    /// <summary>Erases the names of speakers that no memory has any more.</summary>
    internal static void ForgetSpeakers(Connection connection) =>
        connection.Execute("DELETE FROM search_speakers WHERE name NOT IN (SELECT speaker FROM memories WHERE speaker IS NOT NULL)");

    /// <summary>Makes all tables again from the memories and returns how many there are.</summary>
    internal long Rebuild(Connection connection, Action<string>? report = null)
    {
        connection.Execute("DELETE FROM search_documents; DELETE FROM search_postings; DELETE FROM search_segments; DELETE FROM search_speakers; "
            + "REPLACE INTO search_state(id, entry, segment) VALUES(1, 1 + max(ifnull((SELECT entry FROM search_state), 0), ifnull((SELECT max(entry) FROM search_recent), 0)), "
            + "1 + ifnull((SELECT segment FROM search_state), 0)); DELETE FROM search_recent");

        // In the order of their creation, so that each finds the one before it in its session.
        long done = 0;
        long createdAtMs = long.MinValue;
        long number = 0;
        while (true)
        {
            Statement s = connection.Prepare("SELECT created_at, number FROM memories WHERE (created_at, number) > (?1, ?2) AND deleted_at IS NULL ORDER BY created_at, number LIMIT 1")
                .Bind(1, createdAtMs).Bind(2, number);
            if (!s.Step())
            {
                return done;
            }

            (createdAtMs, number) = (s.Int64(0), s.Int64(1));
            s.Reset();
            Put(connection, number);
            if (++done % 10_000 == 0)
            {
                report?.Invoke(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{done} memories indexed"));
            }
        }
    }

    private static int SpeakerOf(Connection connection, string name)
    {
        Statement s = connection.Prepare("SELECT speaker FROM search_speakers WHERE name = ?1").Bind(1, name);
        long speaker = s.Step() ? s.Int64(0) : 0;
        s.Reset();
        if (speaker == 0)
        {
            connection.Prepare("INSERT INTO search_speakers(name) VALUES(?1)").Bind(1, name).Run();
            speaker = connection.LastInsertRowId;
        }

        return (int)speaker;
    }

    // Puts the record between those before and after it.
    private void Join(Connection connection, long number, string session, long createdAtMs, ref DocumentRecord record)
    {
        int previous = Neighbour(connection, number, session, createdAtMs,
            "(created_at, number) < (?2, ?3) ORDER BY created_at DESC, number DESC LIMIT 1");
        DocumentRecord before = previous == 0 ? default : DocumentPages.Read(connection, previous);
        if (before.IsSearched)
        {
            record.Previous = previous;
            record.Next = before.Next;
            record.Session = before.Session;
            before.Next = (int)number;
            DocumentPages.Write(connection, previous, before);
        }
        else
        {
            record.Next = Neighbour(connection, number, session, createdAtMs, "(created_at, number) > (?2, ?3) ORDER BY created_at, number LIMIT 1");
        }

        DocumentRecord after = record.Next == 0 ? default : DocumentPages.Read(connection, record.Next);
        if (after.IsSearched)
        {
            record.Session = after.Session;
            after.Previous = (int)number;
            Change(connection, record.Next, after);
        }
        else
        {
            record.Next = 0;
        }
    }

    private static int Neighbour(Connection connection, long number, string session, long createdAtMs, string which)
    {
        Statement s = connection.Prepare("SELECT number FROM memories WHERE session_id = ?1 AND deleted_at IS NULL AND " + which)
            .Bind(1, session).Bind(2, createdAtMs).Bind(3, number);
        int found = s.Step() ? (int)s.Int64(0) : 0;
        s.Reset();
        return found;
    }

    // Takes a memory out of its postings and its session.
    private void Take(Connection connection, long number, in DocumentRecord record)
    {
        if (record.Place < 0)
        {
            connection.Prepare("UPDATE search_recent SET terms = NULL WHERE entry = ?1").Bind(1, -record.Place).Run();
        }
        else
        {
            SegmentWriter.Remove(connection, record.Place, number);
        }

        if (record.Previous != 0)
        {
            DocumentRecord before = DocumentPages.Read(connection, record.Previous);
            before.Next = record.Next;
            DocumentPages.Write(connection, record.Previous, before);
        }

        if (record.Next != 0)
        {
            DocumentRecord after = DocumentPages.Read(connection, record.Next);
            after.Previous = record.Previous;
            Change(connection, record.Next, after);
        }

        DocumentPages.Write(connection, number, default);
    }

    // Names a session by another of its memories: the one that named it may soon belong to another session, or name one.
    private void Rename(Connection connection, in DocumentRecord left)
    {
        int name = left.Previous != 0 ? left.Previous : left.Next;
        for (int at = left.Previous; at != 0;)
        {
            at = Rename(connection, at, name).Previous;
        }

        for (int at = left.Next; at != 0;)
        {
            at = Rename(connection, at, name).Next;
        }
    }

    private DocumentRecord Rename(Connection connection, int number, int name)
    {
        DocumentRecord record = DocumentPages.Read(connection, number);
        record.Session = name;
        Change(connection, number, record);
        return record;
    }

    // A record that changes without its terms. Who reads it sets what the one before it has for the next.
    private void Change(Connection connection, long number, in DocumentRecord record)
    {
        DocumentPages.Write(connection, number, record);
        Append(connection, number, hasTerms: false);
    }

    private long Append(Connection connection, long number, bool hasTerms)
    {
        Statement last = connection.Prepare("SELECT entry, total FROM search_recent ORDER BY entry DESC LIMIT 1");
        bool isThere = last.Step();
        long entry = isThere ? last.Int64(0) : 0;
        long total = isThere ? last.Int64(1) : 0;
        last.Reset();
        entry = isThere ? entry : connection.ScalarInt64("SELECT entry FROM search_state");
        Statement s = connection.Prepare("INSERT INTO search_recent(entry, number, terms, total) VALUES(?1, ?2, ?3, ?4)")
            .Bind(1, entry + 1).Bind(2, number).Bind(4, total + (hasTerms ? _memory.Counts.Count : 0));
        (hasTerms ? s.BindBlob(3, Encode()) : s.BindNull(3)).Run();
        return entry + 1;
    }

    private ReadOnlySpan<byte> Encode()
    {
        int needed = _memory.Counts.Count * 2 * PostingCode.MostBytes;
        if (_code.Length < needed)
        {
            _code = new byte[needed * 2];
        }

        int length = 0;
        for (int i = 0; i < _memory.Counts.Count; i++)
        {
            (long term, int count) = _memory.Counts.At(i);
            length = PostingCode.Write(_code, length, term);
            length = PostingCode.Write(_code, length, count);
        }

        return _code.AsSpan(0, length);
    }
}
