using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Memory.Recall;

/// <summary>
/// Splits a question into what has to do with time. Letters and digits that hang together through dots, strokes or dashes are one thing,
/// which is a date, a range or nothing: no part of an address, a version or an identifier is a date.
/// </summary>
internal ref struct TimeTokens
{
    // Half of the most characters that a query can have (Limits); what comes after so many words is no question any more.
    private const int MostTokens = 4096;

    private const int LeastYear = 1900;
    private const int MostYear = 2100;

    private readonly ReadOnlySpan<char> _text;
    private readonly TimeToken[] _tokens;
    private int _count;

    private TimeTokens(ReadOnlySpan<char> text)
    {
        _text = text;
        _tokens = new TimeToken[Math.Min(text.Length, MostTokens) + 1];
    }

    /// <summary>The tokens of a text, in order; as many as the first <see cref="MostTokens"/>, and one without a meaning that ends them.</summary>
    internal static ReadOnlySpan<TimeToken> Of(ReadOnlySpan<char> text)
    {
        var tokens = new TimeTokens(text);
        int at = 0;
        while (at < text.Length && tokens._count < tokens._tokens.Length - 1)
        {
            at = IsPart(text[at]) ? tokens.ReadRun(at) : tokens.ReadSign(at);
        }

        // What was read in vain may lie there still.
        tokens._tokens[tokens._count] = default;
        return tokens._tokens.AsSpan(0, tokens._count + 1);
    }

    /// <summary>Whether a number can be a year.</summary>
    internal static bool IsYear(int value) => value is >= LeastYear and <= MostYear;

    // Scripts without spaces are not letters here, so that the digits among them stand alone.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsPart(char c) => c < 0x2E80 && (char.IsAsciiLetterOrDigit(c) || (c >= 0x80 && (char.IsLetter(c) || c is >= '\u0300' and <= '\u036F')));

    private static bool Joins(char c) => c is '.' or '-' or '/' or ':' or '_' or '@' or '+' or '#' or '=' or '\\' or '\u2010' or '\u2011';

    private int ReadSign(int at)
    {
        char c = _text[at];
        TimeWordKind kind = c switch
        {
            ',' => TimeWordKind.Comma,
            '.' => TimeWordKind.Dot,
            '-' or '\u2010' or '\u2011' or '\u2013' or '\u2014' => TimeWordKind.Dash,
            '?' or '!' or ';' or ':' or '\n' or '\u00BF' or '\u00A1' or '\uFF1F' or '\u3002' => TimeWordKind.Stop,
            _ => TimeWordKind.None,
        };
        if (kind != TimeWordKind.None)
        {
            Add(kind, 0);
        }
        else if (_count > 0 && at > 0 && char.IsAsciiDigit(_text[at - 1]) && _tokens[_count - 1].Kind == TimeWordKind.Number)
        {
            // 2023年5月8日: the sign says what the number is.
            ref TimeToken number = ref _tokens[_count - 1];
            number.IsOrdinal = c is '\u5E74' or '\uB144' or '\u65E5' or '\u53F7' or '\uC77C';
            number.Kind = c is '\u6708' or '\uC6D4' && number.Value is >= 1 and <= 12 ? TimeWordKind.Month : TimeWordKind.Number;
        }

        // What a sign marks as an amount, a number of an issue or a part of a path is no date.
        if (c is '#' or '$' or '\u20AC' or '\u00A3' or '@' or '/' or '\\' or '_' or '=' or '&' or '%' && at + 1 < _text.Length && char.IsAsciiDigit(_text[at + 1]))
        {
            Add(TimeWordKind.None, 0);
            return EndOfRun(at + 1, out _, out _);
        }

        return at + 1;
    }

    private readonly int EndOfRun(int at, out bool hasDigits, out int firstJoint)
    {
        hasDigits = false;
        firstJoint = -1;
        for (; at < _text.Length; at++)
        {
            char c = _text[at];
            if (char.IsAsciiDigit(c))
            {
                hasDigits = true;
            }
            else if (!IsPart(c))
            {
                if (!Joins(c) || at + 1 == _text.Length || !IsPart(_text[at + 1]))
                {
                    break;
                }

                firstJoint = firstJoint < 0 ? at : firstJoint;
            }
        }

        return at;
    }

    private int ReadRun(int start)
    {
        int end = EndOfRun(start, out bool hasDigits, out int firstJoint);
        if (!hasDigits)
        {
            // Its other words are read one by one; so is the joint between them.
            int wordEnd = firstJoint < 0 ? end : firstJoint;
            AddWord(_text[start..wordEnd]);
            return SkipWords(wordEnd, end);
        }

        int before = _count;
        if (ReadDate(start, end))
        {
            return end;
        }

        _count = before;
        if (!ReadPieces(start, end))
        {
            _count = before;
            Add(TimeWordKind.None, 0);
        }

        return end;
    }

    // The rest of a run of words, without looking through it again for each of them.
    private int SkipWords(int at, int end)
    {
        while (at < end)
        {
            int wordStart = at + 1;
            at = wordStart;
            while (at < end && IsPart(_text[at]))
            {
                at++;
            }

            Add(_text[wordStart - 1] is '-' or '\u2010' or '\u2011' ? TimeWordKind.Dash : TimeWordKind.None, 0);
            AddWord(_text[wordStart..at]);
        }

        return end;
    }

    // 2023-05-08, 2023-05-08T13:56, 2023/05/08, 2023-05, 08.05.2023, 8.5., 8/5/2023, 08-05-2023
    private bool ReadDate(int start, int end)
    {
        int at = start;
        int first = TakeNumber(ref at, end, out int firstDigits);
        if (firstDigits == 0 || at >= end || _text[at] is not ('-' or '/' or '.'))
        {
            return false;
        }

        char joint = _text[at++];
        int second = TakeNumber(ref at, end, out int secondDigits);
        if (secondDigits is 0 or > 2)
        {
            return false;
        }

        bool isYearFirst = firstDigits == 4 && IsYear(first) && joint != '.';
        bool isEnd = at == end;
        if (isEnd && isYearFirst && secondDigits == 2 && second is >= 1 and <= 12)
        {
            Add(TimeWordKind.YearMonth, (first * 12) + second - 1);
            return true;
        }

        if (isEnd && joint == '.' && firstDigits <= 2 && end < _text.Length && _text[end] == '.' && CivilDay.Exists(0, second, first))
        {
            Add(TimeWordKind.DayMonth, first, second);
            return true;
        }

        if (isEnd || _text[at] != joint)
        {
            return false;
        }

        at++;
        int third = TakeNumber(ref at, end, out int thirdDigits);
        isEnd = at == end;
        if (isYearFirst)
        {
            bool isWhole = isEnd || (joint == '-' && _text[at] is 'T' or 't') || _text[at] == '/';
            return isWhole && thirdDigits is 1 or 2 && AddDate(first, second, third, 0, 0) && (isEnd || _text[at] != '/' || ReadSecondDate(at + 1, end));
        }

        return isEnd && firstDigits <= 2 && thirdDigits == 4 && IsYear(third) && !FollowsVersion()
            && (joint == '.' ? AddDate(third, second, first, 0, 0) : AddDate(third, second, first, first, second));
    }

    // The end of an interval as ISO 8601 writes it.
    private bool ReadSecondDate(int start, int end)
    {
        if (_text[start..end].Contains('/'))
        {
            return false;
        }

        Add(TimeWordKind.Dash, 0);
        return ReadDate(start, end);
    }

    // Adds a date, which may read otherwise with the month first.
    private bool AddDate(int year, int month, int day, int otherMonth, int otherDay)
    {
        bool isDate = CivilDay.Exists(year, month, day);
        bool isOther = otherMonth != 0 && CivilDay.Exists(year, otherMonth, otherDay);
        if (!isDate && !isOther)
        {
            return false;
        }

        int other = isOther ? CivilDay.Of(year, otherMonth, otherDay) : CivilDay.Of(year, month, day);
        Add(TimeWordKind.Date, isDate ? CivilDay.Of(year, month, day) : other, other);
        return true;
    }

    // 3-7, 8th, 2022-2023, 2022/2023, mid-2023, 8-May-2023: each piece is a number, or a word of time.
    private bool ReadPieces(int start, int end)
    {
        bool hasWords = false;
        int pieces = 0;
        for (int at = start; at < end; at++, pieces++)
        {
            if (at > start)
            {
                if (_text[at - 1] is not ('-' or '/' or '\u2010' or '\u2011') || _text[at - 1] == '/' && pieces > 1)
                {
                    return false;
                }

                Add(TimeWordKind.Dash, 0);
            }

            int pieceStart = at;
            int value = TakeNumber(ref at, end, out int digits);
            int restStart = at;
            while (at < end && IsPart(_text[at]))
            {
                at++;
            }

            if (digits == 0)
            {
                AddWord(_text[pieceStart..at]);
                hasWords = true;
                if (_tokens[_count - 1].Kind is TimeWordKind.None or TimeWordKind.Version || char.IsAsciiDigit(_text[at - 1]))
                {
                    return false;
                }
            }
            else if (digits > 4 || (at > restStart && (digits > 2 || !IsOrdinal(_text[restStart..at]))))
            {
                return false;
            }
            else if (Add(TimeWordKind.Number, digits == 3 ? -1 : value))
            {
                _tokens[_count - 1].IsOrdinal = at > restStart;
            }
        }

        // A date with its month as a word is written with dashes alone: 8-May-2023.
        if (!hasWords)
        {
            return pieces == 1 || (pieces == 2 && (_text[start..end].Contains('-') || IsYear(_tokens[_count - 1].Value)));
        }

        if (pieces > 3)
        {
            return false;
        }

        for (int i = _count - 1; i >= 0 && i > _count - (2 * pieces); i--)
        {
            _tokens[i].Kind = _tokens[i].Kind == TimeWordKind.Dash ? TimeWordKind.Of : _tokens[i].Kind;
        }

        return true;
    }

    private static bool IsOrdinal(ReadOnlySpan<char> ending) => ending is "st" or "nd" or "rd" or "th" or "er" or "º" or "ª";

    private readonly bool FollowsVersion() => _count > 0 && _tokens[_count - 1].Kind == TimeWordKind.Version;

    private readonly int TakeNumber(ref int at, int end, out int digits)
    {
        int value = 0;
        for (digits = 0; at < end && char.IsAsciiDigit(_text[at]); at++, digits++)
        {
            value = digits < 4 ? (value * 10) + (_text[at] - '0') : -1;
        }

        return value;
    }

    private void AddWord(ReadOnlySpan<char> word)
    {
        Span<byte> folded = stackalloc byte[TimeLexicon.LongestWord + 1];
        int length = 0;
        foreach (char c in word)
        {
            if (c is >= '\u0300' and <= '\u036F')
            {
                continue;
            }

            if (length >= TimeLexicon.LongestWord)
            {
                length = 0;
                break;
            }

            char lower = char.ToLowerInvariant(c);
            if (lower < 0x80)
            {
                folded[length++] = (byte)lower;
            }
            else if (lower is >= '\u00E0' and <= '\u00FF')
            {
                folded[length++] = "aaaaaaaceeeeiiiidnooooooouuuuyty"u8[lower - '\u00E0'];
            }
            else
            {
                folded[length++] = (byte)(0xC0 | (lower >> 6 & 0x1F));
                folded[length++] = (byte)(0x80 | (lower & 0x3F));
            }
        }

        _ = TimeLexicon.TryFind(folded[..length], out TimeWordKind kind, out int value);
        bool isCount = kind == TimeWordKind.Count && value >= 100;
        if (Add(kind, isCount ? value / 100 : value, isCount ? value % 100 : value))
        {
            _tokens[_count - 1].IsCapital = word.Length > 1 && char.IsUpper(word[0]) && !char.IsUpper(word[1]);
        }
    }

    private bool Add(TimeWordKind kind, int value) => Add(kind, value, value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Add(TimeWordKind kind, int value, int other)
    {
        if (_count == _tokens.Length - 1)
        {
            return false;
        }

        _tokens[_count++] = new TimeToken { Kind = kind, Value = value, Other = other };
        return true;
    }
}
