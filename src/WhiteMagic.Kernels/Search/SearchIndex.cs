using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Search;

// BM25 (S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) with weighted fields (BM25F, simple form).
//
// Problem: the documents that fit a few words best, among many, at once, while documents are added and removed.
//
//   add: for each term of the text, one more occurrence in (term, document, field)
//   query: for each different term t of the query, in its order:
//     idf = ln(1 + (N - df + 0.5) / (df + 0.5))
//     for each document with t: tf = the sum over fields of weight * occurrences; its length likewise
//   the formula is RecallScores', which wm uses too
//   the k best through a bounded heap; equal scores: the earlier document first
//
// Cost: adding, some 10 ns a byte of text; a query, some 4 ns for each posting of its terms, and one look at each document that has any of
// them. Memory: see SearchImage; to ask, 72 bytes a document more.
// Knowingly not optimal: term at a time without early termination (WAND, block-max). A query of five words in 100,000 memories reads some
// 50,000 postings in 0.2 ms; only millions of documents would make skipping worth its code.

/// <summary>An index of texts. Owns memory outside the heap: not to be copied, and given back by <see cref="Free"/>. Zeroed, it is empty.</summary>
public unsafe struct SearchIndex
{
    private SearchImage _image;
    private Scores _scores;
    private int _packedPool;
    private int _removedCount;

    /// <summary>Documents that have an id, removed ones included.</summary>
    public readonly int DocumentCount => _image.IsCreated ? _image.Header.DocumentCount : 0;

    /// <summary>Number of different terms.</summary>
    public readonly int TermCount => _image.IsCreated ? _image.Header.TermCount : 0;

    /// <summary>Length of the image in bytes: how much memory the index takes, beside what queries need.</summary>
    public readonly int ImageBytes => _image.IsCreated ? _image.Header.Bytes : 0;

    /// <summary>The parameters in use.</summary>
    public readonly SearchSettings Settings => _image.IsCreated ? _image.Header.Settings : SearchSettings.Default;

    /// <summary>Begins a document and returns its id, 0 for the first and one more each time, or <see cref="KernelError.OutOfMemory"/>.</summary>
    public int Begin()
    {
        if (!TryPrepare())
        {
            return KernelError.OutOfMemory;
        }

        ref ImageHeader header = ref _image.Header;
        int document = header.DocumentCount++;
        header.CountedDocuments++;
        _image.Documents[document] = default;
        return document;
    }

    /// <summary>
    /// Adds text to a field of the latest document: 0, or <see cref="KernelError.InvalidArgument"/> for a field that is none,
    /// <see cref="KernelError.NotFound"/> when there is no document or it was removed, <see cref="KernelError.OutOfMemory"/>, after which the
    /// document is removed.
    /// </summary>
    public int AddText(int field, ReadOnlySpan<byte> text)
    {
        if ((uint)field >= SearchSettings.FieldCount)
        {
            return KernelError.InvalidArgument;
        }

        int document = DocumentCount - 1;
        if (document < 0 || _image.Documents[document].IsRemoved)
        {
            return KernelError.NotFound;
        }

        int count = 0;
        bool hasMemory = TryPrepare();
        var tokens = new Tokenizer(text);
        for (ulong term = tokens.Next(); hasMemory && term != 0; term = tokens.Next())
        {
            PostingWriter.Add(_image, _image.FindOrAdd(term), document, field, 1);
            count++;
            hasMemory = _image.TryReserve();
        }

        ref DocumentRecord record = ref _image.Documents[document];
        record.FieldLength[field] += count;
        record.Weigh(_image.Header.Settings);
        _image.Header.Totals[field] += count;
        if (!hasMemory)
        {
            Remove(document);
            return KernelError.OutOfMemory;
        }

        return 0;
    }

    /// <summary>
    /// Hides a document: it is not found any more. Its postings, and its part in idf and mean length, go with the next
    /// <see cref="Pack"/>. False when there is no such document.
    /// </summary>
    public bool Remove(int document)
    {
        bool exists = Exists(document);
        if (exists)
        {
            _image.Documents[document].Remove();
            _scores.Remove(document);
            _removedCount++;
        }

        return exists;
    }

    /// <summary>
    /// Says that the latest document comes right after another one in a conversation. One that is followed twice has the later one as its
    /// neighbour; one that is removed parts its conversation. False when the document is not the latest or the other one does not exist.
    /// </summary>
    public bool Follow(int document, int previous)
    {
        bool exists = document == DocumentCount - 1 && previous != document && Exists(document) && Exists(previous);
        if (exists)
        {
            _image.Documents[document].Previous = previous + 1;
            _scores.Forget();
        }

        return exists;
    }

