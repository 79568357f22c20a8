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

    private static bool TryPhrase(ReadOnlySpan<byte> utf8, int from, out Sighting sighting)
    {
        Span<byte> word = stackalloc byte[Vocabulary.MostBytes];
        var reader = new WordReader(utf8, from);
        for (int length = reader.Read(word); length >= 0; length = reader.Read(word))
        {
            int id = length <= Vocabulary.MostBytes ? _vocabulary.Find(word[..length]) : 0;
            if (id != 0 && _vocabulary.Beginning(id) is { Count: > 0 } phrases && TryPhrases(utf8, reader.Start, phrases, out sighting))
            {
                return true;
            }
        }

        sighting = default;
        return false;
    }

    private static bool TryPhrases(ReadOnlySpan<byte> utf8, int start, List<Phrase> phrases, out Sighting sighting)
    {
        Span<int> words = stackalloc int[Phrases.MostWords];
        Span<int> ends = stackalloc int[Phrases.MostWords];
        Span<byte> word = stackalloc byte[Vocabulary.MostBytes];
        var reader = new WordReader(utf8, start);
        int count = 0;
        while (count < words.Length && reader.Read(word) is >= 0 and int length)
        {
            words[count] = length <= Vocabulary.MostBytes ? _vocabulary.Find(word[..length]) : 0;
            ends[count++] = reader.End;
        }

        foreach (Phrase phrase in phrases)
        {
            if (phrase.Match(words[..count]) is > 0 and int taken)
            {
                sighting = new Sighting(phrase.Kind, start, ends[taken - 1] - start);
                return true;
            }
        }

        sighting = default;
        return false;
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
        var markers = new byte[Phrases.Markers.Length][];
        for (int i = 0; i < markers.Length; i++)
        {
            markers[i] = Encoding.UTF8.GetBytes(Phrases.Markers[i]);
        }

        return markers;
    }
}
