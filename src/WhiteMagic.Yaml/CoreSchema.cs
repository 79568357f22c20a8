using System;
using System.Globalization;

namespace WhiteMagic.Yaml;

/// <summary>The number forms of the YAML 1.2 core schema (section 10.3.2).</summary>
internal static class CoreSchema
{
    public static bool TryLong(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        int radix = RadixOf(ref text);
        bool negative = radix == 10 && SkipSign(ref text);
        if (text.IsEmpty)
        {
            return false;
        }
        ulong limit = negative ? 1UL << 63 : long.MaxValue;
        ulong sum = 0;
        foreach (char c in text)
        {
            int digit = Digit(c);
            if (digit >= radix || sum > (limit - (ulong)digit) / (ulong)radix)
            {
                return false;
            }
            sum = (sum * (ulong)radix) + (ulong)digit;
        }
        value = negative ? unchecked(-(long)sum) : (long)sum;
        return true;
    }

    public static bool TryDouble(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        if (text is ".nan" or ".NaN" or ".NAN")
        {
            value = double.NaN;
            return true;
        }
        ReadOnlySpan<char> rest = text;
        int radix = RadixOf(ref rest);
        if (radix != 10)
        {
            return TryPrefixed(rest, radix, out value);
        }
        bool negative = SkipSign(ref rest);
        if (rest is ".inf" or ".Inf" or ".INF")
        {
            value = negative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }
        return IsDecimal(rest) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryPrefixed(ReadOnlySpan<char> digits, int radix, out double value)
    {
        value = 0;
        foreach (char c in digits)
        {
            int digit = Digit(c);
            if (digit >= radix)
            {
                return false;
            }
            value = (value * radix) + digit;
        }
        return !digits.IsEmpty;
    }

    // (\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        int count = SkipDigits(ref text);
        if (!text.IsEmpty && text[0] == '.')
        {
            text = text[1..];
            count += SkipDigits(ref text);
        }
        if (count > 0 && !text.IsEmpty && text[0] is 'e' or 'E')
        {
            text = text[1..];
            SkipSign(ref text);
            count = SkipDigits(ref text);
        }
        return count > 0 && text.IsEmpty;
    }

    private static int RadixOf(ref ReadOnlySpan<char> text)
    {
        int radix = text.Length < 2 || text[0] != '0' ? 10 : text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 10;
        text = radix == 10 ? text : text[2..];
        return radix;
    }

    private static bool SkipSign(ref ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('-' or '+'))
        {
            return false;
        }
        bool negative = text[0] == '-';
        text = text[1..];
        return negative;
    }

    private static int SkipDigits(ref ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }
        text = text[count..];
        return count;
    }

    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => int.MaxValue,
    };
}