    /// <summary>
    /// Sets what the best score of a query, multiplied by <paramref name="boost"/>, adds to this document's: how dates, speakers or importance
    /// enter. Only documents that have a term of the query are found, boosted or not. False when there is no such document.
    /// </summary>
    public readonly bool Boost(int document, float boost)
    {
        bool exists = Exists(document);
        if (exists)
        {
            _image.Documents[document].Boost = boost;
        }

        return exists;
    }

    /// <summary>Changes the parameters, which must be valid: 0 or <see cref="KernelError.InvalidArgument"/> or no memory.</summary>
    public int Configure(in SearchSettings settings)
    {
        if (!settings.IsValid())
        {
            return KernelError.InvalidArgument;
        }

        if (!TryPrepare())
        {
            return KernelError.OutOfMemory;
        }

        _image.Header.Settings = settings;
        _scores.Forget();
        for (int i = 0; i < DocumentCount; i++)
        {
            if (!_image.Documents[i].IsRemoved)
            {
                _image.Documents[i].Weigh(settings);
            }
        }

        return 0;
    }

    /// <summary>
    /// Writes the documents that fit the query best, the best first, and returns their number, or <see cref="KernelError.OutOfMemory"/>. Any
    /// bytes are a query; terms after the first 1,024 are left out.
    /// </summary>
    public int Query(ReadOnlySpan<byte> query, Span<SearchHit> hits) =>
        DocumentCount == 0 ? 0 : _scores.Rank(_image, query, hits);

    /// <summary>
    /// Packs when a quarter of the postings is new or a quarter of the documents was removed since the last time, so that a call after every
    /// change is cheap. False when there is no memory; then nothing has changed.
    /// </summary>
    public bool Commit()
    {
        if (!_image.IsCreated)
        {
            return true;
        }

        ref ImageHeader header = ref _image.Header;
        bool isWorthwhile = header.PoolUsed - _packedPool >= _packedPool / 4 || _removedCount > header.CountedDocuments / 4;
        return !isWorthwhile || Pack();
    }

    /// <summary>
    /// Makes the image as small as it can be and forgets removed documents, whose ids stay unused. False when there is no memory; then nothing
    /// has changed.
    /// </summary>
    public bool Pack()
    {
        if (!TryPrepare() || !ImagePacker.TryPack(_image, out SearchImage packed))
        {
            return false;
        }

        Replace(packed);
        return true;
    }

    /// <summary>
    /// The address of the packed image with its checksum, to save, and its length; null when there is no memory. Valid until the index changes.
    /// </summary>
    public byte* Save(out int bytes)
    {
        bytes = 0;
        if (!Pack())
        {
            return null;
        }

        ref ImageHeader header = ref _image.Header;
        bytes = header.Bytes;
        header.Checksum = ImageCheck.Checksum(_image.Memory, bytes);
        return _image.Memory;
    }

    /// <summary>
    /// Takes the place of the index by a saved image: 0, or <see cref="KernelError.Corrupt"/> for anything that <see cref="Save"/> did not
    /// give, or <see cref="KernelError.OutOfMemory"/>; then nothing has changed. The caller guarantees that the bytes can be read.
    /// </summary>
    public int Load(byte* saved, int bytes)
    {
        if (!ImageCheck.IsSound(saved, bytes))
        {
            return KernelError.Corrupt;
        }

        // What comes from outside is read once and written anew, so no slice of it can overlap another when postings are added.
        if (!ImagePacker.TryPack(SearchImage.At(saved), out SearchImage packed))
        {
            return KernelError.OutOfMemory;
        }

        Replace(packed);
        return 0;
    }

    /// <summary>Gives all memory back; the index is empty, has the default parameters and can be used again.</summary>
    public void Free()
    {
        _image.Free();
        _scores.Free();
        this = default;
    }

    private void Replace(in SearchImage packed)
    {
        _image.Free();
        _scores.Forget();
        _image = packed;
        _packedPool = packed.Header.PoolUsed;
        _removedCount = 0;
    }

    private readonly bool Exists(int document) =>
        (uint)document < (uint)DocumentCount && !_image.Documents[document].IsRemoved;

    private bool TryPrepare()
    {
        if (_image.IsCreated)
        {
            return _image.TryReserve();
        }

        return SearchImage.TryCreate(
            SearchImage.SmallestDocumentCapacity,
            SearchImage.SmallestTermCapacity,
            SearchImage.SmallestPoolCapacity,
            SearchSettings.Default,
            out _image);
    }
}
