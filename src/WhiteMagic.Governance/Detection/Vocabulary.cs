using System;
using System.Collections.Generic;
using System.Text;

namespace WhiteMagic.Governance.Detection;

/// <summary>The words of all phrases, numbered from 1, and the phrases that each can begin.</summary>
internal sealed class Vocabulary
{
    /// <summary>Longer words are in no phrase.</summary>
    internal const int MostBytes = 24;

    private const int BucketCount = 2048;

    private readonly List<byte[]> _words = [];
    private readonly List<List<Phrase>> _phrases = [];
    private readonly int[] _buckets = new int[BucketCount];
    private readonly List<int> _next = [];

    internal Vocabulary()
    {
        foreach (string row in Phrases.All())
        {
            int kind = row.IndexOf(' ', StringComparison.Ordinal);
            var phrase = new Phrase(row[..kind], row[(kind + 1)..], Add);
            foreach (int first in phrase.Firsts)
            {
                _phrases[first - 1].Add(phrase);
            }
        }
    }

    /// <summary>The number of a word in lower case; 0 when it is in no phrase.</summary>
    internal int Find(ReadOnlySpan<byte> word)
    {
        for (int id = _buckets[Hash(word)]; id != 0; id = _next[id - 1])
        {
            if (word.SequenceEqual(_words[id - 1]))
            {
                return id;
            }
        }

        return 0;
    }

    internal List<Phrase> Beginning(int word) => _phrases[word - 1];

    private int Add(string text)
    {
        byte[] word = Encoding.UTF8.GetBytes(text);
        if (Find(word) is > 0 and int known)
        {
            return known;
        }

        ref int bucket = ref _buckets[Hash(word)];
        _words.Add(word);
        _phrases.Add([]);
        _next.Add(bucket);
        return bucket = _words.Count;
    }

    private static int Hash(ReadOnlySpan<byte> word)
    {
        uint hash = (uint)word.Length;
        foreach (byte b in word)
        {
            hash = (hash ^ b) * 0x01000193;
        }

        return (int)((hash ^ (hash >> 15)) % BucketCount);
    }
}
