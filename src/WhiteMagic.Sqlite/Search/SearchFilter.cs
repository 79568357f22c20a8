using System;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Which memories a search may give, asked by number.</summary>
internal sealed class SearchFilter
{
    private readonly DocumentTable _documents;
    private readonly long _sinceMs;
    private readonly long _untilMs;
    private readonly int _speaker;
    private readonly int _type;
    private readonly int _session;
    private readonly ulong[]? _tagged;

    internal SearchFilter(Connection connection, DocumentTable documents, MemoryFilter filter)
    {
        _documents = documents;
        _sinceMs = filter.SinceMs ?? long.MinValue;
        _untilMs = filter.UntilMs ?? long.MaxValue;
        _type = filter.Type is { } type ? (int)type : 0;
        _speaker = filter.Speaker is { } speaker ? One(connection, "SELECT speaker FROM search_speakers WHERE name = ?1", speaker) : 0;
        int member = filter.SessionId is { } session
            ? One(connection, "SELECT number FROM memories WHERE session_id = ?1 AND deleted_at IS NULL ORDER BY created_at, number LIMIT 1", session) : 0;
        _session = member > 0 && documents.Has(member) ? documents.Link(member).Session : Math.Min(member, 0);
        AdmitsNone = _speaker < 0 || _session < 0;
        for (int i = 0; i < filter.Tags.Count && !AdmitsNone; i++)
        {
            _tagged = Tagged(connection, filter.Tags[i], _tagged);
        }

        AdmitsAll = !AdmitsNone && _type == 0 && _speaker == 0 && _session == 0 && _tagged is null && filter.SinceMs is null && filter.UntilMs is null;
    }

    internal bool AdmitsAll { get; }

    internal bool AdmitsNone { get; }

    internal bool Admits(int number)
    {
        ref readonly DocumentFacts facts = ref _documents.Facts(number);
        return (_type == 0 || facts.Type == _type)
            && (_speaker == 0 || facts.Speaker == _speaker)
            && (_session == 0 || _documents.Link(number).Session == _session)
            && facts.EventTimeMs >= _sinceMs && facts.EventTimeMs < _untilMs
            && (_tagged is null || (_tagged[number >> 6] >> (number & 63) & 1) != 0);
    }

    // The first column of the first row; -1 when there is none.
    private static int One(Connection connection, string sql, string value)
    {
        Statement s = connection.Prepare(sql).Bind(1, value);
        int found = s.Step() ? (int)s.Int64(0) : -1;
        s.Reset();
        return found;
    }

    // The memories with a tag, a bit for each number, among those that have the tags before.
    private ulong[] Tagged(Connection connection, string tag, ulong[]? before)
    {
        var bits = new ulong[(_documents.Last >> 6) + 1];
        Statement s = connection.Prepare("SELECT number FROM memory_tags WHERE tag = ?1").Bind(1, tag);
        while (s.Step())
        {
            long number = s.Int64(0);
            if (number > 0 && number <= _documents.Last && (before is null || (before[number >> 6] >> (int)(number & 63) & 1) != 0))
            {
                bits[number >> 6] |= 1UL << (int)(number & 63);
            }
        }

        return bits;
    }
}
