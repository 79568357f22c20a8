using System;
using System.Collections.Generic;
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
    internal static List<Candidate> Of(Connection connection, Question question, Boosts boosts, DocumentTable documents, ReadOnlySpan<Kernels.Search.SearchHit> hits, int limit)
    {
        var found = new List<Candidate>(hits.Length);
        var evidence = new Evidence(question);
        int bytes = 0;
        foreach (ref readonly Kernels.Search.SearchHit hit in hits)
        {
            Statement s = connection.Prepare("SELECT memory_id, title, content, created_at, superseded_by FROM memories WHERE number = ?1 AND deleted_at IS NULL").Bind(1, hit.Document);
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

                found.Add(new Candidate(hit.Document, PartsOf(hit.Document, boosts, documents, evidence, s.Blob(4).Length == MemoryId.Bytes))
                {
                    Id = s.Blob(0).Length == MemoryId.Bytes ? MemoryId.Read(s.Blob(0)) : default,
                    CreatedAtMs = s.Int64(3),
                    Successor = s.Blob(4).Length == MemoryId.Bytes ? MemoryId.Read(s.Blob(4)) : null,
                });
            }

            s.Reset();
        }

        HoldBack(found);
        Sort(found);
        return found.Count > limit ? found.GetRange(0, limit) : found;
    }

    private static ScoreParts PartsOf(int number, Boosts boosts, DocumentTable documents, Evidence evidence, bool isReplaced)
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
        };
        parts.Superseded = isReplaced ? -(1 - RecallWeights.Superseded) * parts.Sum : 0;
        return parts;
    }

    // One that was replaced stands below what replaced it, wherever both are found.
    private static void HoldBack(List<Candidate> found)
    {
        // A chain of replacements takes as many rounds as it has links; a ring of them ends too.
        bool isChanged = true;
        for (int round = 0; isChanged && round < found.Count; round++)
        {
            isChanged = false;
            foreach (Candidate candidate in found)
            {
                if (candidate.Successor is { } id && found.Find(other => other.Id == id) is { } successor && candidate.Score > successor.Score)
                {
                    candidate.Parts.Superseded -= candidate.Score - successor.Score;
                    candidate.Score = candidate.Parts.Sum;
                    isChanged = true;
                }
            }
        }
    }

    // By insertion: they come nearly sorted.
    private static void Sort(List<Candidate> found)
    {
        for (int i = 1; i < found.Count; i++)
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
