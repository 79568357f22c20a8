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
        uint hash = Fnv.Start;

        // The hash up to the last byte that is no space.
        uint trimmed = 0;
        bool isEmpty = true;
        for (int at = 0; at <= lines.Length; at++)
        {
            byte b = at < lines.Length ? lines[at] : (byte)'\n';
            if (b == '\n')
            {
                if (!isEmpty)
                {
                    set.Add(trimmed);
                }

                hash = Fnv.Start;
                isEmpty = true;
            }
            else if (b > ' ' || !isEmpty)
            {
                hash = Fnv.Add(hash, b);
                trimmed = b > ' ' ? hash : trimmed;
                isEmpty = false;
            }
        }
    }
}
