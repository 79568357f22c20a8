using System;

namespace WhiteMagic.Governance.Detection;

/// <summary>A token with a beginning of its own: what follows it, and how much of it there is.</summary>
/// <param name="prefix">ASCII; case matters.</param>
/// <param name="kind">What it is called.</param>
/// <param name="alphabet">Which characters follow.</param>
/// <param name="least">At least so many of them.</param>
/// <param name="most">At most so many; more make it something else.</param>
internal sealed class TokenShape(string prefix, string kind, Alphabet alphabet, int least, int most)
{
    private readonly byte[] _prefix = System.Text.Encoding.ASCII.GetBytes(prefix);

    internal byte First => _prefix[0];

    internal string Kind { get; } = kind;

    /// <summary>Length of the token that begins here; 0 when none does. The caller knows that a word begins here.</summary>
    internal int LengthAt(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(_prefix))
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = text[_prefix.Length..];
        int length = 0;
        bool hasDigit = false;
        bool isVaried = false;
        while (length < rest.Length && Holds(alphabet, rest[length]))
        {
            hasDigit |= char.IsAsciiDigit((char)rest[length]);
            isVaried |= rest[length] != rest[0];
            length++;
        }

        // The same character again and again, or words only, is a stand-in for a token.
        return length >= least && length <= most && isVaried && (hasDigit || alphabet == Alphabet.Base64Url) ? _prefix.Length + length : 0;
    }

    internal static bool Holds(Alphabet alphabet, byte b) => alphabet switch
    {
        Alphabet.Hex => char.IsAsciiHexDigit((char)b),
        Alphabet.Upper => char.IsAsciiLetterUpper((char)b) || char.IsAsciiDigit((char)b),
        Alphabet.Alphanumeric => char.IsAsciiLetterOrDigit((char)b),
        Alphabet.Word => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-',
        _ => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-' or (byte)'.' or (byte)'=' or (byte)'+' or (byte)'/',
    };
}

/// <summary>Characters that a token is made of.</summary>
internal enum Alphabet
{
    Hex,

    /// <summary>Capitals and digits.</summary>
    Upper,

    Alphanumeric,

    /// <summary>Letters, digits, <c>_</c> and <c>-</c>.</summary>
    Word,

    /// <summary>Base64 of either kind, with its dots and padding.</summary>
    Base64Url,
}
