using System;
using System.Text;

namespace WhiteMagic.Governance.Detection;

/// <summary>Values that are given to a name which means a secret: <c>DB_PASSWORD=…</c>, <c>"api_key": "…"</c>, <c>--token …</c>, <c>the password is …</c>.</summary>
internal static class Assignments
{
    private const int MostName = 48;
    private const int MostValue = 512;
    private const int LeastPassword = 6;
    private const int LeastKey = 12;

    // Names end with one of these; people also write them with - or . or as one word.
    private static readonly byte[][] _passwordNames = Names("password passwd pwd passphrase passwort kennwort contraseña motdepasse");

    private static readonly byte[][] _keyNames = Names("secret token apikey accesskey secretkey privatekey authkey accountkey encryptionkey signingkey masterkey sessionkey credential credentials");

    private static readonly byte[][] _schemes = Names("Bearer Basic Token bearer basic token");

    /// <param name="utf8">The text.</param>
    /// <param name="at">Where <c>:</c>, <c>=</c> or a blank stands.</param>
    /// <param name="from">Where the search may begin.</param>
    /// <param name="sighting">The value.</param>
    internal static bool TryFind(ReadOnlySpan<byte> utf8, int at, int from, out Sighting sighting)
    {
        sighting = default;
        int nameEnd = at;
        while (nameEnd > from && utf8[nameEnd - 1] is (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)']' && at - nameEnd < 3 && utf8[at] != ' ')
        {
            nameEnd--;
        }

        // Most marks follow a word that ends with none of the letters that those names end with.
        if (nameEnd == from || !MayEndName(utf8[nameEnd - 1]))
        {
            return false;
        }

        Span<byte> name = stackalloc byte[MostName];
        (int nameStart, int length) = ReadName(utf8, nameEnd, from, name);
        bool isPassword = EndsWithAny(name[..length], _passwordNames);
        bool isKey = !isPassword && EndsWithAny(name[..length], _keyNames);
        bool isHeader = !isPassword && !isKey && utf8[at] == ':' && name[..length].EndsWith("authorization"u8);
        if (!isPassword && !isKey && !isHeader)
        {
            return false;
        }

        int valueAt = ValueAt(utf8, at, nameStart, isHeader);
        return valueAt >= 0 && TryValue(utf8, valueAt, isPassword, isHeader, out sighting);
    }

    /// <summary>The value of an option such as <c>--token</c> that begins here.</summary>
    internal static bool TryFindFlag(ReadOnlySpan<byte> utf8, int at, int from, out Sighting sighting)
    {
        sighting = default;
        int end = at + 2;
        if (!utf8[at..].StartsWith("--"u8) || (at > from && utf8[at - 1] > ' '))
        {
            return false;
        }

        while (end < utf8.Length && end - at < MostName && (char.IsAsciiLetterOrDigit((char)utf8[end]) || utf8[end] == '-'))
        {
            end++;
        }

        return end < utf8.Length && utf8[end] == ' ' && TryFind(utf8, end, from, out sighting);
    }

    private static bool MayEndName(byte b) => (b | 0x20) is 'd' or 'e' or 't' or 'n' or 'y' or 'l' or 's' or 'a';

    // Reads the name backwards, in lower case and without its separators.
    private static (int Start, int Length) ReadName(ReadOnlySpan<byte> utf8, int end, int from, Span<byte> name)
    {
        int start = end;
        while (start > from && end - start < MostName && (char.IsAsciiLetterOrDigit((char)utf8[start - 1]) || utf8[start - 1] is (byte)'_' or (byte)'-' or (byte)'.' or >= 0x80))
        {
            start--;
        }

        int length = 0;
        for (int i = start; i < end; i++)
        {
            if (utf8[i] is not ((byte)'_' or (byte)'-' or (byte)'.'))
            {
                name[length++] = (byte)char.ToLowerInvariant((char)utf8[i]);
            }
        }

        return (start, length);
    }

