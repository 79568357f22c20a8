using System.Collections.Generic;

namespace WhiteMagic.Memory.Recall;

/// <summary>
/// Which of the found memories go into a pack, and in what order: of those that say nearly the same only the newest, and of those that disagree on
/// a subject the newest first.
/// </summary>
public static class PackOrder
{
    /// <summary>Two texts with so large a share of common terms repeat each other.</summary>
    public const double Repetition = 0.8;

    /// <summary>Two texts with so large a share of common terms speak of the same, and what differs is what they say of it.</summary>
    public const double SameSubject = 0.5;

    /// <summary>Orders hits, which come best first.</summary>
    public static List<SearchHit> Of(IReadOnlyList<SearchHit> hits)
    {
        var kept = new List<Entry>(hits.Count);
        foreach (SearchHit hit in hits)
        {
            var entry = new Entry(hit);
            int same = kept.FindIndex(other => other.Terms.Similarity(entry.Terms) >= Repetition);
            if (same < 0)
            {
                kept.Add(entry);
            }
            else if (entry.IsNewerThan(kept[same]))
            {
                // The place is the better one's, the words are the newer one's.
                kept[same] = entry;
            }
        }

        PutNewerFirst(kept);
        return kept.ConvertAll(entry => entry.Hit);
    }

    private static void PutNewerFirst(List<Entry> kept)
    {
        for (int i = 1; i < kept.Count; i++)
        {
            Entry entry = kept[i];
            int at = kept.FindIndex(0, i, other => entry.IsNewerThan(other) && (entry.Replaces(other) || other.Terms.Similarity(entry.Terms) >= SameSubject));
            if (at >= 0)
            {
                kept.RemoveAt(i);
                kept.Insert(at, entry);
            }
        }
    }

    private sealed class Entry(SearchHit hit)
    {
        internal SearchHit Hit { get; } = hit;

        internal TermSet Terms { get; } = new(hit.Memory.Title + "\n" + hit.Memory.Content);

        internal bool Replaces(Entry other) => other.Hit.Memory.SupersededBy == Hit.Memory.Id;

        // What the writer said counts more than the time.
        internal bool IsNewerThan(Entry other) => Replaces(other) || (!other.Replaces(this)
            && (Hit.Memory.EventTimeMs, Hit.Memory.CreatedAtMs).CompareTo((other.Hit.Memory.EventTimeMs, other.Hit.Memory.CreatedAtMs)) > 0);
    }
}
