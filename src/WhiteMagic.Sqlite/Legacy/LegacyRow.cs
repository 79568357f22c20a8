using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Legacy;

/// <summary>One row of memories becomes a draft; what our model has no field for goes into its metadata.</summary>
internal sealed class LegacyRow(Connection connection, LegacyTables tables, Statement row)
{
    // Associations may fill half of what metadata may hold; the strongest are kept.
    private const int MostAssociationBytes = Limits.MetadataBytes / 2;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <exception cref="FailureException">The row cannot be taken.</exception>
    internal MemoryDraft Draft()
    {
        using var metadata = new LegacyMetadata();
        ReadTexts();
        string id = TextOf("id") ?? "";
        if (TextOf("metadata") is { } own)
        {
            metadata.Merge(own);
        }

        metadata.Put("legacy_id", id);
        string title = Title(metadata);
        List<string> tags = Tags(id, metadata);
        MemoryType type = Type(metadata);
        long? createdAt = Time("created_at", metadata);
        long? updatedAt = Time("updated_at", metadata);
        long? eventTime = Time("event_time", metadata);
        PutUnlessCreated("accessed_at", metadata);
        PutUnlessCreated("ingestion_time", metadata);
        double importance = 0.5;
        for (int i = 0; i < tables.Columns.Count; i++)
        {
            string column = tables.Columns[i];
            if (LegacyTables.IsText(column) || row.IsNull(i))
            {
                continue;
            }

            ReadOnlySpan<byte> json = Valid(column, row.Utf8(i));
            if (column == "importance")
            {
                importance = Importance(json, metadata);
            }
            else if (!LegacyDefaults.IsDefault(column, json))
            {
                metadata.PutJson(column, json);
            }
        }

        PutAssociations(id, metadata);
        return new MemoryDraft
        {
            Content = TextOf("content") ?? "",
            Title = title,
            Tags = tags,
            Type = type,
            Importance = importance,
            EventTimeMs = eventTime,
            Source = tables.IsPython ? "whitemagic-python" : "whitemagic-lite",
            Metadata = metadata.Finish(),
            Id = MemoryId.TryParse(id, out MemoryId kept) ? kept : null,
            CreatedAtMs = createdAt,
            UpdatedAtMs = updatedAt,
        };
    }

    private void ReadTexts()
    {
        for (int i = 0; i < tables.Columns.Count; i++)
        {
            string column = tables.Columns[i];
            if (LegacyTables.IsText(column) && !row.IsNull(i))
            {
                ReadOnlySpan<byte> utf8 = row.Utf8(i);
                if (column == "content" && utf8.Length > Limits.ContentBytes)
                {
                    throw FailureException.TooLarge("content", utf8.Length, Limits.ContentBytes, "bytes");
                }

                _texts[column] = Encoding.UTF8.GetString(Valid(column, utf8));
            }
        }
    }

    private string? TextOf(string column) => _texts.GetValueOrDefault(column);

    // A title that is too long is cut, and kept whole beside.
    private string Title(LegacyMetadata metadata)
    {
        string title = (TextOf("title") ?? "").Trim();
        if (Limits.Characters(title) <= Limits.TitleChars)
        {
            return title;
        }

        metadata.Put("legacy_title", title);
        return title[..(char.IsHighSurrogate(title[Limits.TitleChars - 1]) ? Limits.TitleChars - 1 : Limits.TitleChars)];
    }

    private List<string> Tags(string id, LegacyMetadata metadata)
    {
        var given = new List<string>();
        if (TextOf("tags") is { } joined)
        {
            foreach (Range part in joined.AsSpan().Split(','))
            {
                given.Add(joined[part].Trim());
            }
        }

        if (tables.TagsQuery is { } query)
        {
            Statement s = connection.Prepare(query).Bind(1, id);
            while (s.Step())
            {
                given.Add(Encoding.UTF8.GetString(s.Utf8(0)).Trim());
            }
        }

        var tags = new List<string>();
        var others = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(others);
        json.WriteStartArray();
        int otherCount = 0;
        foreach (string tag in given)
        {
            if (tag.Length == 0 || tags.Contains(tag.ToLowerInvariant()))
            {
                continue;
            }

            if (tags.Count < Limits.TagCount && Limits.Characters(tag) <= Limits.TagChars && !HasControl(tag))
            {
                tags.Add(tag.ToLowerInvariant());
            }
            else
            {
                json.WriteStringValue(tag);
                otherCount++;
            }
        }

        if (otherCount > 0)
        {
            json.WriteEndArray();
            json.Flush();
            metadata.PutJson("legacy_tags", others.WrittenSpan);
        }

        return tags;
    }

