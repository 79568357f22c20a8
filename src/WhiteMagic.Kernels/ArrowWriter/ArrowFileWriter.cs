using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.ArrowWriter;

// Writer of Arrow IPC files (Apache Arrow columnar format 1.5, "IPC File Format").
//
// Problem: put any number of memories into a file that Arrow's readers map and read without conversion, in bounded memory, without a library.
//
//   begin:    "ARROW1" and two zeroes, then the schema message
//   add:      append each cell to its column's buffers: a bit that says whether there is a value, the end of a text or list, the bytes
//   batch:    when the columns hold 16,384 rows or 8 MiB: a message that names rows, null counts, place and length of each buffer; the buffers
//   finish:   the last batch, an end marker, a footer with the schema again and the place of every batch, its length, "ARROW1"
//   message:  0xFFFFFFFF, bytes of the metadata, the metadata (a FlatBuffer), zeroes up to 64, then the body; each buffer padded to 64
//
// Everything starts at a multiple of 64 bytes in the file, as Arrow recommends, so that mapped columns suit vector instructions.
// Bounds: a batch is closed once it has 8 MiB and a row has at most 256 MiB of text, so an offset stays far below 2^31.
//
// Cost: each byte is copied twice (into its column, into the output); memory is twice a batch, and 24 bytes for each batch.
// Knowingly not optimal: memory_type and tags repeat and would shrink as dictionaries; nothing is compressed. Both make readers need more.

/// <summary>
/// Writes memories as an Arrow IPC file whose bytes the caller takes from <see cref="Output"/> and gives back with <see cref="Drain"/>.
/// Results are 0 or a <see cref="KernelError"/>; after an error nothing has changed. The memory is given back by <see cref="Free"/>.
/// </summary>
public unsafe struct ArrowFileWriter
{
    /// <summary>Rows after which a batch is written.</summary>
    public const int BatchRows = 16384;

    /// <summary>Bytes of texts and numbers after which a batch is written.</summary>
    public const int BatchBytes = 8 << 20;

    /// <summary>Every message and every buffer starts at a multiple of this in the file.</summary>
    public const int Alignment = 64;

    private const int PrefixBytes = 8;

    private GrowingBytes _output;
    private GrowingBytes _blocks;
    private ArrowColumnSet _columns;
    private long _drainedBytes;
    private bool _isOpen;

    /// <summary>Rows of the batch that is being gathered.</summary>
    public int PendingRows { get; private set; }

    /// <summary>Rows added since <see cref="Begin"/>.</summary>
    public long TotalRows { get; private set; }

    /// <summary>Bytes of the file that wait to be taken. Valid until the next call of any other member.</summary>
    public readonly ReadOnlySpan<byte> Output => _output.Span;

    internal readonly byte* OutputStart => _output.Start;

    /// <summary>Starts a file; what was there before is dropped.</summary>
    /// <returns>0, or <see cref="KernelError.OutOfMemory"/>.</returns>
    public int Begin()
    {
        _output.Truncate(0);
        _blocks.Truncate(0);
        _drainedBytes = 0;
        _isOpen = false;
        TotalRows = 0;
        PendingRows = 0;
        if (!_output.TryReserve(PrefixBytes + PrefixBytes + ArrowSchema.MostMetadataBytes + Alignment) || !_columns.TryBegin())
        {
            return KernelError.OutOfMemory;
        }

        Magic.CopyTo(new Span<byte>(_output.Take(PrefixBytes), PrefixBytes));
        byte* prefix = _output.Take(PrefixBytes + ArrowSchema.MostMetadataBytes);
        int bytes = ArrowSchema.WriteSchemaMessage(new Span<byte>(prefix + PrefixBytes, ArrowSchema.MostMetadataBytes));
        EndMetadata(prefix, PrefixBytes, bytes);
        _isOpen = true;
        return 0;
    }

    /// <summary>Adds a memory. Writes a batch when enough has been gathered.</summary>
    /// <returns>
    /// 0, <see cref="KernelError.InvalidArgument"/> when no file is open or the tags' ends are not ordered, <see cref="KernelError.TooLarge"/>
    /// beyond the row's limits, <see cref="KernelError.OutOfMemory"/>.
    /// </returns>
    public int Add(scoped in ArrowRow row)
    {
        if (!_isOpen || !row.HasOrderedTags())
        {
            return KernelError.InvalidArgument;
        }

        long textBytes = (long)row.Id.Length + row.Title.Length + row.Content.Length + row.MemoryType.Length + row.TagText.Length;
        if (textBytes > ArrowRow.MostTextBytes || row.TagCount > ArrowRow.MostTags)
        {
            return KernelError.TooLarge;
        }

        if (PendingRows == BatchRows || _columns.Bytes >= BatchBytes)
        {
            int flushed = FlushBatch();
            if (flushed < 0)
            {
                return flushed;
            }
        }

        if (!_columns.TryAdd(PendingRows, row))
        {
            return KernelError.OutOfMemory;
        }

        PendingRows++;
        TotalRows++;
        return 0;
    }

