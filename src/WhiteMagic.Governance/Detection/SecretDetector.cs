using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance.Detection;

/// <summary>
/// Finds what looks like a credential, in one pass: tokens at the beginnings of words, private keys, URLs with a password, headers, and values
/// that are given to a name such as <c>password</c>. A net, not a wall: it knows shapes, not meaning.
/// </summary>
public static class SecretDetector
{
    private static readonly TokenShape[]?[] _byFirst = ByFirst();

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
        bool isInWord = false;
        for (int at = from; at < utf8.Length; at++)
        {
            byte b = utf8[at];
            bool isWord = char.IsAsciiLetterOrDigit((char)b) || b == '_';
            if (isWord && !isInWord && TryToken(utf8, at, out sighting))
            {
                return true;
            }

            isInWord = isWord;
            if (b is (byte)':' or (byte)'=' or (byte)'-' or (byte)' ' && TryMark(utf8, at, from, out sighting))
            {
                return true;
            }
        }

        sighting = default;
        return false;
    }

    private static bool TryToken(ReadOnlySpan<byte> utf8, int at, out Sighting sighting)
    {
        ReadOnlySpan<byte> rest = utf8[at..];
        foreach (TokenShape shape in _byFirst[rest[0]] ?? [])
        {
            if (shape.LengthAt(rest) is > 0 and int length)
            {
                sighting = new Sighting(shape.Kind, at, length);
                return true;
            }
        }

        if (rest.StartsWith("eyJ"u8) && StructuredTokens.JwtLength(rest) is > 0 and int jwt)
        {
            sighting = new Sighting("jwt", at, jwt);
            return true;
        }

        sighting = default;
        return false;
    }

    // The marks at which something may stand beside a name.
    private static bool TryMark(ReadOnlySpan<byte> utf8, int at, int from, out Sighting sighting)
    {
        switch (utf8[at])
        {
            case (byte)'-':
                return utf8[at..].StartsWith("-----"u8) ? PrivateKeys.TryFind(utf8, at, out sighting) : Assignments.TryFindFlag(utf8, at, from, out sighting);
            case (byte)' ' when !utf8[at..].StartsWith(" is"u8):
                sighting = default;
                return false;
            case (byte)':' when utf8[at..].StartsWith("://"u8):
                return UrlPasswords.TryFind(utf8, at, from, out sighting) || StructuredTokens.TryWebhook(utf8, at, from, out sighting);
            case (byte)':' when StructuredTokens.TryTelegram(utf8, at, from, out sighting):
                return true;
            default:
                return Assignments.TryFind(utf8, at, from, out sighting);
        }
    }

    private static TokenShape[]?[] ByFirst()
    {
        var byFirst = new TokenShape[]?[256];
        foreach (TokenShape shape in TokenShapes.All)
        {
            byFirst[shape.First] = [.. byFirst[shape.First] ?? [], shape];
        }

        return byFirst;
    }
}
