using System;
using System.Collections.Generic;

namespace WhiteMagic.Cli.Defining;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Suggestion
{
    // More than this many slips is another word.
    private const int MostSlips = 2;
    private const int LongestWord = 32;

    /// <summary>Returns <c> (did you mean X?)</c>, or nothing when no allowed word is near.</summary>
    internal static string For(string word, IReadOnlyList<string> allowed)
    {
        string? best = null;
        int least = Math.Min(MostSlips, word.Length / 2) + 1;
        foreach (string candidate in allowed)
        {
            int slips = Distance(word, candidate);
            if (slips < least)
            {
                least = slips;
                best = candidate;
            }
        }

        return best is null ? "" : $" (did you mean {best}?)";
    }

    // Levenshtein's distance, row by row.
    private static int Distance(string a, string b)
    {
        if (a.Length > LongestWord || b.Length > LongestWord)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[LongestWord + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = a[i - 1] == b[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
