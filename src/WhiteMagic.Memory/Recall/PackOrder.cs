using System;
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
    public static SearchHit[] Of(IReadOnlyList<SearchHit> hits)
    {
        var entries = new Entry[hits.Count];
        int count = 0;
        foreach (SearchHit hit in hits)
        {
            var entry = new Entry(hit);
            int same = FirstLike(entry, entries.AsSpan(0, count), Repetition);
            if (same == count)
            {
                entries[count++] = entry;
            }
            else if (entry.IsNewerThan(entries[same]))
            {
                // The place is the better one's, the words are the newer one's.
                entries[same] = entry;
            }
        }

        Span<Entry> kept = entries.AsSpan(0, count);
        PutNewerFirst(kept);
        var ordered = new SearchHit[count];
        for (int i = 0; i < count; i++)
        {
            ordered[i] = kept[i].Hit;
        }

        return ordered;
    }

    private static int FirstLike(Entry entry, ReadOnlySpan<Entry> others, double least)
    {
        int at = 0;
        while (at < others.Length && others[at].Terms.Similarity(entry.Terms) < least)
        {
            at++;
        }

        return at;
    }

    private static void PutNewerFirst(Span<Entry> kept)
    {
        for (int i = 1; i < kept.Length; i++)
        {
            Entry entry = kept[i];
            int at = 0;
            while (at < i && !(entry.IsNewerThan(kept[at]) && (entry.Replaces(kept[at]) || kept[at].Terms.Similarity(entry.Terms) >= SameSubject)))
            {
                at++;
            }

            kept[at..i].CopyTo(kept[(at + 1)..]);
            kept[at] = entry;
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