    private MemoryType Type(LegacyMetadata metadata)
    {
        if (TextOf("memory_type") is not { Length: > 0 } name)
        {
            return MemoryType.Note;
        }

        metadata.Put("memory_type", name);
        return MemoryTypes.TryParse(name.ToLowerInvariant(), out MemoryType ours) ? ours : name switch
        {
            "LONG_TERM" or "SYMBOLIC" or "COLLECTIVE" => MemoryType.Fact,
            "EMOTIONAL" or "NARRATIVE" => MemoryType.Event,
            "IMMUNE" or "PATTERN" => MemoryType.Procedure,
            _ => MemoryType.Note,
        };
    }

    // The earlier programs wrote local times without a zone; they count as UTC. A text that is no time is kept.
    private long? Time(string column, LegacyMetadata metadata)
    {
        if (TextOf(column) is not { Length: > 0 } text)
        {
            return null;
        }

        if (Instant.TryParse(text, out long ms))
        {
            return ms;
        }

        metadata.Put(column, text);
        return null;
    }

    private void PutUnlessCreated(string column, LegacyMetadata metadata)
    {
        if (TextOf(column) is { Length: > 0 } text && text != TextOf("created_at"))
        {
            metadata.Put(column, text);
        }
    }

    private static double Importance(ReadOnlySpan<byte> json, LegacyMetadata metadata)
    {
        bool isNumber = double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !double.IsNaN(value);
        if (!isNumber || value is < 0 or > 1)
        {
            metadata.PutJson("importance", json);
        }

        return isNumber ? Math.Clamp(value, 0, 1) : 0.5;
    }

    private void PutAssociations(string id, LegacyMetadata metadata)
    {
        if (tables.AssociationsQuery is not { } query)
        {
            return;
        }

        var list = new ArrayBufferWriter<byte>();
        list.Write("["u8);
        long leftOut = 0;
        Statement s = connection.Prepare(query).Bind(1, id);
        while (s.Step())
        {
            using var one = new LegacyMetadata();
            for (int i = 0; i < tables.AssociationColumns.Count; i++)
            {
                string column = tables.AssociationColumns[i];
                if (column != "source_id" && !s.IsNull(i) && Valid("associations." + column, s.Utf8(i)) is var json && !LegacyDefaults.IsDefault(column, json))
                {
                    Put(one, column, json);
                }
            }

            byte[] bytes = Encoding.UTF8.GetBytes(one.Finish());
            if (list.WrittenCount + bytes.Length > MostAssociationBytes)
            {
                leftOut++;
                continue;
            }

            list.Write(list.WrittenCount > 1 ? ","u8 : default);
            list.Write(bytes);
        }

        if (list.WrittenCount > 1)
        {
            list.Write("]"u8);
            metadata.PutJson("associations", list.WrittenSpan);
        }

        if (leftOut > 0)
        {
            metadata.PutJson("associations_left_out", Encoding.UTF8.GetBytes(leftOut.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void Put(LegacyMetadata metadata, string column, ReadOnlySpan<byte> value)
    {
        if (LegacyTables.IsText(column))
        {
            metadata.Put(column, Encoding.UTF8.GetString(value));
        }
        else
        {
            metadata.PutJson(column, value);
        }
    }

    private static ReadOnlySpan<byte> Valid(string column, ReadOnlySpan<byte> utf8) =>
        Utf8.IsValid(utf8) ? utf8 : throw FailureException.Invalid($"{column} is not valid UTF-8");

    private static bool HasControl(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }
}
