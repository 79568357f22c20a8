using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Holographic;

// 128 words in four lists, found by a perfect hash: hash = (hash ^ letter) * Multiplier over the lower-case letters; its upper nine bits are
// the slot. The multiplier was found by trying odd numbers until no two words met (61 million); a test checks that every word is found.

/// <summary>The words that place a text between logic and emotion, and between micro and macro.</summary>
public static class WordLists
{
    public const int WordCount = 128;

    /// <summary>Index of the first word of each list; logic begins at 0.</summary>
    public const int EmotionStart = 42;

    public const int MicroStart = 84;

    public const int MacroStart = 106;

    internal const int Logic = 0;
    internal const int Emotion = 1;
    internal const int Micro = 2;
    internal const int Macro = 3;
    internal const int ListCount = 4;

    internal const uint Multiplier = 228416679;

    private const int SlotShift = 32 - 9;

    /// <summary>All words in the order of their index, each followed by a space.</summary>
    public static ReadOnlySpan<byte> Text =>
        "analysis argument assert axiom boolean bug cache calculate code compiler compute condition data debug deduce equation "u8 +
        "error evidence exception fact formula function hypothesis implement index inference integer iterate logic loop matrix "u8 +
        "measure method module parse premise proof query schema theorem validate variable "u8 +
        "afraid anger anxious beloved bliss calm comfort compassion courage cry delight despair dream ecstasy empathy envy "u8 +
        "excited fear feel feeling friend gratitude grief guilt happy heart hope joy laugh lonely longing love mourn pain "u8 +
        "passion proud regret sad smile sorrow tender worry "u8 +
        "atom bit byte cell character comma detail digit fragment grain item line minor particle pixel precise single specific "u8 +
        "symbol tiny token trivial "u8 +
        "architecture broad civilization culture economy ecosystem era framework future global history horizon humanity mission "u8 +
        "paradigm philosophy society strategy system universe vision world "u8;

    /// <summary>Where each word begins in <see cref="Text"/>, and where the next one would.</summary>
    private static ReadOnlySpan<ushort> Starts =>
    [
        0, 9, 18, 25, 31, 39, 43, 49, 59, 64, 73, 81, 91, 96, 102, 109, 118, 124, 133, 143, 148, 156, 165, 176, 186, 192, 202, 210, 218,
        224, 229, 236, 244, 251, 258, 264, 272, 278, 284, 291, 299, 308, 317, 324, 330, 338, 346, 352, 357, 365, 376, 384, 388, 396, 404,
        410, 418, 426, 431, 439, 444, 449, 457, 464, 474, 480, 486, 492, 498, 503, 507, 513, 520, 528, 533, 539, 544, 552, 558, 565, 569,
        575, 582, 589, 595, 600, 604, 609, 614, 624, 630, 637, 643, 652, 658, 663, 668, 674, 683, 689, 697, 704, 713, 720, 725, 731, 739,
        752, 758, 771, 779, 787, 797, 801, 811, 818, 825, 833, 841, 850, 858, 867, 878, 886, 895, 902, 911, 918, 924,
    ];

