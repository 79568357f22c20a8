using System;
using System.Globalization;

namespace WhiteMagic.Memory.Recall;

// A vocabulary such as o200k parts a text into pieces first: a word with the one sign before it, up to three digits, a run of signs, a run of white
// space. What a piece costs was fitted to English prose, code and logs, and for other scripts to a paragraph each; in hundredths of a token:
//
//   word of Latin letters: 100, from the seventh letter on 17 more each; capitals only: 20 each beyond two; 30 for a letter with an accent,
//     80 for one of Latin Extended; 40 for what follows the apostrophe in it's
//     with a sign other than a space before it: 25 more, from four letters on 45
//   letters of other scripts: so much each (RateOf), at least 100 a word
//   three digits: 100; signs: 100, from the fourth on 30 each, 16 of the same 100; white space beyond the space before a word: 100 for each 16
//
// Within 15 % of o200k for texts of some length: docs/recall.md.

/// <summary>How many tokens a text will cost a model, estimated in one pass without a vocabulary.</summary>
public static class TokenEstimate
{
    // Vocabularies hold runs of spaces and rules, but no endless ones.
    private const int RunChars = 16;

    private const int Token = 100;
    private const int Accent = 30;
    private const int RareAccent = 80;

    // The rest of it's, don't, you'll.
    private const int Contraction = 40;
    private const int MostContracted = 2;

    private enum Kind
    {
        Letter,
        Digit,
        Sign,
        Space,
    }

    /// <summary>Estimates; never 0 for a text that is not empty.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        long cost = 0;
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            switch (KindOf(text[at]))
            {
                case Kind.Letter:
                    int word = Word(text, ref at);
                    cost += at - start <= MostContracted && start > 1 && text[start - 1] is '\'' or '’' && KindOf(text[start - 2]) == Kind.Letter
                        ? Contraction : word + LeadCost(text, start, at - start);
                    break;
                case Kind.Digit:
                    while (at < text.Length && char.IsAsciiDigit(text[at]))
                    {
                        at++;
                    }

                    cost += Token * ((at - start + 2) / 3);
                    break;
                case Kind.Sign:
                    cost += Signs(text, ref at);
                    break;
                default:
                    cost += Space(text, ref at);
                    break;
            }
        }

        return text.Length > 0 ? (int)((cost + Token - 1) / Token) : 0;
    }

    private static Kind KindOf(char c) =>
        char.IsAsciiDigit(c) ? Kind.Digit
        : char.IsAsciiLetter(c) ? Kind.Letter
        : c is ' ' or '\t' or '\r' or '\n' ? Kind.Space
        : c < 0x80 ? Kind.Sign
        : char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? Kind.Letter : Kind.Sign;

    private static int Word(ReadOnlySpan<char> text, ref int at)
    {
        int latin = 0;
        int capitals = 0;
        int accents = 0;
        int other = 0;
        int start = at;
        for (; at < text.Length && KindOf(text[at]) == Kind.Letter; at++)
        {
            char c = text[at];
            if (at > start && char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(text[at - 1]))
            {
                break;
            }

            if (c < 0x250 || c is >= '\u1e00' and < '\u1f00')
            {
                latin++;
                capitals += char.IsAsciiLetterUpper(c) ? 1 : 0;
                accents += c < 0x80 ? 0 : c is >= '\u0100' and < '\u0250' ? RareAccent : Accent;
            }
            else
            {
                other += RateOf(c);
            }
        }

        int cost = latin == 0 ? 0 : capitals == latin ? Token + (20 * Math.Max(0, latin - 2)) : Token + (17 * Math.Max(0, latin - 6)) + accents;
        return Math.Max(Token, cost + other);
    }

    // By block: Greek, Cyrillic, Hebrew, Arabic, the scripts of India, Thai and Lao, Kana, Hangul, Han and the rest.
    private static int RateOf(char c) => c switch
    {
        < '\u0400' => 42,
        < '\u0530' => 29,
        < '\u0600' => 45,
        < '\u0800' => 26,
        < '\u0e00' => 36,
        < '\u0f00' => 44,
        >= '\u3040' and < '\u3100' => 68,
        >= '\uac00' and < '\ud7b0' => 88,
        _ => 80,
    };

    // A single sign before a word, with no space before it, goes with the word, which is rarely one token then.
    private static int LeadCost(ReadOnlySpan<char> text, int start, int length) =>
        start == 0 || KindOf(text[start - 1]) != Kind.Sign || !IsLead(text, start - 1) ? 0 : length <= 3 ? 25 : 45;

    private static bool IsLead(ReadOnlySpan<char> text, int at) => at == 0 || KindOf(text[at - 1]) is Kind.Letter or Kind.Digit || text[at - 1] is '\n' or '\r';

    private static int Signs(ReadOnlySpan<char> text, ref int at)
    {
        int start = at;
        bool isSame = true;
        int wide = 0;
        for (; at < text.Length && KindOf(text[at]) == Kind.Sign; at++)
        {
            isSame &= text[at] == text[start];
            wide += text[at] >= 0x80 ? 1 : 0;
        }

        int count = at - start;
        if (count == 1 && at < text.Length && KindOf(text[at]) == Kind.Letter && IsLead(text, start))
        {
            return 0;
        }

        int cost = isSame ? Runs(count) : Token + (30 * Math.Max(0, count - 3));

        // Line ends go with the signs before them. Pictures are two characters of about one and a half tokens.
        int line = at;
        while (at < text.Length && at - line < RunChars && text[at] is '\n' or '\r')
        {
            at++;
        }

        return Math.Max(cost, 70 * wide);
    }

    private static int Space(ReadOnlySpan<char> text, ref int at)
    {
        int start = at;
        while (at < text.Length && KindOf(text[at]) == Kind.Space)
        {
            at++;
        }

        // The last space belongs to the word after it, and so does all of a single one.
        bool isAbsorbed = text[at - 1] == ' ' && at < text.Length && KindOf(text[at]) != Kind.Digit;
        return Runs(at - start - (isAbsorbed ? 1 : 0));
    }

    private static int Runs(int chars) => Token * ((chars + RunChars - 1) / RunChars);

    /// <summary>Returns how many characters of the text fit into a budget, cut between words where there is a space.</summary>
    public static int CharsWithin(ReadOnlySpan<char> text, int budget)
    {
        if (Of(text) <= budget)
        {
            return text.Length;
        }

        int fits = 0;
        int over = text.Length;
        while (over - fits > 1)
        {
            int middle = fits + ((over - fits) / 2);
            if (Of(text[..middle]) <= budget)
            {
                fits = middle;
            }
            else
            {
                over = middle;
            }
        }

        int space = text[..fits].LastIndexOf(' ');
        int cut = space > fits / 2 ? space : fits;
        return cut > 0 && char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut;
    }
}
