using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.Search;

// BM25 (S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) for memories that stand in conversations.
//
//   for each different term of the query, in its order:
//     tf(d) = occurrences in d + w * occurrences in the two documents before and after d in its session
//     C(d) += idf * tf (k1 + 1) / (tf + k1 (1 - b + b * length / mean length))     idf = ln(1 + (N - df + 0.5) / (df + 0.5))
//     W(s) += the same over whole sessions, with their own idf, 1.2 and 0.75
//   M = the largest C
//   score(d) = C(d) + v W(session of d) + M * boost(d), for documents with C > 0
//
// A term at a time over plain arrays: some 4 ns a posting, 20 with neighbours. Sums are taken in the order of the postings, in single precision
// for tf and double for scores, so that scores have the same bits on every platform.
// Early termination is the caller's: with OnlyFound a frequent term costs little more than reading it (SearchEngine).
// Knowingly not optimal: no skipping inside a list of postings.

/// <summary>The scores of one query; all zero between queries.</summary>
public unsafe struct RecallScores
{
    /// <summary>Bytes of working memory for each slot.</summary>
    public const int BytesPerSlot = (2 * sizeof(double)) + (2 * sizeof(float)) + (4 * sizeof(int));

    private const int NeighbourCount = 4;

    private readonly double* _scores;
    private readonly double* _sessionScores;
    private readonly float* _frequencies;
    private readonly float* _sessionFrequencies;
    private readonly int* _found;
    private readonly int* _foundSessions;
    private readonly int* _touched;
    private readonly int* _touchedSessions;
    private int _foundCount;
    private int _admittedCount;
    private int _foundSessionCount;

    /// <summary>Takes zeroed memory, <see cref="BytesPerSlot"/> for each slot. The caller keeps owning it.</summary>
    public RecallScores(void* memory, int slotCount)
    {
        // SAFETY: the parts together are BytesPerSlot for each slot.
        _scores = (double*)memory;
        _sessionScores = _scores + slotCount;
        _frequencies = (float*)(_sessionScores + slotCount);
        _sessionFrequencies = _frequencies + slotCount;
        _found = (int*)(_sessionFrequencies + slotCount);
        _foundSessions = _found + slotCount;
        _touched = _foundSessions + slotCount;
        _touchedSessions = _touched + slotCount;
        _foundCount = 0;
        _admittedCount = 0;
        _foundSessionCount = 0;
        Best = 0;
    }

    /// <summary>The slots of documents that have a term of the query, or a neighbour that has; those that were admitted come first.</summary>
    public readonly ReadOnlySpan<int> Found => new(_found, _foundCount);

    /// <summary>The largest C of an admitted document, once ranked.</summary>
    public double Best { get; private set; }

    /// <summary>C of a document.</summary>
    public readonly double TextOf(int slot) => _scores[slot];

    /// <summary>W of a session.</summary>
    public readonly double SessionOf(int session) => _sessionScores[session];

    /// <summary>Adds a term that <paramref name="documentCount"/> documents have.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void AddTerm<TPostings>(ref TPostings postings, double documentCount, in DocumentLinks links, in RecallSettings settings)
        where TPostings : struct, ITermPostings, allows ref struct
    {
        DocumentLink* all = links.All;
        float neighbour = (float)settings.NeighbourWeight;
        bool hasSessions = settings.SessionWeight > 0;
        int touchedCount = 0;
        int sessionCount = 0;

        // Sessions of one document that are not looked at still have the term.
        int passedCount = 0;
        while (postings.Next())
        {
            // SAFETY: slots of postings and links lie inside, and all arrays have that many; a list holds each slot once.
            int slot = postings.Slot;
            ref DocumentLink link = ref all[slot];
            float weight = postings.Weight;
            if (link.Length < 0 || weight <= 0)
            {
                continue;
            }

            if (settings.OnlyFound && _scores[slot] == 0 && (link.Previous | link.Next) == 0)
            {
                passedCount++;
                continue;
            }

            touchedCount = Touch(slot, weight, touchedCount);
            float part = neighbour * weight;
            if (part > 0 && (link.Previous | link.Next) != 0)
            {
                // In turn, so that the code is there once.
                int near = link.Previous;
                int further = all[near].Previous;
                int after = link.Next;
                for (int i = 0; i < NeighbourCount; i++)
                {
                    touchedCount = Touch(near, part, touchedCount);
                    near = further;
                    further = after;
                    after = all[link.Next].Next;
                }
            }

            if (hasSessions)
            {
                if (_sessionFrequencies[link.Session] == 0)
                {
                    _touchedSessions[sessionCount++] = link.Session;
                }

                _sessionFrequencies[link.Session] += weight;
            }
        }

        ScoreTouched(touchedCount, Factor(settings.DocumentCount, documentCount, settings.K1), all, settings);
        ScoreSessions(sessionCount, passedCount, links, settings.OnlyFound);
    }

