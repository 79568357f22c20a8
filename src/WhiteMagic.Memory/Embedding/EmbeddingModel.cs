using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using System.Text.Json;

namespace WhiteMagic.Memory.Embedding;

// A static embedding is the mean of the vectors of a text's tokens (T. van Dongen and S. Tulkens, "Model2Vec", 2024): no network, some
// microseconds. A model is believed only when it tells related words from others, so that one that is noise changes nothing.

/// <summary>A static embedding model in the layout of Model2Vec: model.safetensors and tokenizer.json in a folder.</summary>
public sealed class EmbeddingModel
{
    private const int MostTokens = 512;
    private const int MostTextBytes = 16 << 10;
    private const int LeastPairs = 12;
    private const double LeastShare = 0.8;
    private const int OthersCount = 5;

    // Pairs of words that a model must find more alike than words of different pairs.
    private const string RelatedWords =
        "car automobile buy purchase happy glad doctor physician big large begin start house home street road child kid answer reply gift present film movie "
        + "job work error mistake fast quick ocean sea forest woods city town money cash sick ill smart clever angry mad stone rock picture image teach instruct";

    private readonly EmbeddingMatrix _matrix;
    private readonly WordPieces _pieces;

    private EmbeddingModel(string path, EmbeddingMatrix matrix, WordPieces pieces)
    {
        _matrix = matrix;
        _pieces = pieces;
        Identity = IdentityOf(path);
        IsTrusted = TellsWordsApart();
    }

    /// <summary>Bytes of a vector, one for each dimension.</summary>
    public int Dimensions => _matrix.Dimensions;

    /// <summary>Tells vectors of this model from those of others.</summary>
    public long Identity { get; }

    /// <summary>Whether it finds related words more alike than others. What is not trusted is not used.</summary>
    public bool IsTrusted { get; }

    /// <summary>Loads the model of a folder, or of its first subfolder that has one; null when there is none.</summary>
    /// <exception cref="FailureException">There is one, and it cannot be used.</exception>
    public static EmbeddingModel? Load(string models)
    {
        if (!Directory.Exists(models))
        {
            return null;
        }

        string[] folders = [models, .. Directory.GetDirectories(models)];
        Array.Sort(folders, StringComparer.Ordinal);
        foreach (string folder in folders)
        {
            string matrix = Path.Combine(folder, "model.safetensors");
            if (File.Exists(matrix))
            {
                return LoadFrom(folder, matrix);
            }
        }

        return null;
    }

    /// <summary>Writes the direction of a text; all 0 for one without known words.</summary>
    public void Embed(ReadOnlySpan<byte> text, Span<sbyte> vector)
    {
        Span<int> tokens = stackalloc int[MostTokens];
        int count = _pieces.Part(text[..Math.Min(text.Length, MostTextBytes)], tokens);
        float[] sum = new float[Dimensions];
        foreach (int token in tokens[..count])
        {
            _matrix.AddTo(sum, token);
        }

        _ = EmbeddingMatrix.Quantize(sum, vector);
    }

    /// <summary>The cosine of two vectors, -1 to 1; 0 when one is 0.</summary>
    public static double Cosine(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        long dot = 0;
        long squareA = 0;
        long squareB = 0;
        for (int i = 0; i < a.Length && i < b.Length; i++)
        {
            dot += a[i] * b[i];
            squareA += a[i] * a[i];
            squareB += b[i] * b[i];
        }

        return squareA == 0 || squareB == 0 ? 0 : dot / Math.Sqrt((double)squareA * squareB);
    }

    private static EmbeddingModel LoadFrom(string folder, string path)
    {
        try
        {
            EmbeddingMatrix matrix = SafetensorsFile.Read(RegularFile(path));
            return new EmbeddingModel(path, matrix, WordPieces.Read(RegularFile(Path.Combine(folder, "tokenizer.json")), matrix.Rows));
        }
        catch (Exception e) when (WhatIsWrong(e) is { } problem)
        {
            throw FailureException.Invalid($"the embedding model in {folder} cannot be used: {problem}");
        }
    }

    // A pipe or a device has no length, and opening one would wait for whoever writes.
    private static string RegularFile(string path) =>
        new FileInfo(path) is { Length: 0 } file ? throw new InvalidDataException(file.Name + " is empty, or no regular file") : path;

    // Null for what no file can cause.
    private static string? WhatIsWrong(Exception e) => e switch
    {
        FileNotFoundException => "tokenizer.json is missing",
        EndOfStreamException => "model.safetensors ends too early",
        JsonException json => "its JSON has an error in line " + ((json.LineNumber ?? 0) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
        InvalidDataException => e.Message,
        IOException or UnauthorizedAccessException => "it cannot be read",
        InvalidOperationException or FormatException or System.Collections.Generic.KeyNotFoundException => "it does not have the shape of a Model2Vec model",
        _ => null,
    };

    // The length of the file and its first and last bytes.
    private static long IdentityOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> bytes = stackalloc byte[4096];
        ulong hash = (ulong)file.Length * 0x9E3779B97F4A7C15;
        for (int part = 0; part < 2; part++)
        {
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            for (int i = 0; i + 8 <= read; i += 8)
            {
                hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..])) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 32;
            }

            file.Position = Math.Max(0, file.Length - bytes.Length);
        }

        return (long)(hash >> 1);
    }

    private bool TellsWordsApart()
    {
        string[] words = RelatedWords.Split(' ');
        var vectors = new sbyte[words.Length][];
        int known = 0;
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            (vectors[known], vectors[known + 1]) = (new sbyte[Dimensions], new sbyte[Dimensions]);
            Embed(Encoding.UTF8.GetBytes(words[i]), vectors[known]);
            Embed(Encoding.UTF8.GetBytes(words[i + 1]), vectors[known + 1]);
            known += vectors[known].AsSpan().ContainsAnyExcept((sbyte)0) && vectors[known + 1].AsSpan().ContainsAnyExcept((sbyte)0) ? 2 : 0;
        }

        int right = 0;
        int all = 0;
        for (int i = 0; i < known; i += 2)
        {
            double related = Cosine(vectors[i], vectors[i + 1]);
            for (int k = 1; k <= OthersCount; k++)
            {
                right += related > Cosine(vectors[i], vectors[(i + (2 * k) + 1) % known]) ? 1 : 0;
                all++;
            }
        }

        return known >= 2 * LeastPairs && right >= LeastShare * all;
    }
}