    // Where the value begins; -1 when the mark gives none.
    private static int ValueAt(ReadOnlySpan<byte> utf8, int at, int nameStart, bool isHeader)
    {
        int value = at + 1;
        if (utf8[at] == ' ')
        {
            bool isFlag = utf8[nameStart..].StartsWith("--"u8);
            if (utf8[value..].StartsWith("is "u8) || utf8[value..].StartsWith("is: "u8))
            {
                value += utf8[value + 2] == ':' ? 4 : 3;
            }
            else if (!isFlag)
            {
                return -1;
            }
        }

        while (value < utf8.Length && utf8[value] is (byte)' ' or (byte)'=' or (byte)'>' or (byte)':')
        {
            value++;
        }

        if (isHeader)
        {
            foreach (byte[] scheme in _schemes)
            {
                if (utf8[value..].StartsWith(scheme) && value + scheme.Length < utf8.Length && utf8[value + scheme.Length] == ' ')
                {
                    return value + scheme.Length + 1;
                }
            }

            return -1;
        }

        return value;
    }

    private static bool TryValue(ReadOnlySpan<byte> utf8, int at, bool isPassword, bool isHeader, out Sighting sighting)
    {
        sighting = default;
        if (at >= utf8.Length)
        {
            return false;
        }

        byte quote = utf8[at] is (byte)'"' or (byte)'\'' or (byte)'`' ? utf8[at] : (byte)0;
        int start = quote != 0 ? at + 1 : at;
        int end = start;
        while (end < utf8.Length && end - start < MostValue && !Ends(utf8[end], quote))
        {
            end++;
        }

        ReadOnlySpan<byte> value = utf8[start..end];
        if (quote == 0)
        {
            value = value.TrimEnd(".,;:!?)]}"u8);
        }

        if (value.Length < (isPassword ? LeastPassword : LeastKey) || Placeholders.Is(value) || !IsMixed(value, isPassword))
        {
            return false;
        }

        sighting = new Sighting(isPassword ? "password" : isHeader ? "authorization" : "secret", start, value.Length);
        return true;
    }

    private static bool Ends(byte b, byte quote) => quote != 0 ? b == quote || b == '\n' : b <= ' ' || b is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)',' or (byte)';' or (byte)'<' or (byte)'>' or (byte)'&';

    // Letters with digits, or a password with punctuation inside: words, numbers, versions, dates and names in code are neither.
    private static bool IsMixed(ReadOnlySpan<byte> value, bool isPassword)
    {
        int letters = 0;
        int digits = 0;
        int marks = 0;
        int separators = 0;
        foreach (byte b in value)
        {
            if (char.IsAsciiLetter((char)b))
            {
                letters++;
            }
            else if (char.IsAsciiDigit((char)b))
            {
                digits++;
            }
            else if (b is (byte)'!' or (byte)'#' or (byte)'$' or (byte)'%' or (byte)'^' or (byte)'&' or (byte)'*' or (byte)'?' or (byte)'+' or (byte)'@' or (byte)'~')
            {
                marks++;
            }
            else
            {
                separators++;
            }
        }

        bool isWordy = separators > 0 && separators * 4 >= value.Length;
        return letters > 0 && !isWordy && ((digits > 0 && letters >= 2) || (isPassword && marks > 0)) && !HasBlank(value);
    }

    private static bool HasBlank(ReadOnlySpan<byte> value) => value.IndexOf((byte)' ') >= 0;

    private static bool EndsWithAny(ReadOnlySpan<byte> name, byte[][] endings)
    {
        foreach (byte[] ending in endings)
        {
            if (name.EndsWith(ending))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[][] Names(string names)
    {
        string[] words = names.Split(' ');
        var texts = new byte[words.Length][];
        for (int i = 0; i < words.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetBytes(words[i]);
        }

        return texts;
    }
}
