using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>A WHERE clause that grows, with the values of its parameters.</summary>
internal sealed class Condition(string sql, int first = 1)
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
