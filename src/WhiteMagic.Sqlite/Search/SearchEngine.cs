using System;
using System.Collections.Generic;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Sqlite.Engine;
using SearchHit = WhiteMagic.Memory.SearchHit;

namespace WhiteMagic.Sqlite.Search;

// docs/recall.md describes the formula, docs/storage.md the tables. In one snapshot of the database:
//
//   1. what changed since the last search is read: records of memories, recent terms, names of speakers
//   2. the postings of each term are gathered and scored (RecallScores, the same code as in search.wasm)
//   3. the filter admits, and what is known beside the text gives its share: speaker, dates, length
//   4. the texts of the best are looked at: neighbours in the question, exact forms, what replaced what (Ranking)

/// <summary>Searches one galaxy. Holds what scoring needs of every memory, some 50 bytes, and 40 more of those that a query touches.</summary>
/// <param name="database">The galaxy's.</param>
/// <param name="vectors">Directions of texts; null without a model.</param>
internal sealed class SearchEngine(GalaxyDatabase database, Vectors? vectors) : IDisposable
{
    private const int LeastCandidates = 60;
    private const int CandidatesPerResult = 3;
    private const int MostNearest = 20;

    // A term that one in so many memories of a large galaxy has is scored after the others, and only in what they found, once that is so many.
    private const int LargeGalaxy = 65_536;
    private const int FrequentShare = 32;
    private const int EnoughFound = 2000;

    private readonly DocumentTable _documents = new();
    private readonly RecentPostings _recent = new();
    private readonly PostingList _postings = new();
    private readonly SpeakerNames _speakers = new();
    private readonly Vocabulary _vocabulary = new();
    private readonly List<long> _segments = [];
    private int _generation = -1;
    private long _seen;
    private long _folded;

    public void Dispose()
    {
        _documents.Dispose();
        _postings.Dispose();
    }

