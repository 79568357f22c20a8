using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WhiteMagic.Kernels.Sha256;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Hologram;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Reads memories: one, pages, searches, all. Holds the SQL of every query.</summary>
internal static class MemoryRows
{
    private const int MostSnippetChars = 1000;

    private const string WholeContent = "m.content, 0";

    private const string FirstColumns = "m.memory_id, m.title, ";

    private const string LastColumns =
        ", m.tags, m.memory_type, m.importance, m.created_at, m.updated_at, m.event_time, m.session_id, m.speaker, m.source, "
        + "m.metadata, m.version, a.access_count, a.last_accessed_at, m.content_hash, m.deleted_at, m.superseded_by, m.number, p.x, p.y, p.w";

    private const int NumberColumn = 20;
    private const int PlaceColumn = 21;
    private const int FirstOwnColumn = 24;

    private const string Beside = " LEFT JOIN memory_access a ON a.number = m.number LEFT JOIN memory_places p ON p.number = m.number";

    internal static MemoryRecord? Find(Connection connection, MemoryId id, long nowMs, bool includeDeleted)
    {
        Statement s = connection.Prepare("SELECT " + Columns(null) + " FROM memories m" + Beside + " WHERE m.memory_id = ?1").BindBlob(1, id.ToBytes());
        MemoryRecord? memory = s.Step() ? Record(connection, s, nowMs) : null;
        s.Reset();
        return memory is { DeletedAtMs: not null } && !includeDeleted ? null : memory;
    }

    /// <summary>Finds a living memory by its row.</summary>
    internal static MemoryRecord? FindNumber(Connection connection, long number, long nowMs, int? previewBytes)
    {
        Statement s = connection.Prepare("SELECT " + Columns(previewBytes) + " FROM memories m" + Beside + " WHERE m.number = ?1 AND m.deleted_at IS NULL").Bind(1, number);
        MemoryRecord? memory = s.Step() ? Record(connection, s, nowMs) : null;
        s.Reset();
        return memory;
    }

    internal static ListPage List(Connection connection, MemoryFilter filter, long nowMs, int limit, string? cursor, int? previewBytes)
    {
        var where = new Condition(filter.IncludeDeleted ? "1" : "m.deleted_at IS NULL");
        where.Add(filter);
        if (cursor is not null)
        {
            (long createdAtMs, long number) = ParseCursor(cursor);
            where.Add("(m.created_at, m.number) < (?, ?)", createdAtMs, number);
        }

        Statement s = connection.Prepare("SELECT " + Columns(previewBytes) + " FROM memories m" + Beside + " WHERE " + where.Sql
            + " ORDER BY m.created_at DESC, m.number DESC LIMIT " + where.Next());
        where.Bind(s, limit + 1);
        var memories = new List<MemoryRecord>();
        string? next = null;
        long lastNumber = 0;
        while (s.Step())
        {
            if (memories.Count == limit)
            {
                next = string.Create(CultureInfo.InvariantCulture, $"{memories[^1].CreatedAtMs}-{lastNumber}");
                s.Reset();
                break;
            }

            memories.Add(Record(connection, s, nowMs));
            lastNumber = s.Int64(NumberColumn);
        }

        return new ListPage(memories, next);
    }

    internal static IReadOnlyList<SearchHit> Search(Connection connection, string query, MemoryFilter filter, long nowMs, int limit, int? previewBytes)
    {
        List<string> words = QueryWords.Of(query);
        var hits = new List<SearchHit>(Math.Min(limit, 16));
        if (words.Count == 0)
        {
            foreach (MemoryRecord memory in List(connection, filter, nowMs, limit, null, previewBytes).Memories)
            {
                hits.Add(new SearchHit(memory, 0, Start(memory.Content)));
            }

            return hits;
        }

        // The index itself sorts by rank, so that the snippet is made only for the rows that are given.
        var where = new Condition("memories_fts MATCH ?1 AND m.deleted_at IS NULL", first: 2);
        where.Add(filter);
        Statement s = connection.Prepare("SELECT " + Columns(previewBytes) + ", f.rank, snippet(memories_fts, 1, '', '', '…', " + SnippetText
            + ") FROM memories_fts f JOIN memories m ON m.number = f.rowid" + Beside + " WHERE " + where.Sql + " ORDER BY f.rank LIMIT " + where.Next());
        s.Bind(1, MatchExpression(words));
        where.Bind(s, limit);
        while (s.Step())
        {
            hits.Add(new SearchHit(Record(connection, s, nowMs), -s.Double(FirstOwnColumn), Clipped(s.Text(FirstOwnColumn + 1))));
        }

        return hits;
    }

