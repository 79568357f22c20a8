using System;

namespace WhiteMagic.Kernels.Search;

// English words so frequent that they say nothing about a text: articles, pronouns, prepositions, conjunctions, auxiliary verbs, and what is
// left of contractions when the apostrophe parts them ("don't" is "don" and "t"). Words that may carry meaning in notes ("not", "off", "own",
// "will", "against") are dropped too: on conversations, keeping them finds less.

/// <summary>The English stop words.</summary>
public static class StopWords
{
    // By length from 1 to 10; sorted within each length.
    private static ReadOnlySpan<byte> Words =>
        "adimst"u8
        + "amanasatbebydoheifinisitllmemynoofonorresotoupusvewe"u8
        + "ainallandanyarebutcandiddonfewforhadhasherhimhishowisnitsnornotoffouroutownshethetoowaswhowhyyetyou"u8
        + "alsoarenbeenbothdidndoesdowneachfromhadnhasnhaveherehersintojustmoremostmustonceonlyoursoversameshansomesuchthanthatthem"u8
        + "thentheythisuponverywasnwerewhatwhenwhomwillwithyour"u8
        + "aboutaboveafteragainbeingbelowcoulddoesndoingeveryhavenmightmustnneednotheroughtshalltheirtherethesethoseunderuntilweren"u8
        + "wherewhichwhilewhosewouldyours"u8
        + "beforecannotcouldnduringeitherexcepthavingitselfmightnmyselfshouldtheirsthoughtowardunlesswithinwouldn"u8
        + "againstanotherbecausebetweenfurtherherselfhimselfneithershouldnthroughwhetherwithout"u8
        + "yourself"u8
        + "ourselves"u8
        + "themselvesyourselves"u8;

    private static ReadOnlySpan<byte> CountOfLength => [6, 26, 33, 43, 30, 17, 12, 1, 1, 2];

    /// <summary>Whether a word of lower-case ASCII letters is a stop word.</summary>
    public static bool Contains(ReadOnlySpan<byte> word)
    {
        int length = word.Length;
        if (length == 0 || length > CountOfLength.Length)
        {
            return false;
        }

        int offset = 0;
        for (int shorter = 1; shorter < length; shorter++)
        {
            offset += shorter * CountOfLength[shorter - 1];
        }

        int low = 0;
        int high = CountOfLength[length - 1];
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            int order = Compare(word, Words.Slice(offset + (middle * length), length));
            if (order == 0)
            {
                return true;
            }

            if (order < 0)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return false;
    }

    private static int Compare(ReadOnlySpan<byte> word, ReadOnlySpan<byte> listed)
    {
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] != listed[i])
            {
                return word[i] - listed[i];
            }
        }

        return 0;
    }
}
