using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace WhiteMagic.Memory.Recall;

/// <summary>
/// The words that a query asks for. Any text is a query: words are runs of letters, digits and marks, everything else only separates,
/// so no operator of a search engine can come through.
/// </summary>
public static class QueryWords
{
    /// <summary>Further words of a long query add time and little else.</summary>
    public const int MaxWords = 64;

    /// <summary>
    /// Returns the distinct words, lower case, in order, without stop words; with them when there are no others; none for a text without words.
    /// </summary>
    public static List<string> Of(string query)
    {
        List<string> words = Collect(query, keepStopWords: false);
        return words.Count > 0 ? words : Collect(query, keepStopWords: true);
    }

    private static List<string> Collect(string query, bool keepStopWords)
    {
        var words = new List<string>();
        int at = 0;
        while (at < query.Length && words.Count < MaxWords)
        {
            int start = at;
            int length = 0;
            while (at < query.Length && Rune.DecodeFromUtf16(query.AsSpan(at), out Rune rune, out length) == System.Buffers.OperationStatus.Done && IsWordRune(rune))
            {
                at += length;
            }

            if (at == start)
            {
                at += Math.Max(1, length);
                continue;
            }

            string word = query[start..at].ToLowerInvariant();
            if ((keepStopWords || !StopWords.Contains(word)) && !words.Contains(word))
            {
                words.Add(word);
            }
        }

        return words;
    }

    // The categories that FTS5's unicode61 tokenizer takes for parts of a word (L*, N*, Co), and marks, which it folds away.
    private static bool IsWordRune(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.PrivateUse or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => true,
        _ => false,
    };
}
