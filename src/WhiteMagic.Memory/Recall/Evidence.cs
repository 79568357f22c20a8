using System;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Memory.Recall;

/// <summary>What the text of a memory says for a query beyond how often it has which term.</summary>
public sealed class Evidence(Question question)
{
    private readonly bool[] _isExact = new bool[Question.MostTerms];
    private readonly bool[] _isAdjacent = new bool[Question.MostTerms];

    /// <summary>Sum of what each pair of neighbours in the query tells that are neighbours in the texts too.</summary>
    public double Adjacent { get; private set; }

    /// <summary>Sum of the idf of the terms that are in the texts as they were written.</summary>
    public double Exact { get; private set; }

    /// <summary>Begins with another memory.</summary>
    public void Clear()
    {
        Array.Clear(_isExact);
        Array.Clear(_isAdjacent);
        (Adjacent, Exact) = (0, 0);
    }

    /// <summary>Looks at a text of the memory.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        var tokens = new Tokenizer(text, question.KeepsStopWords);
        ulong before = 0;
        for (ulong hash = tokens.Next(); hash != 0; hash = tokens.Next())
        {
            if (question.IndexOf(hash) is >= 0 and var i)
            {
                QuestionTerm term = question.Terms[i];
                if (!_isExact[i] && !term.IsRepaired && IsSame(text[tokens.Start..tokens.End], term.Text.Span))
                {
                    _isExact[i] = true;
                    Exact += term.Idf;
                }

                if (!_isAdjacent[i] && before != 0 && term.Before == before && !term.IsName
                    && question.IndexOf(before) is >= 0 and var other && !question.Terms[other].IsName)
                {
                    _isAdjacent[i] = true;
                    Adjacent += Math.Max(term.Idf, question.Terms[other].Idf);
                }
            }

            before = hash;
        }
    }

    // Case apart.
    private static bool IsSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => System.Text.Ascii.EqualsIgnoreCase(a, b) || a.SequenceEqual(b);
}
