namespace WhiteMagic.Memory.Recall;

/// <summary>What each part of a score weighs; docs/recall.md tells how they were found.</summary>
public static class RecallWeights
{
    /// <summary>k1 of BM25: repetitions say little.</summary>
    public const double K1 = 0.6;

    /// <summary>b of BM25: length matters little.</summary>
    public const double B = 0.2;

    /// <summary>A term in one of the two memories before or after in the session, against one in the memory itself.</summary>
    public const double Neighbour = 0.25;

    /// <summary>BM25 of the session.</summary>
    public const double Session = 0.4;

    /// <summary>The question names the memory's speaker and no other. This and the next three are shares of the best text score.</summary>
    public const double Speaker = 0.5;

    /// <summary>The question names the time when it happened; see <see cref="QuestionTime.Match"/>.</summary>
    public const double Date = 0.4;

    /// <summary>The question asks when, and the memory has words of time.</summary>
    public const double When = 0.2;

    /// <summary>ln(1 + words).</summary>
    public const double Length = 0.06;

    /// <summary>Neighbours in the question that are neighbours in the memory, by the larger idf.</summary>
    public const double Adjacent = 0.2;

    /// <summary>Words that are there as they were written, by their idf.</summary>
    public const double Exact = 0.02;

    /// <summary>A meaning like the question's by an embedding model; a share of the best text score.</summary>
    public const double Meaning = 0.3;

    /// <summary>Cosines up to this say nothing.</summary>
    public const double LeastCosine = 0.35;

    /// <summary>What is left of the score of a memory that another one replaced.</summary>
    public const double Superseded = 0.5;
}
