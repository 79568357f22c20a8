using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    [SkipLocalsInit]
    public static unsafe void EncodeText(ReadOnlySpan<byte> utf8, out float x, out float y)
    {
        // SAFETY: at is below the length when a byte is read; a word begins below TextBytes and its list is below ListCount.
        ref byte text = ref MemoryMarshal.GetReference(utf8);
        bool* seen = stackalloc bool[WordLists.TextBytes];
        int* counts = stackalloc int[WordLists.ListCount];
        Unsafe.InitBlock(seen, 0, WordLists.TextBytes);
        Unsafe.InitBlock(counts, 0, WordLists.ListCount * sizeof(int));
        for (int at = 0; at < utf8.Length; at++)
        {
            int start = at;
            uint hash = 0;
            bool isOfLetters = true;
            for (; at < utf8.Length && IsWordByte(Unsafe.Add(ref text, at)); at++)
            {
                uint letter = Unsafe.Add(ref text, at) | (uint)WordLists.AsciiCaseBit;
                isOfLetters &= letter - 'a' <= 'z' - 'a';
                hash = (hash ^ letter) * WordLists.Multiplier;
            }

            int found = isOfLetters && at > start ? WordLists.Find(hash, ref Unsafe.Add(ref text, start), at - start) : -1;
            if (found >= 0 && !seen[found])
            {
                seen[found] = true;
                counts[WordLists.ListOf(found)]++;
            }
        }

        x = Balance(counts[WordLists.Emotion], counts[WordLists.Logic]);
        y = Balance(counts[WordLists.Macro], counts[WordLists.Micro]);
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Balance(int towards, int away) => towards + away == 0 ? 0 : (float)(towards - away) / (towards + away);

    private static bool IsWordByte(byte b) =>
        (uint)((b | WordLists.AsciiCaseBit) - 'a') <= 'z' - 'a' || (uint)(b - '0') <= 9 || b == '_' || b >= 0x80;
}
