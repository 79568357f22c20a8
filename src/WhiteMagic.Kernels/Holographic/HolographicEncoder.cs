using System;
using System.Numerics;

namespace WhiteMagic.Kernels.Holographic;

// The place of a memory in five dimensions.
//
// Problem: give every memory coordinates that a person can interpret, from its text and what is known about it, the same in every build.
// Source: the formulas of WhiteMagic's historical encoder, with its defects decided: words are matched as whole words, not as parts of others,
// and z falls as its description says.
//
//   x = (emotion - logic) / (emotion + logic)     -1 logic .. +1 emotion; distinct words of each list; 0 without any
//   y = (macro - micro) / (macro + micro)         -1 micro .. +1 macro; likewise
//   z = (365 - age) / (365 + age)                 +1 now, 0 at one year, towards -1; age in days
//   w = max(importance, 1/2) + min(accesses / 10, 1/2) + (0.2 above 500 bytes, 0.1 above 200), at most 2.5
//   v = (1 - galactic distance) + min(accesses / 20, 0.3) + max(importance - 1/2, 0) / 5, within 0 .. 1
//
// A word is a run of ASCII letters, digits, underscores and non-ASCII bytes; only words of letters can be listed.
// Cost: one pass with one multiplication a byte, one table look-up a word.
// Knowingly not optimal: words are not stemmed, so "feelings" does not count as "feeling".

/// <summary>Computes holographic coordinates. x and y depend on the text only; the others on what changes later.</summary>
public static class HolographicEncoder
{
    private const double DaysPerYear = 365;

    /// <summary>Places a text between logic (-1) and emotion (+1), and between micro (-1) and macro (+1).</summary>
    public static void EncodeText(ReadOnlySpan<byte> utf8, out float x, out float y)
    {
        ulong seenLow = 0;
        ulong seenHigh = 0;
        int at = 0;
        while (at < utf8.Length)
        {
            int start = at;
            uint hash = 0;
            uint letter = 0;
            while (at < utf8.Length && (letter = (uint)(utf8[at] | WordLists.AsciiCaseBit)) - 'a' <= 'z' - 'a')
            {
                hash = (hash ^ letter) * WordLists.Multiplier;
                at++;
            }

            int end = at;
            while (at < utf8.Length && IsWordByte(utf8[at]))
            {
                at++;
            }

            int index = end == at && end > start ? WordLists.Find(hash, utf8[start..end]) : -1;
            if (index >= 64)
            {
                seenHigh |= 1UL << (index - 64);
            }
            else if (index >= 0)
            {
                seenLow |= 1UL << index;
            }

            if (at == start)
            {
                at++;
            }
        }

        const ulong LogicLow = (1UL << WordLists.EmotionStart) - 1;
        const ulong EmotionHigh = (1UL << (WordLists.MicroStart - 64)) - 1;
        const ulong MacroHigh = ulong.MaxValue << (WordLists.MacroStart - 64);
        x = Balance(
            BitOperations.PopCount(seenLow & ~LogicLow) + BitOperations.PopCount(seenHigh & EmotionHigh), BitOperations.PopCount(seenLow & LogicLow));
        y = Balance(BitOperations.PopCount(seenHigh & MacroHigh), BitOperations.PopCount(seenHigh & ~(EmotionHigh | MacroHigh)));
    }

    /// <summary>z: +1 now or in the future, 0 at one year, towards -1 after. NaN counts as now.</summary>
    public static float Newness(double ageDays)
    {
        const double Oldest = 1e12;
        if (!(ageDays > 0))
        {
            return 1;
        }

        double age = Math.Min(ageDays, Oldest);
        return (float)((DaysPerYear - age) / (DaysPerYear + age));
    }

    /// <summary>w: importance or gravity, 0.5 to 2.5; for importance from 0 to 1 at most 1.7. NaN importance counts as 0.</summary>
    public static float Weight(double importance, int accessCount, int contentBytes)
    {
        const double Heaviest = 2.5;
        double length = contentBytes > 500 ? 0.2 : contentBytes > 200 ? 0.1 : 0;
        double weight = Floored(importance) + Math.Min(Math.Max(accessCount, 0) / 10.0, 0.5) + length;
        return (float)Math.Min(weight, Heaviest);
    }

    /// <summary>v: vitality, 0 at the edge to 1 at the core. NaN importance counts as 0, NaN distance as 0.</summary>
    public static float Vitality(double importance, int accessCount, double galacticDistance)
    {
        double nearness = 1 - (galacticDistance > 0 ? Math.Min(galacticDistance, 1) : 0);
        double vitality = nearness + Math.Min(Math.Max(accessCount, 0) / 20.0, 0.3) + (0.2 * (Floored(importance) - 0.5));
        return (float)Math.Min(vitality, 1);
    }

    private static double Floored(double importance) => importance > 0.5 ? importance : 0.5;

    private static float Balance(int towards, int away) => towards + away == 0 ? 0 : (float)(towards - away) / (towards + away);

    private static bool IsWordByte(byte b) =>
        (uint)((b | WordLists.AsciiCaseBit) - 'a') <= 'z' - 'a' || (uint)(b - '0') <= 9 || b == '_' || b >= 0x80;
}
