using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.Search;

// A saved image comes from a file, so every byte of it is hostile: it is believed only when its checksum fits, and since anybody can compute
// that, only when whoever reads it can neither leave the block nor loop for ever, and finds in it what the header says.

/// <summary>Tells images that were saved from everything else.</summary>
internal static unsafe class ImageCheck
{
    /// <summary>A hash of all bytes of an image but the checksum itself; a change of one byte always changes it.</summary>
    public static ulong Checksum(byte* image, int bytes)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)bytes;
        int at = 0;
        for (; at + sizeof(ulong) <= bytes; at += sizeof(ulong))
        {
            // The checksum is the second of the header's numbers.
            ulong word = at == sizeof(ulong) ? 0 : Unsafe.ReadUnaligned<ulong>(image + at);
            hash = (hash ^ word) * Prime;
            hash ^= hash >> 32;
        }

        for (; at < bytes; at++)
        {
            hash = (hash ^ image[at]) * Prime;
            hash ^= hash >> 32;
        }

        return hash;
    }

    /// <summary>Whether the bytes are a whole image that can be read safely.</summary>
    public static bool IsSound(byte* memory, int bytes)
    {
        if (bytes < sizeof(ImageHeader))
        {
            return false;
        }

        ref ImageHeader header = ref *(ImageHeader*)memory;
        if (!HasSoundHeader(header, bytes) || header.Checksum != Checksum(memory, bytes))
        {
            return false;
        }

        var image = SearchImage.At(memory);
        return HasSoundDocuments(image) && image.HasSoundSlots() && HasSoundPostings(image);
    }

    private static bool HasSoundHeader(in ImageHeader header, int bytes) =>
        header.Magic == ImageHeader.MagicValue
        && header.Version == ImageHeader.CurrentVersion
        && header.Bytes == bytes
        && header.DocumentCount >= 0 && header.DocumentCount <= header.DocumentCapacity
        && header.TermCount >= 0 && header.TermCount <= header.TermCapacity
        && header.TermCapacity == SearchImage.TermCapacityFor(header.TermCount)
        && header.PoolUsed >= SearchImage.PoolStart && header.PoolUsed <= header.PoolCapacity
        && SearchImage.BytesFor(header.DocumentCapacity, header.TermCapacity, header.PoolCapacity) == bytes
        && header.Settings.IsValid();

    private static bool HasSoundDocuments(in SearchImage image)
    {
        ref ImageHeader header = ref image.Header;
        ImageHeader.FieldTotals totals = default;
        int counted = 0;
        for (int i = 0; i < header.DocumentCount; i++)
        {
            DocumentRecord document = image.Documents[i];
            float length = document.Length;
            bool isRemoved = document.IsRemoved;
            document.Weigh(header.Settings);
            if (!float.IsFinite(document.Boost) || (uint)document.Previous > (uint)i || !(isRemoved || length == document.Length))
            {
                return false;
            }

            counted += isRemoved ? 0 : 1;
            for (int field = 0; field < SearchSettings.FieldCount; field++)
            {
                totals[field] += document.FieldLength[field];
                if (document.FieldLength[field] < 0)
                {
                    return false;
                }
            }
        }

        return counted == header.CountedDocuments && SameTotals(totals, header.Totals);
    }

    private static bool HasSoundPostings(in SearchImage image)
    {
        ImageHeader.FieldTotals totals = default;

        // No chain runs in a circle when all slices together are no more than the pool.
        long poolLeft = image.Header.PoolUsed;
        for (int i = 0; i < image.Header.TermCount; i++)
        {
            var chain = new ChainCheck(image, image.Terms[i], poolLeft);
            if (!chain.IsSound(ref totals))
            {
                return false;
            }

            poolLeft = chain.PoolLeft;
        }

        return SameTotals(totals, image.Header.Totals);
    }

    private static bool SameTotals(in ImageHeader.FieldTotals a, in ImageHeader.FieldTotals b)
    {
        long difference = 0;
        for (int field = 0; field < SearchSettings.FieldCount; field++)
        {
            difference |= a[field] ^ b[field];
        }

        return difference == 0;
    }
}