    /// <summary>Answers a query: the best first; the newest for a blank one, none for one without a word.</summary>
    internal IReadOnlyList<SearchHit> Find(Connection connection, string query, MemoryFilter filter, long nowMs, int limit, int? previewBytes)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return Newest(connection, filter, nowMs, limit, previewBytes);
        }

        Question question = Question.Of(query, nowMs);
        return question.Terms.Length == 0 ? [] : InSnapshot(connection, () =>
        {
            Refresh(connection);
            return MemoryRows.Hits(connection, question, FindIn(connection, question, filter, limit), nowMs, previewBytes);
        });
    }

    private static List<SearchHit> Newest(Connection connection, MemoryFilter filter, long nowMs, int limit, int? previewBytes)
    {
        var hits = new List<SearchHit>();
        foreach (MemoryRecord memory in MemoryRows.List(connection, filter, nowMs, limit, null, previewBytes).Memories)
        {
            hits.Add(new SearchHit(memory, 0, Snippet.Beginning(memory.Content)));
        }

        return hits;
    }

    private static IReadOnlyList<SearchHit> InSnapshot(Connection connection, Func<IReadOnlyList<SearchHit>> read)
    {
        bool isOwn = !connection.InTransaction;
        if (isOwn)
        {
            connection.Prepare("BEGIN").Run();
        }

        try
        {
            IReadOnlyList<SearchHit> found = read();
            if (isOwn)
            {
                connection.Prepare("COMMIT").Run();
            }

            return found;
        }
        catch when (isOwn)
        {
            connection.ResetStatements();
            connection.Prepare("ROLLBACK").Run();
            throw;
        }
    }

    private void Refresh(Connection connection)
    {
        Statement s = connection.Prepare("SELECT entry, segment FROM search_state");
        long entry = s.Step() ? s.Int64(0) : 0;
        long segment = s.Int64(1);
        s.Reset();
        if (_generation != database.Generation)
        {
            _speakers.Clear();
            _vocabulary.Clear();
        }

        bool isWhole = _generation != database.Generation || _seen < entry;
        if (isWhole)
        {
            // Interrupted in the middle, it begins again the next time.
            _generation = -1;
            _documents.Load(connection);
            vectors?.Load(connection, _documents.Last + 1);
        }

        if (isWhole || _folded != segment)
        {
            // What was recent is in a segment now.
            _recent.Clear();
            ReadSegments(connection);
            (_seen, _folded) = (entry, segment);
        }

        ReadRecent(connection, isWhole);
        _speakers.Refresh(connection);
        _generation = database.Generation;
    }

    private void ReadSegments(Connection connection)
    {
        _segments.Clear();
        Statement s = connection.Prepare("SELECT segment FROM search_segments ORDER BY segment");
        while (s.Step())
        {
            _segments.Add(s.Int64(0));
        }
    }

    // When the table was loaded whole, the entries only bring their terms.
    private void ReadRecent(Connection connection, bool isWhole)
    {
        Statement s = connection.Prepare("SELECT entry, number, terms FROM search_recent WHERE entry > ?1 ORDER BY entry").Bind(1, _seen);
        while (s.Step())
        {
            long number = s.Int64(1);
            bool isRecent = isWhole || _documents.Refresh(connection, number).Place < 0;
            if (!isWhole)
            {
                vectors?.Refresh(connection, number, _documents.Last + 1);
            }

            if (number is > 0 and <= int.MaxValue)
            {
                if (!s.IsNull(2))
                {
                    _recent.Put((int)number, s.Blob(2));
                }
                else if (!isRecent)
                {
                    _recent.Remove((int)number);
                }
            }

            _seen = s.Int64(0);
        }
    }

    private Candidate[] FindIn(Connection connection, Question question, MemoryFilter filter, int limit)
    {
        var which = new SearchFilter(connection, _documents, filter);
        if (which.AdmitsNone || _documents.Count == 0)
        {
            return [];
        }

        var settings = new RecallSettings
        {
            K1 = RecallWeights.K1,
            B = RecallWeights.B,
            NeighbourWeight = RecallWeights.Neighbour,
            SessionWeight = RecallWeights.Session,
            DocumentCount = _documents.Count,
            MeanLength = (_documents.Links.TotalLength + (RecallWeights.Neighbour * _documents.Links.TotalNeighbourLength)) / _documents.Count,
        };
        ref RecallScores scores = ref _documents.Scores;
        try
        {
            ulong deferred = 0;
            for (int i = 0; i < question.Terms.Length; i++)
            {
                Gather(connection, question, i);
                question.Terms[i].Idf = _postings.Count == 0 ? 0 : Math.Log(1 + ((_documents.Count - _postings.Count + 0.5) / (_postings.Count + 0.5)));
                if (IsFrequent)
                {
                    deferred |= 1UL << i;
                    continue;
                }

                Score(settings);
            }

            // What rarer terms found is enough to choose from; frequent ones only say which of it is better.
            settings.OnlyFound = scores.Found.Length >= EnoughFound;
            for (int i = 0; i < question.Terms.Length; i++)
            {
                if ((deferred >> i & 1) != 0)
                {
                    Gather(connection, TermCounts.TermOf(question.Terms[i].Hash));
                    Score(settings);
                }
            }

            var boosts = new Boosts(question.Time, _speakers.NamedBy(question));
            Admit(boosts, which);
            int most = Math.Max(LeastCandidates, limit * CandidatesPerResult);
            var hits = new Kernels.Search.SearchHit[most + MostNearest];
            int count = scores.Rank(hits.AsSpan(0, most), _documents.Links, settings, newestFirst: true);
            var meaning = vectors is null ? null : new Meaning(vectors, question.Utf8);
            count = meaning?.AddNearest(_documents, which, hits, count, MostNearest) ?? count;
            return Ranking.Of(connection, question, boosts, meaning, _documents, hits.AsSpan(0, count), limit);
        }
        finally
        {
            scores.Reset();
        }
    }

    // In a small galaxy nothing is gained.
    private bool IsFrequent => _documents.Count >= LargeGalaxy && _postings.Count > _documents.Count / FrequentShare;

    private void Score(in RecallSettings settings)
    {
        PostingList.Reader reader = _postings.Read();
        _documents.Scores.AddTerm(ref reader, _postings.Count, _documents.Links, settings);
    }

    private void Gather(Connection connection, Question question, int index)
    {
        Gather(connection, TermCounts.TermOf(question.Terms[index].Hash));
        if (_postings.Count > 0 || question.KeepsStopWords)
        {
            return;
        }

        _vocabulary.Refresh(connection);
        ulong meant = Misspelling.Repair(question.Terms[index].Text.Span, hash => _vocabulary.CountOf(TermCounts.TermOf(hash)) + _recent.CountOf(TermCounts.TermOf(hash)));
        if (meant != 0 && question.IndexOf(meant) < 0)
        {
            question.Repair(index, meant);
            Gather(connection, TermCounts.TermOf(meant));
        }
    }

    private void Gather(Connection connection, long term)
    {
        _postings.Clear();
        foreach (long segment in _segments)
        {
            PostingBlocks.Gather(connection, segment, term, _documents.Last, _postings);
        }

        _recent.Gather(term, _documents.Last, _postings);
    }

    // Admits what the filter lets through and gives it its boost.
    private void Admit(Boosts boosts, SearchFilter which)
    {
        ref RecallScores scores = ref _documents.Scores;
        ReadOnlySpan<int> found = scores.Found;
        for (int i = 0; i < found.Length; i++)
        {
            int number = found[i];
            if (which.AdmitsAll || which.Admits(number))
            {
                _documents.Link(number).Boost = (float)boosts.Sum(_documents.Facts(number));
                scores.Admit(i);
            }
        }
    }
}
