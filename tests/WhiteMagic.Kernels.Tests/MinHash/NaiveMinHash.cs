using System;
using System.Collections.Generic;
using System.Linq;

namespace WhiteMagic.Kernels.Tests.MinHash;

/// <summary>MinHash as its definition says: sets, and a minimum over them.</summary>
internal static class NaiveMinHash
{
    public static uint[] Sign(IEnumerable<uint> elements) =>
        [.. Enumerable.Range(0, 128).Select(i => elements.Select(e => Mix(Spread(e) ^ Seed((uint)i))).DefaultIfEmpty(uint.MaxValue).Min())];

    public static HashSet<uint> ShingleHashes(byte[] text)
    {
        List<uint> words = [.. Words(text).Select(w => Spread(Fnv(w)))];
        if (words.Count == 0)
        {
            return text.Length == 0 ? [] : [Fnv([.. text.Select(Lower)])];
        }

        int length = Math.Min(5, words.Count);
        return [.. Enumerable.Range(0, words.Count - length + 1).Select(i => words.GetRange(i, length).Aggregate(0u, (h, w) => (h * 0x2C9277B5) + w))];
    }

    public static uint Fnv(byte[] bytes) => bytes.Aggregate(0x811C9DC5u, (hash, b) => (hash ^ b) * 0x01000193);

    private static IEnumerable<byte[]> Words(byte[] text)
    {
        var word = new List<byte>();
        bool wide = false;
        foreach (byte b in text)
        {
            bool continues = wide ? (b & 0xC0) == 0x80 : b < 0xE0 && (b >= 0x80 || char.IsAsciiLetterOrDigit((char)b));
            if (word.Count > 0 && !continues)
            {
                yield return [.. word];
                word.Clear();
                wide = false;
            }

            if (b >= 0x80 || char.IsAsciiLetterOrDigit((char)b))
            {
                wide |= word.Count == 0 && b >= 0xE0;
                word.Add(Lower(b));
            }
        }

        if (word.Count > 0)
        {
            yield return [.. word];
        }
    }

    private static byte Lower(byte b) => b < 0x80 ? (byte)char.ToLowerInvariant((char)b) : b;

    private static uint Spread(uint h)
    {
        h = (h ^ (h >> 16)) * 0x85EBCA6B;
        h = (h ^ (h >> 13)) * 0xC2B2AE35;
        return h ^ (h >> 16);
    }

    private static uint Mix(uint x)
    {
        x *= 0x9E3779B1;
        return (x ^ (x >> 15)) * 0x85EBCA77;
    }

    private static uint Seed(uint i)
    {
        uint x = Mix((i * 0x9E3779B1) + 0xC2B2AE3D);
        return x ^ (x >> 13);
    }
}