    /// <summary>For each value of the hash's upper bits the index of a word, or <see cref="WordCount"/>.</summary>
    private static ReadOnlySpan<byte> Slots =>
    [
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 83, 128, 31, 128, 128, 128, 128, 128, 128, 58, 128, 128, 19, 128,
        116, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 89, 51, 1, 128, 128, 128, 128, 126, 128, 84, 128, 128, 128, 128, 128, 128,
        107, 6, 128, 128, 128, 101, 128, 97, 128, 128, 128, 20, 128, 128, 128, 122, 128, 128, 128, 128, 128, 35, 128, 128, 128, 128, 128,
        128, 128, 128, 128, 119, 128, 128, 128, 128, 128, 128, 128, 128, 128, 74, 55, 117, 128, 128, 110, 128, 128, 13, 128, 128, 86,
        128, 114, 128, 15, 128, 48, 128, 3, 128, 128, 128, 128, 128, 128, 128, 22, 25, 128, 124, 39, 128, 128, 128, 128, 128, 128, 128,
        128, 128, 63, 128, 50, 128, 128, 128, 128, 128, 128, 128, 118, 128, 128, 45, 66, 128, 106, 38, 16, 128, 128, 71, 128, 128, 128,
        128, 128, 128, 128, 128, 128, 128, 44, 128, 53, 128, 128, 128, 128, 76, 41, 128, 128, 128, 128, 128, 128, 128, 128, 95, 128, 102,
        120, 128, 128, 128, 128, 128, 72, 128, 29, 128, 128, 128, 128, 128, 10, 128, 87, 77, 128, 59, 128, 128, 128, 85, 30, 128, 128,
        128, 128, 128, 128, 128, 128, 56, 128, 79, 104, 128, 128, 128, 128, 128, 128, 128, 128, 121, 128, 128, 128, 128, 127, 105, 123,
        128, 78, 128, 128, 11, 128, 128, 128, 8, 128, 128, 128, 128, 128, 128, 128, 128, 128, 82, 128, 128, 128, 128, 128, 46, 128, 128,
        128, 128, 69, 128, 128, 128, 128, 33, 128, 128, 24, 128, 27, 128, 128, 128, 128, 128, 21, 128, 128, 128, 128, 128, 12, 128, 36,
        128, 128, 128, 80, 128, 37, 128, 100, 128, 128, 128, 128, 128, 128, 128, 128, 5, 128, 0, 128, 128, 109, 128, 128, 128, 128, 128,
        61, 128, 128, 111, 23, 128, 128, 128, 128, 128, 128, 128, 128, 18, 128, 128, 47, 128, 128, 128, 128, 128, 128, 128, 128, 128,
        128, 128, 94, 128, 128, 128, 65, 128, 128, 128, 128, 128, 128, 128, 128, 128, 43, 128, 128, 128, 128, 128, 128, 98, 115, 128,
        128, 128, 9, 113, 88, 128, 128, 128, 128, 128, 128, 128, 128, 17, 128, 128, 128, 128, 128, 128, 128, 128, 128, 28, 32, 75, 128,
        128, 128, 128, 128, 26, 128, 128, 128, 112, 128, 2, 128, 34, 128, 49, 4, 128, 128, 73, 128, 128, 128, 128, 128, 128, 128, 108,
        128, 128, 128, 128, 128, 128, 128, 128, 128, 93, 128, 128, 128, 90, 128, 128, 128, 81, 128, 128, 103, 128, 128, 128, 128, 128,
        128, 128, 128, 128, 128, 128, 54, 128, 60, 128, 91, 128, 128, 128, 128, 70, 128, 42, 128, 128, 128, 128, 99, 128, 128, 128, 128,
        128, 128, 128, 67, 96, 128, 128, 128, 128, 128, 40, 128, 128, 128, 7, 52, 14, 57, 128, 128, 128, 128, 128, 128, 128, 68, 64, 128,
        125, 62, 128, 92,
    ];

    /// <summary>The list of a word.</summary>
    internal static int ListOf(int index) => index >= MacroStart ? Macro : index >= MicroStart ? Micro : index >= EmotionStart ? Emotion : Logic;

    /// <summary>The index of a word of ASCII letters in any case, whose hash over lower-case letters is given; -1 when it is in no list.</summary>
    internal static int Find(uint hash, ref byte word, int length)
    {
        // SAFETY: the hash is of nine bits and every index below WordCount, so all lies inside the tables; the caller has length bytes.
        int index = Unsafe.Add(ref MemoryMarshal.GetReference(Slots), hash >> SlotShift);
        if (index == WordCount)
        {
            return -1;
        }

        ref ushort start = ref Unsafe.Add(ref MemoryMarshal.GetReference(Starts), index);
        if (Unsafe.Add(ref start, 1) - start - 1 != length)
        {
            return -1;
        }

        ref byte listed = ref Unsafe.Add(ref MemoryMarshal.GetReference(Text), start);
        for (int i = 0; i < length; i++)
        {
            if ((Unsafe.Add(ref word, i) | AsciiCaseBit) != Unsafe.Add(ref listed, i))
            {
                return -1;
            }
        }

        return index;
    }

    /// <summary>What a lower-case ASCII letter has and its upper case lacks.</summary>
    internal const byte AsciiCaseBit = 0x20;
}
