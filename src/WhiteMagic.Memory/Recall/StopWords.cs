using System;
using System.Collections.Generic;

namespace WhiteMagic.Memory.Recall;

/// <summary>English words that say how a sentence is built, not what it is about; they are left out of a query that has others.</summary>
public static class StopWords
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words = new HashSet<string>(
        ("a about above after again all am an and any are as at be because been before being below between both but by can could did do does doing "
        + "down during each few for from further had has have having he her here hers him his how i if in into is it its just me more most my no nor "
        + "not of off on once only or other our ours out over own s same say says said she should so some such t than that the their theirs them then "
        + "there these they this those through to too under until up us very was we were what when where which while who whom why will with would you "
        + "your yours d ll m re ve don didn doesn isn wasn weren won wouldn couldn shouldn hasn haven hadn")
        .Split(' '), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a lower-case word is one of them.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => _words.Contains(word);
}