    /// <summary>Writes what has been gathered as a batch; with no rows it does nothing.</summary>
    /// <returns>0, <see cref="KernelError.InvalidArgument"/> when no file is open, <see cref="KernelError.OutOfMemory"/>.</returns>
    public int FlushBatch()
    {
        if (!_isOpen)
        {
            return KernelError.InvalidArgument;
        }

        if (PendingRows == 0)
        {
            return 0;
        }

        uint bodyBytes = _columns.BodyBytes();
        if (!_blocks.TryReserve(ArrowSchema.BlockBytes) || !_output.TryReserve(PrefixBytes + ArrowSchema.MostMetadataBytes + Alignment + bodyBytes))
        {
            return KernelError.OutOfMemory;
        }

        long offset = _drainedBytes + _output.Count;
        byte* prefix = _output.Take(PrefixBytes + ArrowSchema.MostMetadataBytes);
        FlatBuffer flat = new(new Span<byte>(prefix + PrefixBytes, ArrowSchema.MostMetadataBytes));
        ArrowSchema.WriteBatchMessage(ref flat, PendingRows, bodyBytes, out int nodes, out int buffers);
        _columns.Describe(ref flat, PendingRows, nodes, buffers);
        int metadataBytes = EndMetadata(prefix, offset, flat.Count);
        _columns.AppendBody(ref _output);

        byte* block = _blocks.Take(ArrowSchema.BlockBytes);
        Unsafe.WriteUnaligned(block, offset);
        Unsafe.WriteUnaligned(block + sizeof(long), metadataBytes);
        Unsafe.WriteUnaligned(block + (2 * sizeof(long)), (long)bodyBytes);
        _columns.BeginBatch();
        PendingRows = 0;
        return 0;
    }

    /// <summary>Writes the last batch and the end of the file; nothing can be added afterwards.</summary>
    /// <returns>0, <see cref="KernelError.InvalidArgument"/> when no file is open, <see cref="KernelError.OutOfMemory"/>.</returns>
    public int Finish()
    {
        int flushed = FlushBatch();
        if (flushed < 0)
        {
            return flushed;
        }

        uint footerBound = ArrowSchema.MostMetadataBytes + _blocks.Count;
        if (!_output.TryReserve(PrefixBytes + footerBound + sizeof(int) + PrefixBytes))
        {
            return KernelError.OutOfMemory;
        }

        // The end of the messages: a continuation mark and no metadata.
        Unsafe.WriteUnaligned(_output.Take(PrefixBytes), uint.MaxValue);
        uint start = _output.Count;
        int bytes = ArrowSchema.WriteFooter(new Span<byte>(_output.Take(footerBound), (int)footerBound), _blocks.Span);
        _output.Truncate(start + (uint)bytes);
        _output.AppendInt32(bytes);
        _output.Append(Magic[..MagicBytes]);
        _isOpen = false;
        return 0;
    }

    /// <summary>Says that <see cref="Output"/> has been taken.</summary>
    public void Drain()
    {
        _drainedBytes += _output.Count;
        _output.Truncate(0);
    }

    /// <summary>Gives all memory back; <see cref="Begin"/> may follow.</summary>
    public void Free()
    {
        _output.Free();
        _blocks.Free();
        _columns.Free();
        this = default;
    }

    // Pads the metadata, so that what follows it starts at a multiple of 64 in the file, and writes its prefix. Returns prefix and metadata together.
    private int EndMetadata(byte* prefix, long offset, int bytes)
    {
        int total = (int)(RoundUp(offset + PrefixBytes + bytes) - offset);
        _output.Truncate((uint)(offset - _drainedBytes) + (uint)total);

        // SAFETY: the prefix was taken from the output, with room for more than these bytes.
        Unsafe.WriteUnaligned(prefix, uint.MaxValue);
        Unsafe.WriteUnaligned(prefix + sizeof(uint), total - PrefixBytes);
        return total;
    }

    private static long RoundUp(long bytes) => (bytes + (Alignment - 1)) & -Alignment;

    private const int MagicBytes = 6;

    private static ReadOnlySpan<byte> Magic => "ARROW1\0\0"u8;
}
