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
using WhiteMagic.Sqlite.Search;

namespace WhiteMagic.Sqlite;

/// <summary>Reads memories: one, pages, results of searches, all.</summary>
internal static class MemoryRows
{
    private const string WholeContent = "m.content, 0";

    private const string FirstColumns = "m.memory_id, m.title, ";

    private const string LastColumns =
        ", m.tags, m.memory_type, m.importance, m.created_at, m.updated_at, m.event_time, m.session_id, m.speaker, m.source, "
        + "m.metadata, m.version, a.access_count, a.last_accessed_at, m.content_hash, m.deleted_at, " + Succession.LivingSuccessor + ", m.number, p.x, p.y, p.w";

    private const int NumberColumn = 20;
    private const int PlaceColumn = 21;
    private const int FirstOwnColumn = 24;

    private const string Beside = " LEFT JOIN memory_access a ON a.number = m.number LEFT JOIN memory_places p ON p.number = m.number";

    internal static MemoryRecord? Find(Connection connection, MemoryId id, long nowMs, bool includeDeleted)
    {
        Statement s = connection.Prepare("SELECT " + Columns(null) + " FROM memories m" + Beside + " WHERE m.memory_id = ?1").BindBlob(1, id.ToBytes());
        MemoryRecord? memory = s.Step() ? Record(s, nowMs) : null;
        s.Reset();
        return memory is { DeletedAtMs: not null } && !includeDeleted ? null : memory;
    }

    /// <summary>Whether an id is taken, by a living memory or a tombstone.</summary>
    internal static bool IsTaken(Connection connection, MemoryId id)
    {
        Statement s = connection.Prepare("SELECT 1 FROM memories WHERE memory_id = ?1").BindBlob(1, id.ToBytes());
        bool taken = s.Step();
        s.Reset();
        return taken;
    }

    /// <summary>The smallest number that keeps the unique index of repetitions free for this text: 0 unless it is held already.</summary>
    internal static long FreeRepetition(Connection connection, ReadOnlySpan<byte> hash, string? speaker, string? session, MemoryId except)
    {
        Statement s = connection.Prepare(
            "SELECT max(repetition) + 1 FROM memories WHERE content_hash = ?1 AND ifnull(speaker, '') = ?2 AND ifnull(session_id, '') = ?3 AND deleted_at IS NULL AND memory_id <> ?4")
            .BindBlob(1, hash).Bind(2, speaker ?? "").Bind(3, session ?? "").BindBlob(4, except.ToBytes());
        long free = s.Step() ? s.Int64OrNull(0) ?? 0 : 0;
        s.Reset();
        return free;
    }

    /// <summary>Whether a memory is there and is not what was stored.</summary>
    internal static bool IsDamaged(Connection connection, MemoryId id)
    {
        Statement s = connection.Prepare("SELECT " + Columns(null) + " FROM memories m" + Beside + " WHERE m.memory_id = ?1").BindBlob(1, id.ToBytes());
        bool isDamaged = s.Step() && !IsWhole(s, isPreview: false);
        s.Reset();
        return isDamaged;
    }

    /// <summary>Checks the memories, living and deleted, after a row and names those that are damaged.</summary>
    /// <returns>The row where it ended; 0 when that was the last.</returns>
    internal static long FindDamaged(Connection connection, long after, Action<MemoryId> found, Func<bool>? isEnough = null)
    {
        Statement s = connection.Prepare("SELECT " + Columns(null) + " FROM memories m" + Beside + " WHERE m.number > ?1 ORDER BY m.number").Bind(1, after);
        while (s.Step())
        {
            if (!IsWhole(s, isPreview: false))
            {
                found(IdOf(s, 0) ?? default);
            }

            if (isEnough?.Invoke() == true)
            {
                long number = s.Int64(NumberColumn);
                s.Reset();
                return number;
            }
        }

        return 0;
    }

    /// <summary>Finds a living memory by its row.</summary>
    internal static MemoryRecord? FindNumber(Connection connection, long number, long nowMs, int? previewBytes)
    {
        Statement s = connection.Prepare("SELECT " + Columns(previewBytes) + " FROM memories m" + Beside + " WHERE m.number = ?1 AND m.deleted_at IS NULL").Bind(1, number);
        MemoryRecord? memory = s.Step() ? Record(s, nowMs) : null;
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

            memories.Add(Record(s, nowMs));
            lastNumber = s.Int64(NumberColumn);
        }

