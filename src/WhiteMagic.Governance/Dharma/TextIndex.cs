using System;
using System.Collections.Generic;
using System.Numerics;
using WhiteMagic.Governance.Dharma.Patterns;

namespace WhiteMagic.Governance.Dharma;

/// <summary>
/// Which rules a text can concern, in one pass over it. A rule with keywords is hit by the first word of one of them, a rule with patterns by
/// three bytes that stand in every match of them; both are looked up in one table. A hit is no match yet: the rule itself is asked.
/// </summary>
internal sealed class TextIndex
{
    // Each place in a text costs one look into this many bits, which stay in the processor's first cache.
    private const int FilterBits = 1 << 15;
    private const uint Spread = 0x9E3779B1;

    private readonly bool[] _isCovered;
    private readonly ulong[] _filter = new ulong[FilterBits / 64];
    private readonly int[] _buckets;
    private readonly int _shift;
    private readonly List<Entry> _entries = [];

    internal TextIndex(IReadOnlyList<Rule> rules)
    {
        _isCovered = new bool[rules.Count];
        for (int i = 0; i < rules.Count; i++)
        {
            Cover(rules[i].Match, i);
        }

        _buckets = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(_entries.Count * 2, 16))];
        _shift = 32 - BitOperations.Log2((uint)_buckets.Length);
        for (int i = 0; i < _entries.Count; i++)
        {
            uint hash = HashOf(_entries[i].Bytes);
            _filter[(hash >> 17) >> 6] |= 1UL << (int)((hash >> 17) & 63);
            ref int bucket = ref _buckets[hash >> _shift];
            _entries[i].Next = bucket;
            bucket = i + 1;
        }
    }

    /// <summary>Whether a rule need not be asked unless it is hit.</summary>
    internal bool Covers(int rule) => _isCovered[rule];

    /// <summary>Marks the rules that are hit and lists each once.</summary>
    internal void Find(ReadOnlySpan<byte> folded, bool[] isHit, List<int> hits)
    {
        if (_entries.Count == 0)
        {
            return;
        }

        for (int at = 0; at + 2 <= folded.Length; at++)
        {
            // Two bytes are looked up only as a whole word, which the third is then no part of.
            uint third = at + 2 < folded.Length ? folded[at + 2] : (byte)'\n';
            uint hash = Hash(folded[at], folded[at + 1], Keyword.IsWordByte((byte)third) ? third : 0);
            uint bit = hash >> 17;
            if ((_filter[bit >> 6] >> (int)(bit & 63) & 1) != 0)
            {
                Look(folded[at..], hash, isHit, hits);
            }
        }
    }

    private void Look(ReadOnlySpan<byte> rest, uint hash, bool[] isHit, List<int> hits)
    {
        for (int i = _buckets[hash >> _shift]; i != 0; i = _entries[i - 1].Next)
        {
            Entry entry = _entries[i - 1];
            if (!isHit[entry.Rule] && rest.StartsWith(entry.Bytes))
            {
                isHit[entry.Rule] = true;
                hits.Add(entry.Rule);
            }
        }
    }

    // A rule that has keywords and patterns needs both to hold, so either kind alone finds it.
    private void Cover(Matchers match, int rule)
    {
        var texts = new List<byte[]>();
        foreach (Keyword keyword in match.Keywords)
        {
            texts.Add(keyword.Folded.AsSpan(0, keyword.FirstLength).ToArray());
        }

        if (match.Keywords.Length == 0)
        {
            foreach (Pattern pattern in match.Patterns)
            {
                if (pattern.Literals is not { } literals)
                {
                    return;
                }

                texts.AddRange(literals);
            }
        }

        // A word of one byte would be looked for at every place.
        foreach (byte[] text in texts)
        {
            if (text.Length < 2)
            {
                return;
            }
        }

        _isCovered[rule] = texts.Count > 0;
        foreach (byte[] text in texts)
        {
            _entries.Add(new Entry(text, rule));
        }
    }

    // What is not part of a word counts as 0 in the third place, so that a word of two bytes is found whatever follows it.
    private static uint HashOf(byte[] bytes) => Hash(bytes[0], bytes[1], bytes.Length > 2 && Keyword.IsWordByte(bytes[2]) ? bytes[2] : 0u);

    private static uint Hash(uint first, uint second, uint third) => (first | (second << 8) | (third << 16)) * Spread;

    /// <summary>The beginning of a text that hits a rule.</summary>
    private sealed class Entry(byte[] bytes, int rule)
    {
        internal byte[] Bytes { get; } = bytes;

        internal int Rule { get; } = rule;

        /// <summary>The next entry of the bucket, counted from 1; 0 ends it.</summary>
        internal int Next { get; set; }
    }
}
