using System;
using System.Buffers.Binary;

namespace WhiteMagic.Kernels.ArrowWriter;

/// <summary>One memory, as a row of the file. Texts are UTF-8 and are taken as they are.</summary>
public ref struct ArrowRow
{
    /// <summary>Bytes of the head of a packed row.</summary>
    public const int HeadBytes = 104;

    /// <summary>Most bytes of all texts of a row together; with the size of a batch it keeps every offset below 2^31.</summary>
    public const int MostTextBytes = 1 << 28;

    /// <summary>Most tags of a row.</summary>
    public const int MostTags = 1 << 20;

    /// <summary>Value of <see cref="Present"/> when nothing is null.</summary>
    public const uint AllPresent = (1 << ArrowSchema.ColumnCount) - 1;

    /// <summary>Bit c says that column c of <see cref="ArrowSchema"/> has a value; the id's bit is not looked at.</summary>
    public uint Present { get; set; }

    public ReadOnlySpan<byte> Id { get; set; }
    public ReadOnlySpan<byte> Title { get; set; }
    public ReadOnlySpan<byte> Content { get; set; }
    public ReadOnlySpan<byte> MemoryType { get; set; }

    /// <summary>The texts of all tags, one behind the other.</summary>
    public ReadOnlySpan<byte> TagText { get; set; }

    /// <summary>For each tag, where it ends in <see cref="TagText"/>, as 4 bytes little-endian.</summary>
    public ReadOnlySpan<byte> TagEnds { get; set; }

    public double Importance { get; set; }
    public double X { get; set; }
    public double Y { get; set; }
    public double Z { get; set; }
    public double W { get; set; }
    public double V { get; set; }

    /// <summary>Whether a column of <see cref="ArrowSchema"/> has a value.</summary>
    public readonly bool Has(int column) => (Present >> column & 1) != 0;

    /// <summary>Number of tags, present or not.</summary>
    public readonly int TagCount => TagEnds.Length / sizeof(int);

    /// <summary>End of a tag in <see cref="TagText"/>.</summary>
    public readonly int TagEnd(int tag) => BinaryPrimitives.ReadInt32LittleEndian(TagEnds[(tag * sizeof(int))..]);

    /// <summary>
    /// Reads the packed layout of docs/modules/arrow_writer.md: a head, whose offsets count from its start, and the texts behind it.
    /// </summary>
    /// <returns>False when an offset or length leaves the row.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, out ArrowRow row)
    {
        row = default;
        if (packed.Length < HeadBytes)
        {
            return false;
        }

        uint tagCount = BinaryPrimitives.ReadUInt32LittleEndian(packed[4..]);
        if (tagCount > MostTags
            || !TryText(packed, 8, out ReadOnlySpan<byte> id)
            || !TryText(packed, 16, out ReadOnlySpan<byte> title)
            || !TryText(packed, 24, out ReadOnlySpan<byte> content)
            || !TryText(packed, 32, out ReadOnlySpan<byte> memoryType)
            || !TryText(packed, 40, out ReadOnlySpan<byte> tagText)
            || !TrySlice(packed, BinaryPrimitives.ReadUInt32LittleEndian(packed[48..]), tagCount * sizeof(int), out ReadOnlySpan<byte> tagEnds))
        {
            return false;
        }

        row = new ArrowRow
        {
            Present = BinaryPrimitives.ReadUInt32LittleEndian(packed),
            Id = id,
            Title = title,
            Content = content,
            MemoryType = memoryType,
            TagText = tagText,
            TagEnds = tagEnds,
            Importance = BinaryPrimitives.ReadDoubleLittleEndian(packed[56..]),
            X = BinaryPrimitives.ReadDoubleLittleEndian(packed[64..]),
            Y = BinaryPrimitives.ReadDoubleLittleEndian(packed[72..]),
            Z = BinaryPrimitives.ReadDoubleLittleEndian(packed[80..]),
            W = BinaryPrimitives.ReadDoubleLittleEndian(packed[88..]),
            V = BinaryPrimitives.ReadDoubleLittleEndian(packed[96..]),
        };
        return true;
    }

    /// <summary>Whether the tags' ends ascend and lie inside their text.</summary>
    public readonly bool HasOrderedTags()
    {
        int start = 0;
        for (int tag = 0; tag < TagCount; tag++)
        {
            int end = TagEnd(tag);
            if (end < start || end > TagText.Length)
            {
                return false;
            }

            start = end;
        }

        return true;
    }

    private static bool TryText(ReadOnlySpan<byte> packed, int at, out ReadOnlySpan<byte> text) => TrySlice(
        packed, BinaryPrimitives.ReadUInt32LittleEndian(packed[at..]), BinaryPrimitives.ReadUInt32LittleEndian(packed[(at + sizeof(uint))..]), out text);

    private static bool TrySlice(ReadOnlySpan<byte> packed, uint offset, uint bytes, out ReadOnlySpan<byte> slice)
    {
        slice = default;
        if (offset > (uint)packed.Length || bytes > (uint)packed.Length - offset)
        {
            return false;
        }

        slice = packed.Slice((int)offset, (int)bytes);
        return true;
    }
}
