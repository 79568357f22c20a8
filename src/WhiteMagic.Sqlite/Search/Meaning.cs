using System;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Memory.Embedding;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>How much memories mean what a question means, by an embedding model.</summary>
internal sealed class Meaning(Vectors vectors, ReadOnlySpan<byte> question)
{
    private readonly sbyte[] _direction = vectors.Of(question);

    /// <summary>Appends the nearest memories that are not among the hits yet, and returns how many there are then.</summary>
    internal int AddNearest(DocumentTable documents, SearchFilter which, Span<SearchHit> hits, int count, int most)
    {
        if (!vectors.IsWhole)
        {
            return count;
        }

        Span<int> numbers = stackalloc int[most];
        int found = count;
        foreach (int number in numbers[..vectors.Nearest(_direction, documents, which, RecallWeights.LeastCosine, numbers)])
        {
            bool isThere = false;
            foreach (ref readonly SearchHit hit in hits[..found])
            {
                isThere |= hit.Document == number;
            }

            if (!isThere)
            {
                hits[count++] = new SearchHit { Document = number };
            }
        }

        return count;
    }

    /// <summary>From 0, as good as nothing in common, to 1, the same.</summary>
    internal double Of(Connection connection, int number) =>
        Math.Max(0, EmbeddingModel.Cosine(_direction, vectors.Read(connection, number)) - RecallWeights.LeastCosine) / (1 - RecallWeights.LeastCosine);
}
