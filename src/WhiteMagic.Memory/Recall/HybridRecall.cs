using System;
using System.Collections.Generic;
using WhiteMagic.Memory.Hologram;

namespace WhiteMagic.Memory.Recall;

/// <summary>
/// Recall by words and by what is known of a memory besides: nearness in five dimensions to where the query itself would stand, recency,
/// importance, access. Words decide; the other channels order what words leave close together, and fill up when too few memories have them.
/// </summary>
public static class HybridRecall
{
    // Hits by words among which the other channels may choose.
    private const int LeastCandidates = 50;
    private const int CandidatesPerResult = 3;

    // So many accesses count half of any number.
    private const double HalfAccesses = 10;

    /// <summary>Finds the best memories, best first.</summary>
    /// <param name="store">Where.</param>
    /// <param name="query">Any text.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="nowMs">The present.</param>
    /// <param name="previewBytes">Read no more than this much of each content.</param>
    public static IReadOnlyList<HybridHit> Find(IGalaxyStore store, string query, int limit, long nowMs, int previewBytes)
    {
        Coordinates point = Place.Of(System.Text.Encoding.UTF8.GetBytes(query), MemoryDraft.UsualImportance).At(nowMs, nowMs, MemoryDraft.UsualImportance);
        IReadOnlyList<SearchHit> byWords = store.Search(query, new MemoryFilter(), Math.Clamp(limit * CandidatesPerResult, LeastCandidates, Limits.ResultCount), previewBytes);
        var hits = new List<HybridHit>(byWords.Count);
        double best = 0;
        foreach (SearchHit hit in byWords)
        {
            best = Math.Max(best, hit.Score);
        }

        foreach (SearchHit hit in byWords)
        {
            hits.Add(Weigh(hit, best > 0 ? hit.Score / best : 0, point));
        }

        if (hits.Count < limit)
        {
            AddNearest(store, point, limit, previewBytes, hits);
        }

        Sort(hits);
        return hits.Count > limit ? hits.GetRange(0, limit) : hits;
    }

    private static void AddNearest(IGalaxyStore store, in Coordinates point, int limit, int previewBytes, List<HybridHit> hits)
    {
        int count = hits.Count;
        foreach (Neighbour neighbour in store.Nearest(point, limit, null, null, previewBytes))
        {
            if (!Holds(hits, count, neighbour.Memory.Id))
            {
                string content = neighbour.Memory.Content;
                string start = content[..TokenEstimate.CharsWithin(content, SearchHit.SnippetTokens)];
                hits.Add(Weigh(new SearchHit(neighbour.Memory, 0, start.Length < content.Length ? start + "…" : start), 0, point));
            }
        }
    }

    private static bool Holds(List<HybridHit> hits, int count, MemoryId id)
    {
        for (int i = 0; i < count; i++)
        {
            if (hits[i].Hit.Memory.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    private static HybridHit Weigh(SearchHit hit, double text, in Coordinates point)
    {
        MemoryRecord memory = hit.Memory;
        Coordinates at = memory.Coordinates ?? default;
        double distance = at.DistanceTo(point);
        return new HybridHit(hit, distance, new Channels(text, 1 / (1 + distance), (1 + at.Z) / 2, memory.Importance, memory.AccessCount / (memory.AccessCount + HalfAccesses)));
    }

    // By insertion, which is stable: equal scores keep the order of the words. There are some hundred at most, and they come nearly sorted.
    private static void Sort(List<HybridHit> hits)
    {
        for (int i = 1; i < hits.Count; i++)
        {
            HybridHit hit = hits[i];
            int at = i;
            for (; at > 0 && hits[at - 1].Score < hit.Score; at--)
            {
                hits[at] = hits[at - 1];
            }

            hits[at] = hit;
        }
    }
}

/// <summary>One found memory with what each channel says of it.</summary>
/// <param name="hit">The memory, its BM25 (0 when no word was found in it) and snippet.</param>
/// <param name="distance">Distance to the point where the query would stand.</param>
/// <param name="values">What each channel says, 0 to 1.</param>
public sealed class HybridHit(SearchHit hit, double distance, Channels values)
{
    public SearchHit Hit { get; } = hit;

    public double Distance { get; } = distance;

    public Channels Values { get; } = values;

    /// <summary>What each channel contributes to the score.</summary>
    public Channels Parts { get; } = values.Weighted();

    /// <summary>The sum of the parts, 0 to 1.</summary>
    public double Score => Parts.Sum;
}
