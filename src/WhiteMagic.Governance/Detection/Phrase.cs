using System;

namespace WhiteMagic.Governance.Detection;

/// <summary>
/// A sentence that gives orders to the model, as sets of words with gaps: <c>ignore|forget ~3 previous|above ~2 instructions|rules</c> is one of
/// the first words, then within up to three others one of the next, and so on. Without a gap the words stand side by side.
/// </summary>
internal sealed class Phrase
{
    private readonly int[][] _words;
    private readonly int[] _gaps;

    /// <param name="kind">What it is called.</param>
    /// <param name="text">The sets and gaps.</param>
    /// <param name="idOf">The number of a word in the vocabulary.</param>
    internal Phrase(string kind, string text, Func<string, int> idOf)
    {
        Kind = kind;
        string[] parts = text.Split(' ');
        int count = 0;
        foreach (string part in parts)
        {
            count += part[0] == '~' ? 0 : 1;
        }

        _words = new int[count][];
        _gaps = new int[count];
        int at = 0;
        int gap = 0;
        foreach (string part in parts)
        {
            if (part[0] == '~')
            {
                gap = part[1] - '0';
                continue;
            }

            string[] choices = part.Split('|');
            _words[at] = new int[choices.Length];
            for (int i = 0; i < choices.Length; i++)
            {
                _words[at][i] = idOf(choices[i]);
            }

            _gaps[at++] = gap;
            gap = 0;
        }
    }

    internal string Kind { get; }

    /// <summary>The words that it can begin with.</summary>
    internal ReadOnlySpan<int> Firsts => _words[0];

    /// <summary>How many words it takes from the first of these on; 0 when they are not this phrase.</summary>
    /// <param name="words">Numbers of the words that follow each other, 0 for those that are in no phrase.</param>
    internal int Match(ReadOnlySpan<int> words) => Contains(_words[0], words[0]) ? Match(words, 1, 1) : 0;

    private int Match(ReadOnlySpan<int> words, int part, int from)
    {
        if (part == _words.Length)
        {
            return from;
        }

        int last = Math.Min(words.Length - 1, from + _gaps[part]);
        for (int at = from; at <= last; at++)
        {
            if (Contains(_words[part], words[at]) && Match(words, part + 1, at + 1) is > 0 and int end)
            {
                return end;
            }
        }

        return 0;
    }

    private static bool Contains(int[] set, int word) => word != 0 && Array.IndexOf(set, word) >= 0;
}
