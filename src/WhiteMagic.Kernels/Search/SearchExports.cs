using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Search;

/// <summary>The functions of search.wasm; see docs/modules/search.md.</summary>
public static unsafe class SearchExports
{
    private const double LargestBoost = 1e6;

    private static SearchIndex s_index;
    private static SearchHit* s_hits;
    private static int s_hitCapacity;

    /// <summary>Adds a document with text in field 0; its id or an error.</summary>
    [WasmExport("search_add")]
    public static int Add(byte* text, int length) => AddField(-1, 0, text, length);

    /// <summary>Adds text to a field of the latest document, or of another one when <paramref name="document"/> is -1; the document's id or an error.</summary>
    [WasmExport("search_add_field")]
    public static int AddField(int document, int field, byte* text, int length)
    {
        if (length < 0 || (uint)field >= SearchSettings.FieldCount)
        {
            return KernelError.InvalidArgument;
        }

        if (!KernelMemory.IsInside(text, (uint)length))
        {
            return KernelError.OutOfRange;
        }

        if (document == -1)
        {
            document = s_index.Begin();
            if (document < 0)
            {
                return document;
            }
        }
        else if (document < 0 || document != s_index.DocumentCount - 1)
        {
            return KernelError.NotFound;
        }

        // SAFETY: checked above; the same holds for each export below.
        int error = s_index.AddText(field, new ReadOnlySpan<byte>(text, length));
        return error == 0 ? document : error;
    }

    /// <summary>Hides a document; 0 or an error.</summary>
    [WasmExport("search_remove")]
    public static int Remove(int document) => s_index.Remove(document) ? 0 : KernelError.NotFound;

    /// <summary>Sets the parameters of BM25 and the four fields' weights; 0 or an error.</summary>
    [WasmExport("search_set_weights")]
    public static int SetWeights(double k1, double b, double weight0, double weight1, double weight2, double weight3)
    {
        SearchSettings settings = s_index.Settings;
        settings.K1 = k1;
        settings.B = b;
        settings.Weights[0] = weight0;
        settings.Weights[1] = weight1;
        settings.Weights[2] = weight2;
        settings.Weights[3] = weight3;
        return s_index.Configure(settings);
    }

    /// <summary>Sets how much the neighbours in a conversation and the whole of it count; 0 or an error.</summary>
    [WasmExport("search_set_context")]
    public static int SetContext(double neighbourWeight, double sessionWeight)
    {
        SearchSettings settings = s_index.Settings;
        settings.NeighbourWeight = neighbourWeight;
        settings.SessionWeight = sessionWeight;
        return s_index.Configure(settings);
    }

    /// <summary>Says that the latest document follows another one in a conversation; 0 or an error.</summary>
    [WasmExport("search_follow")]
    public static int Follow(int document, int previous) => s_index.Follow(document, previous) ? 0 : KernelError.NotFound;

    /// <summary>Sets which part of a query's best score is added to this document's; 0 or an error.</summary>
    [WasmExport("search_boost")]
    public static int Boost(int document, double boost)
    {
        if (!(Math.Abs(boost) <= LargestBoost))
        {
            return KernelError.InvalidArgument;
        }

        return s_index.Boost(document, (float)boost) ? 0 : KernelError.NotFound;
    }

    /// <summary>Tidies up after many changes; the number of documents that have an id, or an error.</summary>
    [WasmExport("search_commit")]
    public static int Commit() => s_index.Commit() ? s_index.DocumentCount : KernelError.OutOfMemory;

    /// <summary>Finds at most <paramref name="limit"/> documents; their number or an error.</summary>
    [WasmExport("search_query")]
    public static int Query(byte* query, int length, int limit)
    {
        if (length < 0 || limit <= 0)
        {
            return KernelError.InvalidArgument;
        }

        if (!KernelMemory.IsInside(query, (uint)length))
        {
            return KernelError.OutOfRange;
        }

        limit = Math.Min(limit, s_index.DocumentCount);
        if (!TryReserveHits(limit))
        {
            return KernelError.OutOfMemory;
        }

        return s_index.Query(new ReadOnlySpan<byte>(query, length), new Span<SearchHit>(s_hits, limit));
    }

    /// <summary>The address of the last query's hits; 0 before the first.</summary>
    [WasmExport("search_results")]
    public static SearchHit* Results() => s_hits;

    /// <summary>Packs the index and gives the address of its image; 0 when there is no memory. Valid until the index changes.</summary>
    [WasmExport("search_image")]
    public static byte* Image() => s_index.Save(out _);

    /// <summary>Length of the image that the last call of search_image gave.</summary>
    [WasmExport("search_image_bytes")]
    public static int ImageBytes() => s_index.ImageBytes;

    /// <summary>Takes a saved image in place of what is there; the number of documents that have an id, or an error.</summary>
    [WasmExport("search_load")]
    public static int Load(byte* image, int bytes)
    {
        if (bytes < 0)
        {
            return KernelError.InvalidArgument;
        }

        if (!KernelMemory.IsInside(image, (uint)bytes))
        {
            return KernelError.OutOfRange;
        }

        int error = s_index.Load(image, bytes);
        return error == 0 ? s_index.DocumentCount : error;
    }

    /// <summary>Writes the stem of a word of lower-case ASCII letters, which is never longer; its length or an error.</summary>
    [WasmExport("search_stem")]
    public static int Stem(byte* word, int length, byte* stem)
    {
        if (length < 0)
        {
            return KernelError.InvalidArgument;
        }

        if (!KernelMemory.IsInside(word, (uint)length) || !KernelMemory.IsInside(stem, (uint)length))
        {
            return KernelError.OutOfRange;
        }

        var written = new Span<byte>(stem, length);
        new ReadOnlySpan<byte>(word, length).CopyTo(written);
        return PorterStemmer.Stem(written);
    }

    /// <summary>1 when the word, in lower-case ASCII letters, is a stop word, 0 when not, or an error.</summary>
    [WasmExport("search_is_stop_word")]
    public static int IsStopWord(byte* word, int length)
    {
        if (length < 0)
        {
            return KernelError.InvalidArgument;
        }

        if (!KernelMemory.IsInside(word, (uint)length))
        {
            return KernelError.OutOfRange;
        }

        return StopWords.Contains(new ReadOnlySpan<byte>(word, length)) ? 1 : 0;
    }

    /// <summary>Forgets all documents, parameters and results, and gives their memory back; 0.</summary>
    [WasmExport("search_clear")]
    public static int Clear()
    {
        s_index.Free();
        KernelMemory.Free(s_hits);
        s_hits = null;
        s_hitCapacity = 0;
        return 0;
    }

    private static bool TryReserveHits(int count)
    {
        if (count <= s_hitCapacity && s_hits != null)
        {
            return true;
        }

        long bytes = (long)count * sizeof(SearchHit);
        var hits = bytes > int.MaxValue ? null : (SearchHit*)KernelMemory.TryAllocate((uint)bytes);
        if (hits == null)
        {
            return false;
        }

        KernelMemory.Free(s_hits);
        s_hits = hits;
        s_hitCapacity = count;
        return true;
    }
}