    internal static void ReadAll(Connection connection, MemoryFilter filter, long nowMs, Func<MemoryRecord, bool> visit)
    {
        var where = new Condition(filter.IncludeDeleted ? "1" : "m.deleted_at IS NULL");
        where.Add(filter);
        Statement s = connection.Prepare("SELECT " + Columns(null) + " FROM memories m" + Beside + " WHERE " + where.Sql + " ORDER BY m.number");
        where.Bind(s);
        while (s.Step())
        {
            if (!visit(Record(connection, s, nowMs)))
            {
                s.Reset();
                return;
            }
        }
    }

    /// <summary>Writes tags as they are stored: a JSON array.</summary>
    internal static string TagsToText(IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
        {
            return "[]";
        }

        // Tags hold no control characters, so quotes and backslashes are all that JSON wants escaped.
        var text = new StringBuilder("[");
        foreach (string tag in tags)
        {
            text.Append(text.Length > 1 ? ",\"" : "\"").Append(tag.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return text.Append(']').ToString();
    }

    // Bytes are cut, not characters: substr of a text stops at a NUL.
    private static string Columns(int? previewBytes) => FirstColumns
        + (previewBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"substr(CAST(m.content AS BLOB), 1, {bytes}), octet_length(m.content) > {bytes}") : WholeContent)
        + LastColumns;

    private static string SnippetText => SearchHit.SnippetTokens.ToString(CultureInfo.InvariantCulture);

    private static string[] TagsFromText(string text)
    {
        if (text == "[]")
        {
            return [];
        }

        var tags = new List<string>();
        var tag = new StringBuilder();
        bool inside = false;
        for (int i = 1; i < text.Length - 1; i++)
        {
            char c = text[i];
            if (inside && c == '\\')
            {
                tag.Append(text[++i]);
            }
            else if (c == '"')
            {
                if (inside)
                {
                    tags.Add(tag.ToString());
                    tag.Clear();
                }

                inside = !inside;
            }
            else if (inside)
            {
                tag.Append(c);
            }
        }

        return tags.ToArray();
    }

    private static MemoryRecord Record(Connection connection, Statement s, long nowMs)
    {
        bool isPreview = s.Int64(3) != 0;
        DemandWhole(connection, s, isPreview);
        string content = s.Text(2);
        return new MemoryRecord
        {
            Id = MemoryId.Read(s.Blob(0)),
            Title = s.Text(1),

            // The cut may have gone through a character, which then reads as U+FFFD.
            Content = isPreview ? content.TrimEnd('\uFFFD') : content,
            IsPreview = isPreview,
            Tags = TagsFromText(s.Text(4)),
            Type = (MemoryType)s.Int64(5),
            Importance = s.Double(6),
            CreatedAtMs = s.Int64(7),
            UpdatedAtMs = s.Int64(8),
            EventTimeMs = s.Int64(9),
            SessionId = s.TextOrNull(10),
            Speaker = s.TextOrNull(11),
            Source = s.TextOrNull(12),
            Metadata = s.TextOrNull(13),
            Version = s.Int64(14),
            AccessCount = s.Int64(15),
            LastAccessedAtMs = s.Int64OrNull(16),
            ContentHash = Convert.ToHexStringLower(s.Blob(17)),
            DeletedAtMs = s.Int64OrNull(18),
            SupersededBy = s.IsNull(19) ? null : MemoryId.Read(s.Blob(19)),
            Coordinates = s.IsNull(PlaceColumn) ? null : PlaceOf(s).At(nowMs, s.Int64(9), s.Double(6), s.Int64(15), s.Int64OrNull(16)),
        };
    }

    private static Place PlaceOf(Statement s) => new((float)s.Double(PlaceColumn), (float)s.Double(PlaceColumn + 1), (float)s.Double(PlaceColumn + 2));

    // SQLite has no checksums: a bit that the disk lost shows only here. A content that was not read whole cannot be checked.
    private static void DemandWhole(Connection connection, Statement s, bool isPreview)
    {
        bool isWhole = s.Blob(0).Length == MemoryId.Bytes && (isPreview || HasItsHash(s)) && (s.IsNull(19) || s.Blob(19).Length == MemoryId.Bytes)
            && s.Int64(5) >= 1 && s.Int64(5) <= MemoryTypes.Names.Length && (s.IsNull(13) || IsJson(s.Utf8(13)));
        if (!isWhole)
        {
            throw StorageFailure.Corrupt(connection.Path,
                string.Create(CultureInfo.InvariantCulture, $"the memory in row {s.Int64(NumberColumn)} is not what was stored (its content does not have its SHA-256, or a field cannot be)"));
        }
    }

    private static bool HasItsHash(Statement s)
    {
        Span<byte> digest = stackalloc byte[Sha256State.DigestBytes];
        Sha256State.Hash(s.Utf8(2), digest);
        return digest.SequenceEqual(s.Blob(17));
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text);
        try
        {
            while (json.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string MatchExpression(List<string> words)
    {
        var match = new StringBuilder();
        foreach (string word in words)
        {
            match.Append(match.Length > 0 ? " OR \"" : "\"").Append(word).Append('"');
        }

        return match.ToString();
    }

    private static string Start(string content)
    {
        int chars = TokenEstimate.CharsWithin(content.AsSpan(0, Math.Min(content.Length, MostSnippetChars)), SearchHit.SnippetTokens);
        return chars < content.Length ? Clipped(string.Concat(content.AsSpan(0, chars), "…")) : content;
    }

    // A token may be as long as a content, and so may be what separates two.
    private static string Clipped(string snippet) =>
        snippet.Length <= MostSnippetChars ? snippet
        : string.Concat(snippet.AsSpan(0, char.IsHighSurrogate(snippet[MostSnippetChars - 1]) ? MostSnippetChars - 1 : MostSnippetChars), "…");

    private static (long CreatedAtMs, long Number) ParseCursor(string cursor)
    {
        int dash = cursor.LastIndexOf('-');
        return dash > 0 && long.TryParse(cursor.AsSpan(0, dash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long createdAtMs)
            && long.TryParse(cursor.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? (createdAtMs, number)
            : throw FailureException.Invalid("cursor is not one that list_memories gave; pass next_cursor of the page before, or none for the first page");
    }

    /// <summary>A WHERE clause that grows, with the values of its parameters.</summary>
    private sealed class Condition(string sql, int first = 1)
    {
        private readonly StringBuilder _sql = new(sql);
        private readonly List<object> _values = [];

        internal string Sql => _sql.ToString();

        internal string Next() => "?" + (first + _values.Count).ToString(CultureInfo.InvariantCulture);

        internal void Add(string condition, params ReadOnlySpan<object> values)
        {
            _sql.Append(" AND ");
            int value = 0;
            foreach (char c in condition)
            {
                if (c == '?')
                {
                    _sql.Append(Next());
                    _values.Add(values[value++]);
                }
                else
                {
                    _sql.Append(c);
                }
            }
        }

        internal void Add(MemoryFilter filter)
        {
            if (filter.Tags.Count == 1)
            {
                Add("EXISTS(SELECT 1 FROM memory_tags t WHERE t.tag = ? AND t.number = m.number)", filter.Tags[0]);
            }
            else if (filter.Tags.Count > 1)
            {
                // One condition, not one per tag: SQLite bounds the depth of an expression.
                object[] values = [.. filter.Tags, (long)filter.Tags.Count];
                var marks = new StringBuilder("?").Insert(1, ", ?", filter.Tags.Count - 1);
                Add($"(SELECT count(*) FROM memory_tags t WHERE t.tag IN ({marks}) AND t.number = m.number) = ?", values);
            }

            if (filter.Type is { } type)
            {
                Add("m.memory_type = ?", (long)type);
            }

            if (filter.SessionId is { } session)
            {
                Add("m.session_id = ?", session);
            }

            if (filter.Speaker is { } speaker)
            {
                Add("m.speaker = ?", speaker);
            }

            if (filter.SinceMs is { } since)
            {
                Add("m.event_time >= ?", since);
            }

            if (filter.UntilMs is { } until)
            {
                Add("m.event_time < ?", until);
            }
        }

        internal void Bind(Statement s, long? limit = null)
        {
            int index = first;
            foreach (object value in _values)
            {
                if (value is string text)
                {
                    s.Bind(index++, text);
                }
                else
                {
                    s.Bind(index++, (long)value);
                }
            }

            if (limit is { } most)
            {
                s.Bind(index, most);
            }
        }
    }
}
