using System;

namespace WhiteMagic.Memory;

/// <summary>Times as text: RFC 3339 in UTC with milliseconds.</summary>
public static class Instant
{
    /// <summary>What <see cref="TryParse"/> accepts, for messages.</summary>
    public const string Allowed = "RFC 3339, for example 2026-11-22T09:30:00Z, 2026-11-22T10:30:00+01:00 or 2026-11-22 (UTC when no offset is given)";

    private const long MaxMs = 253_402_300_799_999;
    private const long MinMs = -62_135_596_800_000;

    /// <summary>The text of a time, for example <c>2026-11-22T09:30:00.123Z</c>.</summary>
    public static string Format(long ms)
    {
        // Not through string.Create: a delegate over DateTime would keep the framework's formatting of dates and time zones in the binary (70 KB).
        DateTime t = DateTime.UnixEpoch.AddTicks(Math.Clamp(ms, MinMs, MaxMs) * TimeSpan.TicksPerMillisecond);
        Span<char> text = stackalloc char[24];
        Digits(text[..4], t.Year);
        text[4] = '-';
        Digits(text[5..7], t.Month);
        text[7] = '-';
        Digits(text[8..10], t.Day);
        text[10] = 'T';
        Digits(text[11..13], t.Hour);
        text[13] = ':';
        Digits(text[14..16], t.Minute);
        text[16] = ':';
        Digits(text[17..19], t.Second);
        text[19] = '.';
        Digits(text[20..23], t.Millisecond);
        text[23] = 'Z';
        return new string(text);
    }

    /// <summary>Parses a date, or a date and time to the minute or finer, with Z, an offset or neither (UTC).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ms)
    {
        ms = 0;
        if (!TakeNumber(ref text, 4, out int year) || !Take(ref text, '-') || !TakeNumber(ref text, 2, out int month)
            || !Take(ref text, '-') || !TakeNumber(ref text, 2, out int day))
        {
            return false;
        }

        int hour = 0, minute = 0, second = 0, millisecond = 0, offsetMinutes = 0;
        if (text.Length > 0 && text[0] is 'T' or 't' or ' ')
        {
            text = text[1..];
            if (!TakeNumber(ref text, 2, out hour) || !Take(ref text, ':') || !TakeNumber(ref text, 2, out minute))
            {
                return false;
            }

            if (Take(ref text, ':') && (!TakeNumber(ref text, 2, out second) || !TakeFraction(ref text, out millisecond)))
            {
                return false;
            }

            if (!TakeOffset(ref text, out offsetMinutes))
            {
                return false;
            }
        }

        // A leap second is the last instant of its minute here.
        if (second == 60)
        {
            (second, millisecond) = (59, 999);
        }

        if (text.Length > 0 || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var local = new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc);
        ms = ((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) - (offsetMinutes * 60_000L);
        return ms is >= MinMs and <= MaxMs;
    }

    private static bool TakeFraction(ref ReadOnlySpan<char> text, out int millisecond)
    {
        millisecond = 0;
        if (!Take(ref text, '.'))
        {
            return true;
        }

        int digits = 0;
        int scale = 100;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            millisecond += (text[digits] - '0') * scale;
            scale /= 10;
            digits++;
        }

        text = text[digits..];
        return digits is > 0 and <= 12;
    }

    private static bool TakeOffset(ref ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 0 || Take(ref text, 'Z') || Take(ref text, 'z'))
        {
            return true;
        }

        int sign = text[0] == '+' ? 1 : text[0] == '-' ? -1 : 0;
        text = text[1..];
        if (sign == 0 || !TakeNumber(ref text, 2, out int hour))
        {
            return false;
        }

        _ = Take(ref text, ':');
        if (!TakeNumber(ref text, 2, out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        minutes = sign * ((hour * 60) + minute);
        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.Length == 0 || text[0] != expected)
        {
            return false;
        }

        text = text[1..];
        return true;
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, int digits, out int value)
    {
        value = 0;
        if (text.Length < digits)
        {
            return false;
        }

        // Not the framework's parser: it takes NUL characters for the end of a number.
        foreach (char c in text[..digits])
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        text = text[digits..];
        return true;
    }

    private static void Digits(Span<char> text, int value)
    {
        for (int i = text.Length - 1; i >= 0; i--)
        {
            text[i] = (char)('0' + (value % 10));
            value /= 10;
        }
    }
}
