using System.Text;

namespace WhiteMagic.Memory.Exchange;

/// <summary>A part of a content, cut between characters; offsets and sizes are bytes of its UTF-8 form.</summary>
/// <param name="Text">The part.</param>
/// <param name="OffsetBytes">Where the part begins: the wished offset, or the next boundary after it.</param>
/// <param name="NextOffset">Where the following part begins; null when this one reaches the end.</param>
/// <param name="TotalBytes">Size of the whole content.</param>
public readonly record struct ContentWindow(string Text, long OffsetBytes, long? NextOffset, long TotalBytes)
{
    /// <summary>The longest character has this many bytes, so a window of that size always advances.</summary>
    public const int LeastBytes = 4;

    /// <summary>Cuts at most <paramref name="maxBytes"/> from <paramref name="offsetBytes"/> on, in one pass over the content.</summary>
    /// <exception cref="FailureException">The offset is negative or beyond the end, or the maximum is below <see cref="LeastBytes"/>.</exception>
    public static ContentWindow Of(string content, long offsetBytes, long maxBytes)
    {
        long total = Encoding.UTF8.GetByteCount(content);
        if (maxBytes < LeastBytes)
        {
            throw FailureException.Invalid($"max_bytes is {maxBytes}; at least {LeastBytes} are needed, the size of the longest character");
        }

        if (offsetBytes < 0 || offsetBytes > total)
        {
            throw FailureException.Invalid($"offset_bytes is {offsetBytes}; the content has {total} bytes, so 0 to {total} is allowed");
        }

        if (offsetBytes == 0 && total <= maxBytes)
        {
            return new ContentWindow(content, 0, null, total);
        }

        int first = 0;
        long at = Advance(content, ref first, offsetBytes, mayPass: true);
        int end = first;
        long length = Advance(content, ref end, maxBytes, mayPass: false);
        return new ContentWindow(content[first..end], at, end < content.Length ? at + length : null, total);
    }

    // Moves the index over whole characters and returns their bytes: the first sum >= the wish when it may be passed, else the last one <= it.
    private static long Advance(string content, ref int index, long wish, bool mayPass)
    {
        long bytes = 0;
        while (index < content.Length && bytes < wish)
        {
            char c = content[index];
            bool pair = char.IsHighSurrogate(c) && index + 1 < content.Length && char.IsLowSurrogate(content[index + 1]);
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : pair ? 4 : 3;
            if (!mayPass && bytes + size > wish)
            {
                break;
            }

            bytes += size;
            index += pair ? 2 : 1;
        }

        return bytes;
    }
}
