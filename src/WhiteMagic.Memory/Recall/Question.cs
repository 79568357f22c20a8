using System;
using System.Text;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Memory.Recall;

/// <summary>
/// What a query asks for: its terms in order, and what it says of time. Any text is a query: there is no syntax, so no operator can come through.
/// </summary>
public sealed class Question
{
    /// <summary>Further terms of a long query add time and little else.</summary>
    public const int MostTerms = 64;

    private readonly QuestionTerm[] _terms = new QuestionTerm[MostTerms];
    private int _count;

    private Question(byte[] utf8, QuestionTime time)
    {
        Utf8 = utf8;
        Time = time;
        Collect();
        if (_count == 0)
        {
            KeepsStopWords = true;
            Collect();
        }
    }

    /// <summary>Reads a query.</summary>
    /// <param name="query">Any text.</param>
    /// <param name="nowMs">The present, for what is relative to it.</param>
    public static Question Of(string query, long nowMs) => new(Encoding.UTF8.GetBytes(query), QuestionTime.Of(query, nowMs));

    /// <summary>The different terms, in order; without stop words if there are others, none for a text without words.</summary>
    public ReadOnlySpan<QuestionTerm> Terms => _terms.AsSpan(0, _count);

    /// <summary>Whether the terms are stop words, because there is nothing else.</summary>
    public bool KeepsStopWords { get; }

    /// <summary>What it says about time.</summary>
    public QuestionTime Time { get; }

    /// <summary>The query.</summary>
    public byte[] Utf8 { get; }

    /// <summary>The position of the term with a hash; -1 when there is none.</summary>
    public int IndexOf(ulong hash)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_terms[i].Hash == hash)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Puts the word that was meant in the place of one that no memory has.</summary>
    public void Repair(int index, ulong hash)
    {
        ulong before = _terms[index].Hash;
        foreach (QuestionTerm term in Terms)
        {
            term.Before = term.Before == before ? hash : term.Before;
        }

        _terms[index].Hash = hash;
        _terms[index].IsRepaired = true;
    }

    private void Collect()
    {
        var tokens = new Tokenizer(Utf8, KeepsStopWords);
        ulong before = 0;
        for (ulong hash = tokens.Next(); hash != 0 && _count < MostTerms; hash = tokens.Next())
        {
            if (IndexOf(hash) < 0)
            {
                _terms[_count++] = new QuestionTerm(hash, before, Utf8.AsMemory(tokens.Start, tokens.End - tokens.Start));
            }

            before = hash;
        }
    }
}
