using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.Search;

// The Porter stemmer (M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980), with the three points in which its author's own
// program departs from the paper, so that it gives his published vocabulary: words of one or two letters stay as they are, "bli" becomes
// "ble" (not only "abli"), and "logi" becomes "log".
//
// Problem: "connect", "connected" and "connections" should be one term.
//
//   m(stem) = number of changes from a vowel to a consonant: [C](VC)^m[V]; y is a vowel after a consonant
//   1a sses ss; ies i; ss ss; s -        1b (m>0) eed ee; (vowel) ed, ing -, then at -> ate, bl -> ble, iz -> ize,
//   1c (vowel) y i                          double consonant but l s z -> single, (m=1, ends cvc) -> e
//   2  (m>0) ational ate, ... biliti ble; logi log    3  (m>0) icate ic, ... ness -
//   4  (m>1) al, ance, ... ize -, and ion after s or t
//   5a (m>1) e -, (m=1 and not cvc) e -    5b (m>1) ll -> l
//
// Steps 2 to 4 are data: for each suffix its length and text, the length and text of what replaces it. The longest suffix that fits decides,
// whether or not its condition holds.
// Cost: some 50 ns a word; no memory. Knowingly not optimal: suffixes are tried one after another; trying by the last letter but one, as the
// original program does, would save a few comparisons.

/// <summary>Reduces English words to their stems.</summary>
public static class PorterStemmer
{
    private const int ShortestStemmed = 3;

    // Within a step, a suffix stands before every other one that is its end.
    private static ReadOnlySpan<byte> Step2 =>
        "\u0007ational\u0003ate\u0006tional\u0004tion\u0004enci\u0004ence\u0004anci\u0004ance\u0004izer\u0003ize\u0003bli\u0003ble\u0004alli\u0002al\u0005entli\u0003ent\u0003eli\u0001e\u0005ousli\u0003ous\u0007ization\u0003ize\u0005ation\u0003ate\u0004ator\u0003ate\u0005alism\u0002al\u0007iveness\u0003ive\u0007fulness\u0003ful\u0007ousness\u0003ous\u0005aliti\u0002al\u0005iviti\u0003ive\u0006biliti\u0003ble\u0004logi\u0003log"u8;

    private static ReadOnlySpan<byte> Step3 =>
        "\u0005icate\u0002ic\u0005ative\u0000\u0005alize\u0002al\u0005iciti\u0002ic\u0004ical\u0002ic\u0003ful\u0000\u0004ness\u0000"u8;

    private static ReadOnlySpan<byte> Step4 =>
        "\u0002al\u0000\u0004ance\u0000\u0004ence\u0000\u0002er\u0000\u0002ic\u0000\u0004able\u0000\u0004ible\u0000\u0003ant\u0000\u0005ement\u0000\u0004ment\u0000\u0003ent\u0000\u0003ion\u0000\u0002ou\u0000\u0003ism\u0000\u0003ate\u0000\u0003iti\u0000\u0003ous\u0000\u0003ive\u0000\u0003ize\u0000"u8;

    /// <summary>
    /// Stems a word of lower-case ASCII letters in place and returns its new length, which is never greater. Other bytes count as consonants.
    /// </summary>
    public static int Stem(Span<byte> word)
    {
        int length = word.Length;
        if (length < ShortestStemmed)
        {
            return length;
        }

        length = StripPlural(word, length);
        length = StripPast(word, length);
        if (EndsWith(word[..length], "y"u8) && HasVowel(word[..(length - 1)]))
        {
            word[length - 1] = (byte)'i';
        }

        length = Replace(word, length, Step2, 0);
        length = Replace(word, length, Step3, 0);
        length = Replace(word, length, Step4, 1);
        return StripE(word, length);
    }

    private static int StripPlural(Span<byte> word, int length)
    {
        if (word[length - 1] != 's')
        {
            return length;
        }

        if (EndsWith(word[..length], "sses"u8) || EndsWith(word[..length], "ies"u8))
        {
            return length - 2;
        }

        return word[length - 2] == 's' ? length : length - 1;
    }

