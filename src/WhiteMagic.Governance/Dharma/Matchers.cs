using System;
using System.Collections.Generic;
using System.Text.Json;
using WhiteMagic.Governance.Dharma.Patterns;

namespace WhiteMagic.Governance.Dharma;

/// <summary>What a rule matches: every kind that is given must hold, and within one kind any value is enough. Empty means: not given.</summary>
internal sealed class Matchers
{
    private const int MinutesOfDay = 24 * 60;
    private const int MinuteMs = 60_000;

    // 1970-01-01 was a Thursday; days are counted from Monday.
    private const int FirstWeekday = 3;
    private const int DaysOfWeek = 7;

    internal string[] ToolPatterns { get; init; } = [];

    /// <summary>Bit n stands for the effect n.</summary>
    internal int Effects { get; init; }

    internal Keyword[] Keywords { get; init; } = [];

    internal Pattern[] Patterns { get; init; } = [];

    internal Detect Detect { get; init; }

    internal int MinSize { get; init; }

    internal string[] Galaxies { get; init; } = [];

    internal string[] Agents { get; init; } = [];

    internal HourSpan[] Hours { get; init; } = [];

    /// <summary>Bit 0 is Monday.</summary>
    internal int Weekdays { get; init; }

    internal int UtcOffsetMinutes { get; init; }

    internal string[] MissingFields { get; init; } = [];

    internal string[] TargetTags { get; init; } = [];

    /// <summary>Everything as one text: two that say the same have the same.</summary>
    internal required string Signature { get; init; }

    internal bool IsEmpty => ToolPatterns.Length == 0 && Effects == 0 && Keywords.Length == 0 && Patterns.Length == 0 && Detect == Detect.None && MinSize == 0
        && Galaxies.Length == 0 && Agents.Length == 0 && Hours.Length == 0 && Weekdays == 0 && MissingFields.Length == 0 && TargetTags.Length == 0;

    /// <summary>Whether it can match a call of this tool with this effect at all.</summary>
    internal bool Concerns(string tool, Effect effect) =>
        (ToolPatterns.Length == 0 || Glob.IsMatchOfAny(ToolPatterns, tool)) && (Effects == 0 || (Effects & (1 << (int)effect)) != 0);

    /// <summary>Whether all that is given holds; what costs least is asked first.</summary>
    internal bool Hold(Facts facts)
    {
        Deed deed = facts.Deed;
        return Concerns(deed.Tool, deed.Effect) && HoldRest(facts);
    }

    /// <summary>The same without tool and effect, for those whose plan has asked that.</summary>
    internal bool HoldRest(Facts facts)
    {
        Deed deed = facts.Deed;
        return (Galaxies.Length == 0 || Glob.IsMatchOfAny(Galaxies, deed.Galaxy))
            && (Agents.Length == 0 || Glob.IsMatchOfAny(Agents, deed.Agent))
            && ((Hours.Length == 0 && Weekdays == 0) || HoldTimes(deed.StartedAtMs))
            && (MissingFields.Length == 0 || IsMissing(deed.Arguments.Span))
            && (MinSize == 0 || facts.ValueBytes >= MinSize)
            && (Keywords.Length == 0 || HasKeyword(facts.Folded))
            && (Patterns.Length == 0 || HasPattern(facts.Folded))
            && (Detect == Detect.None || facts.Holds(Detect))
            && (TargetTags.Length == 0 || HasTag(facts.TargetTags));
    }

    private bool HoldTimes(long nowMs)
    {
        long minute = (nowMs / MinuteMs) + UtcOffsetMinutes;
        int ofDay = (int)(minute % MinutesOfDay);
        int weekday = (int)(((minute / MinutesOfDay) + FirstWeekday) % DaysOfWeek);
        if (Weekdays != 0 && (Weekdays & (1 << weekday)) == 0)
        {
            return false;
        }

        foreach (HourSpan span in Hours)
        {
            if (span.Holds(ofDay))
            {
                return true;
            }
        }

        return Hours.Length == 0;
    }

    // One of the fields is absent, null, an empty text or an empty list.
    private bool IsMissing(ReadOnlySpan<byte> arguments)
    {
        foreach (string field in MissingFields)
        {
            if (!IsGiven(arguments, field))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGiven(ReadOnlySpan<byte> arguments, string field)
    {
        var reader = new Utf8JsonReader(arguments, isFinalBlock: true, default);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isIt = reader.ValueTextEquals(field);
                reader.Read();
                if (isIt)
                {
                    return reader.TokenType switch
                    {
                        JsonTokenType.Null => false,
                        JsonTokenType.String => !reader.ValueTextEquals(""u8),
                        JsonTokenType.StartArray => reader.Read() && reader.TokenType != JsonTokenType.EndArray,
                        _ => true,
                    };
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Deeper than anything that a tool accepts.
        }

        return false;
    }

    private bool HasKeyword(ReadOnlySpan<byte> folded)
    {
        foreach (Keyword keyword in Keywords)
        {
            if (keyword.StandsIn(folded))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasPattern(ReadOnlySpan<byte> folded)
    {
        foreach (Pattern pattern in Patterns)
        {
            if (pattern.IsMatch(folded))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasTag(IReadOnlyList<string> tags)
    {
        foreach (string tag in tags)
        {
            if (Array.IndexOf(TargetTags, tag) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A part of the day, from its first minute up to and without its last; it may go over midnight.</summary>
internal sealed class HourSpan(int startMinute, int endMinute)
{
    internal bool Holds(int minute) =>
        startMinute <= endMinute ? minute >= startMinute && minute < endMinute : minute >= startMinute || minute < endMinute;
}
