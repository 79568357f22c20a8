using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>
/// How many tokens a text will cost a model, estimated without a vocabulary: a word of up to six letters is one token and each further
/// four letters another, three digits make one, sixteen of the same sign one, a character outside ASCII letters about two thirds of one.
/// </summary>
public static class TokenEstimate
{
    // Vocabularies hold runs of spaces and rules, but no endless ones.
    private const int RunChars = 16;

    /// <summary>Estimates one pass over the text; never 0 for a text that is not empty.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        int tokens = 0;
        int wide = 0;
        for (int at = 0; at < text.Length;)
        {
            char c = text[at];
            int start = at;
            if (char.IsAsciiLetter(c))
            {
                while (at < text.Length && char.IsAsciiLetter(text[at]))
                {
                    at++;
                }

                tokens += 1 + (Math.Max(0, at - start - 6) + 3) / 4;
            }
            else if (char.IsAsciiDigit(c))
            {
                while (at < text.Length && char.IsAsciiDigit(text[at]))
                {
                    at++;
                }

                tokens += (at - start + 2) / 3;
            }
            else if (c == ' ')
            {
                // A single space belongs to the word after it.
                at++;
                while (at < text.Length && text[at] == ' ')
                {
                    at++;
                }

                tokens += at - start > 1 ? Runs(at - start) : 0;
            }
            else if (c < 0x80)
            {
                while (at < text.Length && text[at] == c)
                {
                    at++;
                }

                tokens += Runs(at - start);
            }
            else
            {
                wide++;
                at++;
            }
        }

        tokens += (wide * 2 + 2) / 3;
        return text.Length > 0 ? Math.Max(1, tokens) : 0;
    }

    private static int Runs(int chars) => (chars + RunChars - 1) / RunChars;

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
