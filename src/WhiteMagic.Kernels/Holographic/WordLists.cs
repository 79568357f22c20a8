using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Holographic;

// 128 words in four lists, found by a minimal perfect hash (E. Fox et al., 1992; D. Belazzougui et al., 2009): hash = (hash ^ letter) * Multiplier
// over the lower-case letters; its upper seven bits, changed by the displacement that the next six choose, are the slot of the word. The
// displacements were chosen greedily, largest bucket first; a test checks that every word is found.

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

    internal const uint Multiplier = 1863504221;

    private const int SlotShift = 32 - 7;
    private const int BucketShift = SlotShift - 6;
    private const int BucketCount = 64;

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

    /// <summary>For each slot the index of its word.</summary>
    private static ReadOnlySpan<byte> Slots =>
    [
        125, 103, 49, 68, 9, 20, 77, 121, 114, 116, 44, 95, 30, 8, 12, 34, 86, 99, 52, 14, 73, 107, 85, 106, 92, 56, 70, 57, 76, 65, 39,
        50, 33, 36, 94, 100, 7, 11, 93, 82, 25, 4, 63, 118, 26, 28, 15, 0, 87, 21, 24, 91, 110, 105, 27, 112, 89, 61, 23, 102, 13, 80,
        38, 55, 51, 115, 127, 109, 31, 45, 18, 124, 48, 104, 122, 47, 19, 53, 120, 66, 5, 41, 6, 43, 37, 46, 10, 60, 83, 40, 72, 101, 1,
        32, 62, 126, 117, 123, 54, 71, 67, 119, 90, 97, 59, 79, 22, 35, 74, 42, 98, 2, 88, 111, 78, 69, 16, 84, 81, 108, 3, 29, 64, 58,
        17, 96, 113, 75,
    ];

    /// <summary>For each bucket what its words' slots are xored with.</summary>
    private static ReadOnlySpan<byte> Displacements =>
    [
        0, 92, 2, 2, 3, 0, 4, 0, 24, 0, 0, 4, 1, 8, 14, 81, 11, 6, 3, 3, 2, 35, 16, 2, 0, 2, 0, 8, 7, 0, 0, 3, 0, 32, 0, 50, 6, 4, 40, 0,
        23, 0, 2, 1, 6, 0, 36, 3, 96, 1, 6, 0, 0, 40, 46, 2, 24, 7, 47, 65, 13, 36, 0, 2,
    ];

    /// <summary>The list of a word.</summary>
    internal static int ListOf(int index) => index >= MacroStart ? Macro : index >= MicroStart ? Micro : index >= EmotionStart ? Emotion : Logic;

    /// <summary>The index of a word of ASCII letters in any case, whose hash over lower-case letters is given; -1 when it is in no list.</summary>
    internal static int Find(uint hash, ref byte word, int length)
    {
        // SAFETY: slots and displacements have seven bits, buckets six, every index is below WordCount: all lies inside the tables. The caller
        // has length bytes.
        uint bucket = (hash >> BucketShift) % BucketCount;
        uint slot = (hash >> SlotShift) ^ Unsafe.Add(ref MemoryMarshal.GetReference(Displacements), bucket);
        int index = Unsafe.Add(ref MemoryMarshal.GetReference(Slots), slot);
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
