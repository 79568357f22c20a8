using System;

[assembly: WasmModule("word_count", typeof(WordCount))]

/// <summary>Counts words and finds the longest one, in UTF-8 text.</summary>
internal static unsafe class WordCount
{
    private static ReadOnlySpan<byte> Separators => " \t\r\n.,;:!?"u8;

    /// <summary>The number of words; the longest one's place goes to longest[0] and its length to longest[1]. -1 for a negative length.</summary>
    [WasmExport("count_words")]
    internal static int Count(byte* text, int length, int* longest) =>
        length < 0 ? -1 : Count(new ReadOnlySpan<byte>(text, length), new Span<int>(longest, 2));

    private static int Count(ReadOnlySpan<byte> text, Span<int> longest)
    {
        int count = 0;
        longest.Clear();
        for (int at = 0; at < text.Length;)
        {
            int bytes = text[at..].IndexOfAny(Separators);
            bytes = bytes < 0 ? text.Length - at : bytes;
            count += bytes > 0 ? 1 : 0;
            if (bytes > longest[1])
            {
                longest[0] = at;
                longest[1] = bytes;
            }

            at += bytes + 1;
        }

        return count;
    }
}
