using WhiteMagic.Memory;
using WhiteMagic.Memory.Recall;

namespace WhiteMagic.Sqlite.Search;

/// <summary>A memory that may be among the results, with what its score is made of.</summary>
internal sealed class Candidate(int number, ScoreParts parts)
{
    internal int Number { get; } = number;

    internal ScoreParts Parts { get; } = parts;

    internal double Score { get; set; } = parts.Sum;

    internal MemoryId Id { get; init; }

    internal long CreatedAtMs { get; init; }

    /// <summary>The memory that replaced it.</summary>
    internal MemoryId? Successor { get; init; }

    /// <summary>Whether this one comes before another: the better, of equally good ones that which was not replaced, then the newer.</summary>
    internal bool GoesBefore(Candidate other) =>
        Score != other.Score ? Score > other.Score
        : Successor is null != other.Successor is null ? Successor is null
        : CreatedAtMs != other.CreatedAtMs ? CreatedAtMs > other.CreatedAtMs
        : Number > other.Number;
}
