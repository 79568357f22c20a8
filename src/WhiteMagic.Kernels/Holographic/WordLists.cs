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

    /// <summary>Length of <see cref="Text"/>.</summary>
    public const int TextBytes = 924;

    /// <summary>Where in <see cref="Text"/> the words of each list begin; those of logic at 0.</summary>
    public const int EmotionStart = 317;

    public const int MicroStart = 595;

    public const int MacroStart = 739;

    internal const int Logic = 0;
    internal const int Emotion = 1;
    internal const int Micro = 2;
    internal const int Macro = 3;
    internal const int ListCount = 4;

    internal const uint Multiplier = 1863504221;

    private const int SlotShift = 32 - 7;
    private const int BucketShift = SlotShift - 6;
    private const int BucketCount = 64;

    /// <summary>All words, list by list, each followed by a space.</summary>
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

    /// <summary>For each slot where its word begins in <see cref="Text"/>.</summary>
    private static ReadOnlySpan<ushort> Starts =>
    [
        902, 720, 365, 498, 64, 148, 552, 867, 811, 825, 330, 663, 229, 59, 91, 258, 604, 689, 388, 102, 528, 752, 600, 739, 643, 418,
        507, 426, 544, 480, 291, 376, 251, 272, 658, 697, 49, 81, 652, 582, 192, 31, 464, 841, 202, 218, 109, 0, 609, 156, 186, 637, 779,
        731, 210, 797, 624, 449, 176, 713, 96, 569, 284, 410, 384, 818, 918, 771, 236, 338, 133, 895, 357, 725, 878, 352, 143, 396, 858,
        486, 39, 308, 43, 324, 278, 346, 73, 444, 589, 299, 520, 704, 9, 244, 457, 911, 833, 886, 404, 513, 492, 850, 630, 674, 439, 565,
        165, 264, 533, 317, 683, 18, 614, 787, 558, 503, 118, 595, 575, 758, 25, 224, 474, 431, 124, 668, 801, 539,
    ];

    /// <summary>For each bucket what its words' slots are xored with.</summary>
    private static ReadOnlySpan<byte> Displacements =>
    [
        0, 92, 2, 2, 3, 0, 4, 0, 24, 0, 0, 4, 1, 8, 14, 81, 11, 6, 3, 3, 2, 35, 16, 2, 0, 2, 0, 8, 7, 0, 0, 3, 0, 32, 0, 50, 6, 4, 40, 0,
        23, 0, 2, 1, 6, 0, 36, 3, 96, 1, 6, 0, 0, 40, 46, 2, 24, 7, 47, 65, 13, 36, 0, 2,
    ];

    /// <summary>The list of the word that begins at a place in <see cref="Text"/>.</summary>
    internal static int ListOf(int start) => start >= MacroStart ? Macro : start >= MicroStart ? Micro : start >= EmotionStart ? Emotion : Logic;

    /// <summary>
    /// Where a word of ASCII letters in any case, whose hash over lower-case letters is given, begins in <see cref="Text"/>; -1 when it is in no list.
    /// </summary>
    internal static int Find(uint hash, ref byte word, int length)
    {
        // SAFETY: a slot and a displacement have seven bits and a bucket six, so both lie inside their tables. The caller has length bytes; the
        // text is read up to the first difference, which is at the latest at the space behind a listed word.
        uint bucket = (hash >> BucketShift) % BucketCount;
        uint slot = (hash >> SlotShift) ^ Unsafe.Add(ref MemoryMarshal.GetReference(Displacements), bucket);
        int start = Unsafe.Add(ref MemoryMarshal.GetReference(Starts), slot);
        ref byte listed = ref Unsafe.Add(ref MemoryMarshal.GetReference(Text), start);
        int i = 0;
        while (i < length && (Unsafe.Add(ref word, i) | AsciiCaseBit) == Unsafe.Add(ref listed, i))
        {
            i++;
        }

        return i == length && Unsafe.Add(ref listed, i) == ' ' ? start : -1;
    }

    /// <summary>What a lower-case ASCII letter has and its upper case lacks.</summary>
    internal const byte AsciiCaseBit = 0x20;
}
