using System;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Memory.Embedding;

/// <summary>A vocabulary of word pieces (tokenizer.json with a model of type WordPiece, without case and accents) by the hashes of its tokens.</summary>
internal sealed class WordPieces
{
    private const int MostFileBytes = 64 << 20;
    private const int MostWordBytes = 200;
    private const ulong HashStart = 0xCBF29CE484222325;
    private const ulong HashPrime = 0x100000001B3;

    private readonly ulong _continuing = Hash(HashStart, "##"u8);
    private ulong[] _hashes = new ulong[1 << 10];
    private int[] _ids = new int[1 << 10];
    private int _count;

    /// <summary>Reads a tokenizer.json for a matrix of so many rows.</summary>
    internal static WordPieces Read(string path, int rows)
    {
        if (new FileInfo(path).Length > MostFileBytes)
        {
            throw new InvalidDataException("tokenizer.json is larger than 64 MiB");
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement model = document.RootElement.GetProperty("model"u8);
        string? type = model.TryGetProperty("type"u8, out JsonElement named) ? named.GetString() : null;
        if (type is not (null or "WordPiece"))
        {
            throw new InvalidDataException($"tokenizer.json has a model of type {type}; allowed is WordPiece");
        }

        var pieces = new WordPieces();
        foreach (JsonProperty token in model.GetProperty("vocab"u8).EnumerateObject())
        {
            int id = token.Value.GetInt32();
            if ((uint)id < (uint)rows)
            {
                pieces.Add(Hash(HashStart, Encoding.UTF8.GetBytes(token.Name)), id);
            }
        }

        return pieces._count > 0 ? pieces : throw new InvalidDataException("tokenizer.json has no token for the rows of the matrix");
    }

    /// <summary>Writes the tokens of a text until there is no more room, and returns their number. Words that cannot be parted are left out.</summary>
    internal int Part(ReadOnlySpan<byte> text, Span<int> tokens)
    {
        int count = 0;
        int length = 0;
        Span<byte> word = stackalloc byte[MostWordBytes];
        for (int at = 0; at < text.Length && count < tokens.Length;)
        {
            Letter letter = Letter.Read(text, at);
            bool isPart = letter.Kind is LetterKind.Lower or LetterKind.Upper;
            if (!isPart && letter.Kind != LetterKind.Ignored)
            {
                count += PartWord(word[..length], tokens[count..]);
                length = 0;
            }

            // A sign, or a character of a script without spaces, is a word of its own.
            ReadOnlySpan<byte> own = text.Slice(at, letter.Bytes);
            if (isPart)
            {
                for (uint folded = letter.Folded, i = 0; i < letter.FoldedBytes && length < MostWordBytes; i++, folded >>= 8)
                {
                    word[length++] = (byte)folded;
                }
            }
            else if (letter.Kind != LetterKind.Ignored && own[0] > ' ')
            {
                count += PartWord(own, tokens[count..]);
            }

            at += letter.Bytes;
        }

        return count + PartWord(word[..length], tokens[count..]);
    }

    private static ulong Hash(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * HashPrime;
        }

        return hash;
    }

    // The longest piece first. All of a word or nothing.
    private int PartWord(ReadOnlySpan<byte> word, Span<int> tokens)
    {
        int count = 0;
        for (int start = 0; start < word.Length;)
        {
            int end = word.Length;
            int id = -1;
            for (; end > start && (id = IdOf(Hash(start == 0 ? HashStart : _continuing, word[start..end]))) < 0; end--)
            {
            }

            if (id < 0 || count == tokens.Length)
            {
                return 0;
            }

            tokens[count++] = id;
            start = end;
        }

        return count;
    }

    private int IdOf(ulong hash)
    {
        int mask = _hashes.Length - 1;
        for (int at = (int)(hash >> 32) & mask; _hashes[at] != 0; at = (at + 1) & mask)
        {
            if (_hashes[at] == hash)
            {
                return _ids[at];
            }
        }

        return -1;
    }

    private void Add(ulong hash, int id)
    {
        if (_count >= _hashes.Length / 2)
        {
            (ulong[] hashes, int[] ids) = (_hashes, _ids);
            _hashes = new ulong[hashes.Length * 2];
            _ids = new int[hashes.Length * 2];
            _count = 0;
            for (int i = 0; i < hashes.Length; i++)
            {
                if (hashes[i] != 0)
                {
                    Add(hashes[i], ids[i]);
                }
            }
        }

        int mask = _hashes.Length - 1;
        int at = (int)(hash >> 32) & mask;
        while (_hashes[at] != 0 && _hashes[at] != hash)
        {
            at = (at + 1) & mask;
        }

        _count += _hashes[at] == 0 ? 1 : 0;
        (_hashes[at], _ids[at]) = (hash, id);
    }
}