        return new ListPage(memories, next);
    }

    /// <summary>The memories of results, with snippets; one that is gone meanwhile is left out.</summary>
    internal static IReadOnlyList<SearchHit> Hits(Connection connection, Question question, Candidate[] found, long nowMs, int? previewBytes)
    {
        var hits = new List<SearchHit>(found.Length);
        foreach (Candidate candidate in found)
        {
            Statement s = connection.Prepare("SELECT " + Columns(previewBytes) + ", m.content FROM memories m" + Beside + " WHERE m.number = ?1 AND m.deleted_at IS NULL")
                .Bind(1, candidate.Number);
            if (s.Step())
            {
                MemoryRecord memory = Record(s, nowMs);
                hits.Add(new SearchHit(memory, candidate.Score, memory.IsDamaged ? "" : Snippet.Of(s.Utf8(FirstOwnColumn), question)) { Parts = candidate.Parts });
            }

            s.Reset();
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
            if (!visit(Record(s, nowMs)))
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

    private static MemoryRecord Record(Statement s, long nowMs)
    {
        bool isPreview = s.Int64(3) != 0;
        bool isWhole = IsWhole(s, isPreview);
        string content = isWhole ? s.Text(2) : "";
        return new MemoryRecord
        {
            Id = IdOf(s, 0) ?? default,
            IsDamaged = !isWhole,
            Title = s.Text(1),

            // The cut may have gone through a character, which then reads as U+FFFD.
            Content = isPreview ? content.TrimEnd('\uFFFD') : content,
            IsPreview = isPreview,
            Tags = TagsFromText(s.Text(4)),
            Type = IsType(s) ? (MemoryType)s.Int64(5) : MemoryType.Note,
            Importance = s.Double(6),
            CreatedAtMs = s.Int64(7),
            UpdatedAtMs = s.Int64(8),
            EventTimeMs = s.Int64(9),
            SessionId = s.TextOrNull(10),
            Speaker = s.TextOrNull(11),
            Source = s.TextOrNull(12),
            Metadata = isWhole || (!s.IsNull(13) && IsJson(s.Utf8(13))) ? s.TextOrNull(13) : null,
            Version = s.Int64(14),
            AccessCount = s.Int64(15),
            LastAccessedAtMs = s.Int64OrNull(16),
            ContentHash = Convert.ToHexStringLower(s.Blob(17)),
            DeletedAtMs = s.Int64OrNull(18),
            SupersededBy = IdOf(s, 19),
            Coordinates = s.IsNull(PlaceColumn) ? null : PlaceOf(s).At(nowMs, s.Int64(9), s.Double(6), s.Int64(15), s.Int64OrNull(16)),
        };
    }

    private static Place PlaceOf(Statement s) => new((float)s.Double(PlaceColumn), (float)s.Double(PlaceColumn + 1), (float)s.Double(PlaceColumn + 2));

    // SQLite has no checksums: a bit that the disk lost shows only here. A content that was not read whole cannot be checked.
    private static bool IsWhole(Statement s, bool isPreview) =>
        s.Blob(0).Length == MemoryId.Bytes && (isPreview || HasItsHash(s)) && (s.IsNull(19) || s.Blob(19).Length == MemoryId.Bytes)
        && IsType(s) && (s.IsNull(13) || IsJson(s.Utf8(13)));

    private static bool IsType(Statement s) => s.Int64(5) >= 1 && s.Int64(5) <= MemoryTypes.Names.Length;

    private static MemoryId? IdOf(Statement s, int column) => s.Blob(column).Length == MemoryId.Bytes ? MemoryId.Read(s.Blob(column)) : null;

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

    private static (long CreatedAtMs, long Number) ParseCursor(string cursor)
    {
        int dash = cursor.LastIndexOf('-');
        return dash > 0 && long.TryParse(cursor.AsSpan(0, dash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long createdAtMs)
            && long.TryParse(cursor.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? (createdAtMs, number)
            : throw FailureException.Invalid("cursor is not one that list_memories gave; pass next_cursor of the page before, or none for the first page");
    }
}
