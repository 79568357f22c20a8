using System;
using System.Text;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Memory.Recall;

/// <summary>
/// What a word that no memory has may have been meant to be: a word that differs by one letter left out, put in, exchanged, or two in the wrong order
/// (F. Damerau, "A technique for computer detection and correction of spelling errors", 1964); of those the one that most memories have.
/// </summary>
public static class Misspelling
{
    // Words of three letters have too many neighbours, and a long run of letters is no word.
    private const int LeastLetters = 4;
    private const int MostLetters = 24;

    // Alphabets by their first and last small letter. Other scripts are repaired without new letters.
    private static readonly (char First, char Last)[] _alphabets = [('a', 'z'), ('α', 'ω'), ('а', 'я'), ('א', 'ת')];

    /// <summary>Finds the word most likely meant.</summary>
    /// <param name="word">UTF-8, as it was written.</param>
    /// <param name="countOf">In how many memories the term of a hash is.</param>
    /// <returns>Its hash; 0 when there is none, or the likeliest is a stop word.</returns>
    public static ulong Repair(ReadOnlySpan<byte> word, Func<ulong, long> countOf)
    {
        if (word.Length > 4 * MostLetters)
        {
            return 0;
        }

        string text = Encoding.UTF8.GetString(word).ToLowerInvariant();
        if (text.Length is < LeastLetters or > MostLetters || !IsWord(text))
        {
            return 0;
        }

        var search = new Search(countOf);
        Span<char> variant = stackalloc char[MostLetters + 1];
        for (int i = 0; i < text.Length; i++)
        {
            // Left out.
            text.AsSpan(0, i).CopyTo(variant);
            text.AsSpan(i + 1).CopyTo(variant[i..]);
            search.Offer(variant[..(text.Length - 1)]);

            // Two in the wrong order.
            if (i > 0 && text[i] != text[i - 1])
            {
                text.CopyTo(variant);
                (variant[i - 1], variant[i]) = (variant[i], variant[i - 1]);
                search.Offer(variant[..text.Length]);
            }
        }

        (char first, char last) = AlphabetOf(text);
        for (char letter = first; letter <= last; letter++)
        {
            for (int i = 0; i <= text.Length; i++)
            {
                // Put in.
                text.AsSpan(0, i).CopyTo(variant);
                variant[i] = letter;
                text.AsSpan(i).CopyTo(variant[(i + 1)..]);
                search.Offer(variant[..(text.Length + 1)]);

                // Exchanged.
                if (i < text.Length && text[i] != letter)
                {
                    text.CopyTo(variant);
                    variant[i] = letter;
                    search.Offer(variant[..text.Length]);
                }
            }
        }

        return search.Best;
    }

    private static bool IsWord(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsLetter(c))
            {
                return false;
            }
        }

        return true;
    }

    private static (char First, char Last) AlphabetOf(string text)
    {
        foreach ((char first, char last) in _alphabets)
        {
            if (text[0] >= first && text[0] <= last)
            {
                return (first, last);
            }
        }

        return ('b', 'a');
    }

    private sealed class Search(Func<ulong, long> countOf)
    {
        private readonly byte[] _utf8 = new byte[4 * (MostLetters + 1)];
        private long _bestCount;
        private bool _isStopWord;
        private ulong _best;

        internal ulong Best => _isStopWord ? 0 : _best;

        internal void Offer(ReadOnlySpan<char> variant)
        {
            var tokens = new Tokenizer(_utf8.AsSpan(0, Encoding.UTF8.GetBytes(variant, _utf8)));
            ulong hash = tokens.Next();

            // Nothing is more frequent than a stop word.
            _isStopWord |= hash == 0;
            long count = hash == 0 ? 0 : countOf(hash);
            if (count > _bestCount)
            {
                (_best, _bestCount) = (hash, count);
            }
        }
    }
}
