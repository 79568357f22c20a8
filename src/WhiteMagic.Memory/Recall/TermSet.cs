using System;
using System.Text;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Memory.Recall;

/// <summary>The different terms of a text, to know how much two texts have in common: a hash table of hashes.</summary>
internal sealed class TermSet
{
    // Of a long text the beginning says what it repeats.
    private const int MostChars = 8 << 10;
    private const int SmallestCapacity = 64;

    private ulong[] _terms = new ulong[SmallestCapacity];
    private int _count;

    internal TermSet(string text)
    {
        var tokens = new Tokenizer(Encoding.UTF8.GetBytes(text, 0, Math.Min(text.Length, MostChars)));
        for (ulong hash = tokens.Next(); hash != 0; hash = tokens.Next())
        {
            Add(hash);
        }
    }

    /// <summary>Jaccard similarity of two sets, 0 to 1; 0 when one is empty.</summary>
    internal double Similarity(TermSet other)
    {
        int common = 0;
        foreach (ulong term in _terms)
        {
            common += term != 0 && other._terms[other.PlaceOf(term)] == term ? 1 : 0;
        }

        return common == 0 ? 0 : common / (double)(_count + other._count - common);
    }

    private int PlaceOf(ulong term)
    {
        int mask = _terms.Length - 1;
        int at = (int)term & mask;
        while (_terms[at] != 0 && _terms[at] != term)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Add(ulong term)
    {
        if (_count >= _terms.Length / 2)
        {
            ulong[] before = _terms;
            _terms = new ulong[before.Length * 2];
            foreach (ulong each in before)
            {
                if (each != 0)
                {
                    _terms[PlaceOf(each)] = each;
                }
            }
        }

        int at = PlaceOf(term);
        _count += _terms[at] == 0 ? 1 : 0;
        _terms[at] = term;
    }
}