    /// <summary>Counts a found document, by its index in <see cref="Found"/>, among those that may be hits.</summary>
    /// <param name="index">Not below the number of those that were admitted before.</param>
    public void Admit(int index)
    {
        (_found[index], _found[_admittedCount]) = (_found[_admittedCount], _found[index]);
        _admittedCount++;
    }

    /// <summary>Admits all that were found.</summary>
    public void AdmitAll() => _admittedCount = _foundCount;

    /// <summary>Writes the best of the admitted, the best first, and returns their number.</summary>
    /// <param name="hits">Room for them. Their documents are slots.</param>
    /// <param name="links">The documents.</param>
    /// <param name="settings">The parameters.</param>
    /// <param name="newestFirst">Whether of equal scores the larger slot comes first.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Rank(Span<SearchHit> hits, in DocumentLinks links, in RecallSettings settings, bool newestFirst)
    {
        var admitted = new ReadOnlySpan<int>(_found, _admittedCount);
        Best = 0;
        foreach (int slot in admitted)
        {
            Best = Math.Max(Best, _scores[slot]);
        }

        var heap = new HitHeap(hits);
        int turn = newestFirst ? -1 : 0;
        foreach (int slot in admitted)
        {
            ref DocumentLink link = ref links.All[slot];
            double score = _scores[slot] + (settings.SessionWeight * _sessionScores[link.Session]) + (Best * link.Boost);
            heap.Offer(new SearchHit { Document = slot ^ turn, Score = score });
        }

        int count = heap.Sort();
        foreach (ref SearchHit hit in hits[..count])
        {
            hit.Document ^= turn;
        }

        return count;
    }

    /// <summary>Forgets the query.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Reset()
    {
        foreach (int slot in Found)
        {
            _scores[slot] = 0;
        }

        foreach (int session in new ReadOnlySpan<int>(_foundSessions, _foundSessionCount))
        {
            _sessionScores[session] = 0;
        }

        _foundCount = 0;
        _admittedCount = 0;
        _foundSessionCount = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Factor(double all, double count, double k1) => Elementary.Log(1 + ((all - count + 0.5) / (count + 0.5))) * (k1 + 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Touch(int slot, float part, int count)
    {
        if (slot != 0)
        {
            if (_frequencies[slot] == 0)
            {
                _touched[count++] = slot;
            }

            _frequencies[slot] += part;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ScoreTouched(int count, double factor, DocumentLink* all, in RecallSettings settings)
    {
        // The norm is k1 (1 - b + b * length / mean) = constant + slope * length.
        double constant = settings.K1 * (1 - settings.B);
        double slope = settings.MeanLength > 0 ? settings.K1 * settings.B / settings.MeanLength : 0;
        float neighbour = (float)settings.NeighbourWeight;
        foreach (int slot in new ReadOnlySpan<int>(_touched, count))
        {
            float weight = _frequencies[slot];
            _frequencies[slot] = 0;
            if (_scores[slot] == 0)
            {
                if (settings.OnlyFound)
                {
                    continue;
                }

                _found[_foundCount++] = slot;
            }

            _scores[slot] += factor * weight / (weight + constant + (slope * (all[slot].Length + (neighbour * all[slot].NeighbourLength))));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ScoreSessions(int count, int passedCount, in DocumentLinks links, bool onlyFound)
    {
        double factor = Factor(links.SessionCount, count + passedCount, RecallSettings.SessionK1);
        double constant = RecallSettings.SessionK1 * (1 - RecallSettings.SessionB);
        double slope = links.TotalLength > 0 ? RecallSettings.SessionK1 * RecallSettings.SessionB * links.SessionCount / links.TotalLength : 0;
        foreach (int session in new ReadOnlySpan<int>(_touchedSessions, count))
        {
            float weight = _sessionFrequencies[session];
            _sessionFrequencies[session] = 0;
            if (_sessionScores[session] == 0)
            {
                if (onlyFound)
                {
                    continue;
                }

                _foundSessions[_foundSessionCount++] = session;
            }

            _sessionScores[session] += factor * weight / (weight + constant + (slope * links.All[session].SessionLength));
        }
    }
}
