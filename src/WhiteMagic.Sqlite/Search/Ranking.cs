using System;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Puts the best memories in their final order by what their texts say.</summary>
internal static class Ranking
{
    // So much of one text, and of all together, is looked at.
    private const int MostTextBytes = 16 << 10;
    private const int MostBytes = 512 << 10;

    /// <summary>Scores candidates, the best first, and returns the best of them.</summary>
    internal static Candidate[] Of(Connection connection, Question question, Boosts boosts, Meaning? meaning, DocumentTable documents, ReadOnlySpan<Kernels.Search.SearchHit> hits, int limit)
    {
        var candidates = new Candidate[hits.Length];
        int count = 0;
        var evidence = new Evidence(question);
        int bytes = 0;
        foreach (ref readonly Kernels.Search.SearchHit hit in hits)
        {
            Statement s = connection.Prepare("SELECT memory_id, title, content, created_at, " + Succession.LivingSuccessor + " FROM memories m WHERE number = ?1 AND deleted_at IS NULL").Bind(1, hit.Document);
            if (s.Step())
            {
                evidence.Clear();
                if (bytes < MostBytes)
                {
                    ReadOnlySpan<byte> content = s.Utf8(2);
                    content = content[..Math.Min(content.Length, MostTextBytes)];
                    evidence.Add(s.Utf8(1));
                    evidence.Add(content);
                    bytes += content.Length;
                }

                candidates[count++] = new Candidate(hit.Document, PartsOf(hit.Document, boosts, meaning?.Of(connection, hit.Document) ?? 0, documents, evidence, s.Blob(4).Length == MemoryId.Bytes))
                {
                    Id = s.Blob(0).Length == MemoryId.Bytes ? MemoryId.Read(s.Blob(0)) : default,
                    CreatedAtMs = s.Int64(3),
                    Successor = s.Blob(4).Length == MemoryId.Bytes ? MemoryId.Read(s.Blob(4)) : null,
                };
            }

            s.Reset();
        }

        Span<Candidate> found = candidates.AsSpan(0, count);
        HoldBack(found);
        Sort(found);
        return found[..Math.Min(limit, count)].ToArray();
    }

    private static ScoreParts PartsOf(int number, Boosts boosts, double meaning, DocumentTable documents, Evidence evidence, bool isReplaced)
    {
        ref readonly DocumentFacts facts = ref documents.Facts(number);
        ref readonly RecallScores scores = ref documents.Scores;
        var parts = new ScoreParts
        {
            Text = scores.TextOf(number),
            Session = RecallWeights.Session * scores.SessionOf(documents.Link(number).Session),
            Speaker = scores.Best * boosts.Speaker(facts),
            Date = scores.Best * boosts.Date(facts),
            When = scores.Best * boosts.When(facts),
            Length = scores.Best * Boosts.Length(facts),
            Adjacent = RecallWeights.Adjacent * evidence.Adjacent,
            Exact = RecallWeights.Exact * evidence.Exact,
            Meaning = (scores.Best > 0 ? scores.Best : 1) * RecallWeights.Meaning * meaning,
        };
        parts.Superseded = isReplaced ? -(1 - RecallWeights.Superseded) * parts.Sum : 0;
        return parts;
    }

    // One that was replaced stands below what replaced it, wherever both are found.
    private static void HoldBack(Span<Candidate> found)
    {
        // A chain of replacements takes as many rounds as it has links; a ring of them ends too.
        bool isChanged = true;
        for (int round = 0; isChanged && round < found.Length; round++)
        {
            isChanged = false;
            foreach (Candidate candidate in found)
            {
                if (SuccessorOf(candidate, found) is { } successor && candidate.Score > successor.Score)
                {
                    candidate.Parts.Superseded -= candidate.Score - successor.Score;
                    candidate.Score = candidate.Parts.Sum;
                    isChanged = true;
                }
            }
        }
    }

    private static Candidate? SuccessorOf(Candidate candidate, ReadOnlySpan<Candidate> found)
    {
        if (candidate.Successor is { } id)
        {
            foreach (Candidate other in found)
            {
                if (other.Id == id)
                {
                    return other;
                }
            }
        }

        return null;
    }

    // By insertion: they come nearly sorted.
    private static void Sort(Span<Candidate> found)
    {
        for (int i = 1; i < found.Length; i++)
        {
            Candidate candidate = found[i];
            int at = i;
            for (; at > 0 && candidate.GoesBefore(found[at - 1]); at--)
            {
                found[at] = found[at - 1];
            }

            found[at] = candidate;
        }
    }
}