    private static int StripPast(Span<byte> word, int length)
    {
        if (EndsWith(word[..length], "eed"u8))
        {
            return Measure(word[..(length - 3)]) > 0 ? length - 1 : length;
        }

        int suffix = EndsWith(word[..length], "ed"u8) ? 2 : EndsWith(word[..length], "ing"u8) ? 3 : 0;
        if (suffix == 0 || !HasVowel(word[..(length - suffix)]))
        {
            return length;
        }

        // The suffix left room for the letter that is put back.
        length -= suffix;
        if (EndsWith(word[..length], "at"u8) || EndsWith(word[..length], "bl"u8) || EndsWith(word[..length], "iz"u8))
        {
            word[length] = (byte)'e';
            return length + 1;
        }

        if (EndsInDoubleConsonant(word[..length]))
        {
            return word[length - 1] is (byte)'l' or (byte)'s' or (byte)'z' ? length : length - 1;
        }

        if (Measure(word[..length]) == 1 && EndsInShortSyllable(word[..length]))
        {
            word[length] = (byte)'e';
            return length + 1;
        }

        return length;
    }

    private static int Replace(Span<byte> word, int length, ReadOnlySpan<byte> rules, int measureAbove)
    {
        while (rules.Length > 0)
        {
            ReadOnlySpan<byte> suffix = rules.Slice(1, rules[0]);
            rules = rules[(1 + suffix.Length)..];
            ReadOnlySpan<byte> replacement = rules.Slice(1, rules[0]);
            rules = rules[(1 + replacement.Length)..];
            if (!EndsWith(word[..length], suffix))
            {
                continue;
            }

            ReadOnlySpan<byte> stem = word[..(length - suffix.Length)];
            bool isIonElsewhere = suffix.Length == 3 && EndsWith(suffix, "ion"u8) && !(EndsWith(stem, "s"u8) || EndsWith(stem, "t"u8));
            if (Measure(stem) <= measureAbove || isIonElsewhere)
            {
                return length;
            }

            replacement.CopyTo(word[stem.Length..]);
            return stem.Length + replacement.Length;
        }

        return length;
    }

    private static int StripE(Span<byte> word, int length)
    {
        if (word[length - 1] == 'e')
        {
            ReadOnlySpan<byte> stem = word[..(length - 1)];
            int measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsInShortSyllable(stem)))
            {
                length--;
            }
        }

        return EndsWith(word[..length], "ll"u8) && Measure(word[..length]) > 1 ? length - 1 : length;
    }

    private static int Measure(ReadOnlySpan<byte> stem)
    {
        int measure = 0;
        bool afterVowel = false;
        for (int i = 0; i < stem.Length; i++)
        {
            bool vowel = IsVowel(stem[i], i > 0 && !afterVowel);
            if (afterVowel && !vowel)
            {
                measure++;
            }

            afterVowel = vowel;
        }

        return measure;
    }

    private static bool HasVowel(ReadOnlySpan<byte> stem)
    {
        for (int i = 0; i < stem.Length; i++)
        {
            // Before the first vowel all letters are consonants.
            if (IsVowel(stem[i], i > 0))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsInDoubleConsonant(ReadOnlySpan<byte> stem) =>
        stem.Length >= 2 && stem[^1] == stem[^2] && !IsVowelAt(stem, stem.Length - 1);

    // Consonant, vowel, consonant other than w, x or y.
    private static bool EndsInShortSyllable(ReadOnlySpan<byte> stem)
    {
        int last = stem.Length - 1;
        return last >= 2 && !IsVowelAt(stem, last) && IsVowelAt(stem, last - 1) && !IsVowelAt(stem, last - 2)
            && stem[last] is not ((byte)'w' or (byte)'x' or (byte)'y');
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsVowelAt(ReadOnlySpan<byte> word, int at)
    {
        // A run of y alternates, so the letter before the run decides.
        bool afterConsonant = false;
        int start = at;
        while (start > 0 && word[start] == 'y')
        {
            start--;
        }

        for (int i = start; i <= at; i++)
        {
            afterConsonant = !IsVowel(word[i], i > 0 && afterConsonant);
        }

        return !afterConsonant;
    }

    private static bool IsVowel(byte letter, bool afterConsonant) =>
        letter is (byte)'a' or (byte)'e' or (byte)'i' or (byte)'o' or (byte)'u' || (letter == 'y' && afterConsonant);

    // Suffixes are a few bytes: a loop is smaller than what the framework has for long ones, and as fast.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool EndsWith(ReadOnlySpan<byte> word, ReadOnlySpan<byte> suffix)
    {
        if (word.Length < suffix.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> end = word[(word.Length - suffix.Length)..];
        for (int i = 0; i < suffix.Length; i++)
        {
            if (end[i] != suffix[i])
            {
                return false;
            }
        }

        return true;
    }
}
