using System;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>
/// A set of keywords, one a line: ASCII letters in lower case, control characters and spaces around it dropped, empty lines left out,
/// repetitions counted once.
/// </summary>
internal static class Keywords
{
    public static void AddTo(ref SignatureBuilder set, ReadOnlySpan<byte> lines)
    {
        int start = 0;
        for (int at = 0; at <= lines.Length; at++)
        {
            if (at < lines.Length && lines[at] != '\n')
            {
                continue;
            }

            int end = at;
            while (start < end && lines[start] <= ' ')
            {
                start++;
            }

            while (start < end && lines[end - 1] <= ' ')
            {
                end--;
            }

            if (start < end)
            {
                set.Add(TextShingles.HashLower(lines[start..end]));
            }

            start = at + 1;
        }
    }
}
