using System;
using System.Collections.Generic;
using System.Text;

namespace WhiteMagic.Governance.Detection;

/// <summary>
/// Finds what looks like an instruction to the model rather than something to remember: phrases, marks of another role, hidden characters. A
/// net, not a wall: recalled text is quoted as data whether this finds something or not.
/// </summary>
public static class InstructionDetector
{
    private const int LeastHidden = 4;
    private const int FlagEmoji = 0x1F3F4;
    private const int WindowWords = 256;

    private static readonly Vocabulary _vocabulary = new();
    private static readonly byte[][] _markers = Markers();

    /// <summary>Finds the first; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> utf8, out Sighting sighting) => TryFind(utf8, 0, out sighting);

    /// <summary>Adds all of them to <paramref name="sightings"/>, in their order, not overlapping.</summary>
    public static void FindAll(ReadOnlySpan<byte> utf8, List<Sighting> sightings)
    {
        int from = 0;
        while (TryFind(utf8, from, out Sighting sighting))
        {
            sightings.Add(sighting);
            from = sighting.Start + sighting.Length;
        }
    }

    private static bool TryFind(ReadOnlySpan<byte> utf8, int from, out Sighting sighting)
    {
        bool found = TryPhrase(utf8, from, out sighting);
        if (TryMarker(utf8, from, out Sighting marker) && (!found || marker.Start < sighting.Start))
        {
            sighting = marker;
            found = true;
        }

        if (TryHidden(utf8, from, out Sighting hidden) && (!found || hidden.Start < sighting.Start))
        {
            sighting = hidden;
            found = true;
        }

        return found;
    }

    // Each word is read once: those that follow the one at which a phrase may begin wait in a window.
    private static bool TryPhrase(ReadOnlySpan<byte> utf8, int from, out Sighting sighting)
    {
        Span<int> ids = stackalloc int[WindowWords];
        Span<int> starts = stackalloc int[WindowWords];
        Span<int> ends = stackalloc int[WindowWords];
        Span<byte> word = stackalloc byte[Vocabulary.MostBytes];
        var reader = new WordReader(utf8, from);
        int count = 0;
        bool isAtEnd = false;
        for (int at = 0; ; at++)
        {
            if (!isAtEnd && count - at < Phrases.MostWords)
            {
                Keep(ids, starts, ends, at, ref count);
                at = 0;
                while (count < WindowWords)
                {
                    int length = reader.Read(word);
                    if (length < 0)
                    {
                        isAtEnd = true;
                        break;
                    }

                    ids[count] = length <= Vocabulary.MostBytes ? _vocabulary.Find(word[..length]) : 0;
                    starts[count] = reader.Start;
                    ends[count++] = reader.End;
                }
            }

            if (at >= count)
            {
                sighting = default;
                return false;
            }

            if (ids[at] != 0 && Match(ids[at..Math.Min(count, at + Phrases.MostWords)], out string kind) is > 0 and int taken)
            {
                sighting = new Sighting(kind, starts[at], ends[at + taken - 1] - starts[at]);
                return true;
            }
        }
    }

    private static void Keep(Span<int> ids, Span<int> starts, Span<int> ends, int from, ref int count)
    {
        ids[from..count].CopyTo(ids);
        starts[from..count].CopyTo(starts);
        ends[from..count].CopyTo(ends);
        count -= from;
    }

    private static int Match(ReadOnlySpan<int> words, out string kind)
    {
        foreach (Phrase phrase in _vocabulary.Beginning(words[0]))
        {
            if (phrase.Match(words) is > 0 and int taken)
            {
                kind = phrase.Kind;
                return taken;
            }
        }

        kind = "";
        return 0;
    }

    private static bool TryMarker(ReadOnlySpan<byte> utf8, int from, out Sighting sighting)
    {
        Span<byte> lower = stackalloc byte[32];
        for (int at = from; at < utf8.Length; at++)
        {
            int next = utf8[at..].IndexOfAny((byte)'<', (byte)'[', (byte)'#');
            if (next < 0)
            {
                break;
            }

            at += next;
            int length = Math.Min(lower.Length, utf8.Length - at);
            for (int i = 0; i < length; i++)
            {
                lower[i] = (byte)char.ToLowerInvariant((char)utf8[at + i]);
            }

            foreach (byte[] marker in _markers)
            {
                if (lower[..length].StartsWith(marker))
                {
                    sighting = new Sighting("role_marker", at, marker.Length);
                    return true;
                }
            }
        }

        sighting = default;
        return false;
    }

    // Unicode's tag characters spell ASCII that nobody sees; only some flags have a use for them. An override of direction shows text backwards.
    private static bool TryHidden(ReadOnlySpan<byte> utf8, int from, out Sighting sighting)
    {
        sighting = default;
        for (int at = from; at < utf8.Length; at++)
        {
            int next = utf8[at..].IndexOfAny((byte)0xF3, (byte)0xE2);
            if (next < 0)
            {
                return false;
            }

            at += next;
            if (utf8[at..].StartsWith("\u202E"u8))
            {
                sighting = new Sighting("hidden_text", at, 3);
                return true;
            }

            int length = TagsLength(utf8[at..]);
            if (length / 4 >= LeastHidden && !FollowsFlag(utf8[..at]))
            {
                sighting = new Sighting("hidden_text", at, length);
                return true;
            }

            at += Math.Max(length - 1, 0);
        }

        return false;
    }

    private static int TagsLength(ReadOnlySpan<byte> rest)
    {
        int length = 0;
        while (Rune.DecodeFromUtf8(rest[length..], out Rune rune, out int taken) == System.Buffers.OperationStatus.Done && rune.Value is >= 0xE0000 and <= 0xE007F)
        {
            length += taken;
        }

        return length;
    }

    private static bool FollowsFlag(ReadOnlySpan<byte> before) =>
        Rune.DecodeLastFromUtf8(before, out Rune last, out _) == System.Buffers.OperationStatus.Done && last.Value == FlagEmoji;

    private static byte[][] Markers()
    {
        string[] texts = Phrases.Markers();
        var markers = new byte[texts.Length][];
        for (int i = 0; i < markers.Length; i++)
        {
            markers[i] = Encoding.UTF8.GetBytes(texts[i]);
        }

        return markers;
    }
}
