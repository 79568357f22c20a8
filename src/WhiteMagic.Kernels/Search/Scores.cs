using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Search;

/// <summary>What queries need beside the image, made by the first one and kept: links between documents, and room for scores.</summary>
internal unsafe struct Scores
{
    private const int MaxQueryTerms = 1024;

    private RecallScores _scores;
    private DocumentLinks _links;
    private int _capacity;

    // Documents that are linked, from the first one on.
    private int _linkedCount;

    public void Free()
    {
        KernelMemory.Free(_links.All);
        this = default;
    }

    /// <summary>Links all documents again at the next query.</summary>
    public void Forget() => _linkedCount = 0;

    /// <summary>Takes a removed document out.</summary>
    public void Remove(int document)
    {
        if (document < _linkedCount)
        {
            ref DocumentLink link = ref _links.All[document + 1];
            bool isAlone = (link.Previous | link.Next) == 0;
            _links.Unset(document + 1);
            link.Length = -1;
            _linkedCount = isAlone ? _linkedCount : 0;
        }
    }

    /// <summary>Ranks the documents of an image that is not empty.</summary>
    public int Rank(in SearchImage image, ReadOnlySpan<byte> query, Span<SearchHit> hits)
    {
        if (!TryReserve(image.Header.DocumentCapacity))
        {
            return KernelError.OutOfMemory;
        }

        Link(image);
        RecallSettings settings = SettingsOf(image);
        int* seen = stackalloc int[MaxQueryTerms];
        int seenCount = 0;
        var tokens = new Tokenizer(query);
        for (ulong hash = tokens.Next(); hash != 0 && seenCount < MaxQueryTerms; hash = tokens.Next())
        {
            int term = image.Find(hash);
            int same = 0;
            while (same < seenCount && seen[same] != term)
            {
                same++;
            }

            if (term >= 0 && same == seenCount)
            {
                seen[seenCount++] = term;
                var postings = new FieldPostings(image, image.Terms[term]);
                _scores.AddTerm(ref postings, image.Terms[term].DocumentCount, _links, settings);
            }
        }

        Admit(image);
        int count = _scores.Rank(hits, _links, settings, newestFirst: false);
        _scores.Reset();
        for (int i = 0; i < count; i++)
        {
            hits[i].Document--;
        }

        return count;
    }

    private readonly RecallSettings SettingsOf(in SearchImage image)
    {
        ref ImageHeader header = ref image.Header;
        RecallSettings settings = default;
        settings.K1 = header.Settings.K1;
        settings.B = header.Settings.B;
        settings.NeighbourWeight = header.Settings.NeighbourWeight;
        settings.SessionWeight = header.Settings.SessionWeight;
        settings.DocumentCount = header.CountedDocuments;
        double length = settings.NeighbourWeight * _links.TotalNeighbourLength;
        for (int field = 0; field < SearchSettings.FieldCount; field++)
        {
            length += header.Settings.Weights[field] * header.Totals[field];
        }

        settings.MeanLength = header.CountedDocuments == 0 ? 0 : length / header.CountedDocuments;
        return settings;
    }

    // A neighbour that was removed has a score too.
    private void Admit(in SearchImage image)
    {
        ReadOnlySpan<int> found = _scores.Found;
        for (int i = 0; i < found.Length; i++)
        {
            ref DocumentRecord document = ref image.Documents[found[i] - 1];
            if (!document.IsRemoved)
            {
                _links.All[found[i]].Boost = document.Boost;
                _scores.Admit(i);
            }
        }
    }

    private void Link(in SearchImage image)
    {
        int count = image.Header.DocumentCount;
        if (_linkedCount == 0)
        {
            new Span<DocumentLink>(_links.All, _capacity + 1).Clear();
            _links.TotalLength = 0;
            _links.TotalNeighbourLength = 0;
            _links.SessionCount = 0;
        }
        else
        {
            // The latest one may have got more text.
            ref DocumentRecord latest = ref image.Documents[_linkedCount - 1];
            if (!latest.IsRemoved)
            {
                _links.SetLength(_linkedCount, latest.Length);
            }
        }

        for (; _linkedCount < count; _linkedCount++)
        {
            ref DocumentRecord document = ref image.Documents[_linkedCount];
            int slot = _linkedCount + 1;
            if (document.IsRemoved)
            {
                _links.All[slot].Length = -1;
                continue;
            }

            int previous = document.Previous == 0 || image.Documents[document.Previous - 1].IsRemoved ? 0 : document.Previous;
            _links.Set(slot, document.Length, previous == 0 ? slot : _links.All[previous].Session, previous);
        }
    }

    private bool TryReserve(int documentCapacity)
    {
        if (documentCapacity <= _capacity)
        {
            return true;
        }

        long bytes = (documentCapacity + 1L) * (sizeof(DocumentLink) + RecallScores.BytesPerSlot);
        void* memory = bytes > int.MaxValue ? null : KernelMemory.TryAllocate((uint)bytes);
        if (memory == null)
        {
            return false;
        }

        Free();
        _links.All = (DocumentLink*)memory;
        _scores = new RecallScores(_links.All + documentCapacity + 1, documentCapacity + 1);
        _capacity = documentCapacity;
        return true;
    }
}
