using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.ArrowWriter;

/// <summary>The columns of the batch that is being gathered, in the file's order, the texts of the tags last.</summary>
internal struct ArrowColumnSet
{
    private Columns _columns;

    /// <summary>Bytes of texts and numbers that are gathered.</summary>
    public uint Bytes { get; private set; }

    /// <summary>Starts the first batch; false when there is no memory.</summary>
    public bool TryBegin()
    {
        for (int node = 0; node < ArrowSchema.NodeCount; node++)
        {
            if (!_columns[node].TryReserve(1, 0))
            {
                return false;
            }
        }

        BeginBatch();
        return true;
    }

    public void BeginBatch()
    {
        Bytes = 0;
        for (int node = 0; node < ArrowSchema.NodeCount; node++)
        {
            _columns[node].BeginBatch(ArrowSchema.Types[node] != ArrowSchema.Float);
        }
    }

    /// <summary>Adds a row, whose tags are ordered; false, and nothing added, when there is no memory.</summary>
    public bool TryAdd(int row, scoped in ArrowRow from)
    {
        for (int node = 0; node < ArrowSchema.NodeCount; node++)
        {
            int rows = node == ArrowSchema.TagItems ? from.TagCount : 1;
            uint bytes = ArrowSchema.Types[node] == ArrowSchema.Float ? sizeof(double) : (uint)TextOf(from, node).Length;
            if (!_columns[node].TryReserve(rows, bytes))
            {
                return false;
            }
        }

        for (int node = 0; node < ArrowSchema.ColumnCount; node++)
        {
            bool isPresent = node == ArrowSchema.Id || from.Has(node);
            ref ArrowColumn column = ref _columns[node];
            column.Mark(row, isPresent);
            switch (ArrowSchema.Types[node])
            {
                case ArrowSchema.Float:
                    column.Values.AppendDouble(isPresent ? NumberOf(from, node) : 0);
                    Bytes += sizeof(double);
                    break;
                case ArrowSchema.Utf8:
                    ReadOnlySpan<byte> text = isPresent ? TextOf(from, node) : default;
                    column.AppendText(text);
                    Bytes += sizeof(int) + (uint)text.Length;
                    break;
                default:
                    AddTags(from, isPresent);
                    break;
            }
        }

        return true;
    }

    /// <summary>Bytes of all buffers, each padded.</summary>
    public readonly uint BodyBytes()
    {
        uint bytes = 0;
        for (int node = 0; node < ArrowSchema.NodeCount; node++)
        {
            ref readonly ArrowColumn column = ref _columns[node];
            bytes += Padded(column.WrittenValidity.Length) + Padded((int)column.Offsets.Count) + Padded((int)column.Values.Count);
        }

        return bytes;
    }

    /// <summary>Writes lengths and null counts, and place and length of each buffer.</summary>
    public readonly void Describe(ref FlatBuffer flat, int rows, int nodes, int buffers)
    {
        uint offset = 0;
        for (int node = 0; node < ArrowSchema.NodeCount; node++)
        {
            ref readonly ArrowColumn column = ref _columns[node];
            int length = node == ArrowSchema.TagItems ? ((int)column.Offsets.Count / sizeof(int)) - 1 : rows;
            flat.Set(nodes, (long)length);
            flat.Set(nodes + sizeof(long), (long)column.NullCount);
            nodes += 2 * sizeof(long);

            DescribeBuffer(ref flat, ref buffers, ref offset, column.WrittenValidity.Length);
            byte type = ArrowSchema.Types[node];
            if (type != ArrowSchema.Float)
            {
                DescribeBuffer(ref flat, ref buffers, ref offset, (int)column.Offsets.Count);
            }

            if (type != ArrowSchema.List)
            {
                DescribeBuffer(ref flat, ref buffers, ref offset, (int)column.Values.Count);
            }
        }
    }

    /// <summary>Appends all buffers; room for <see cref="BodyBytes"/> was reserved.</summary>
    public readonly void AppendBody(ref GrowingBytes output)
    {
        for (int node = 0; node < ArrowSchema.NodeCount; node++)
        {
            ref readonly ArrowColumn column = ref _columns[node];
            AppendPadded(ref output, column.WrittenValidity);
            AppendPadded(ref output, column.Offsets.Span);
            AppendPadded(ref output, column.Values.Span);
        }
    }

    public void Free()
    {
        for (int node = 0; node < ArrowSchema.NodeCount; node++)
        {
            _columns[node].Free();
        }
    }

    private void AddTags(scoped in ArrowRow from, bool isPresent)
    {
        ref ArrowColumn items = ref _columns[ArrowSchema.TagItems];
        int start = 0;
        for (int tag = 0; isPresent && tag < from.TagCount; tag++)
        {
            int end = from.TagEnd(tag);
            items.AppendText(from.TagText[start..end]);
            Bytes += sizeof(int) + (uint)(end - start);
            start = end;
        }

        _columns[ArrowSchema.Tags].Offsets.AppendInt32(((int)items.Offsets.Count / sizeof(int)) - 1);
        Bytes += sizeof(int);
    }

    // Columns by their number in the file; the list itself has no bytes.
    private static ReadOnlySpan<byte> TextOf(scoped in ArrowRow row, int node) => node switch
    {
        ArrowSchema.Id => row.Id,
        ArrowSchema.Title => row.Title,
        ArrowSchema.Content => row.Content,
        ArrowSchema.MemoryType => row.MemoryType,
        ArrowSchema.TagItems => row.TagText,
        _ => default,
    };

    private static double NumberOf(scoped in ArrowRow row, int node) => node switch
    {
        ArrowSchema.Importance => row.Importance,
        ArrowSchema.X => row.X,
        ArrowSchema.Y => row.Y,
        ArrowSchema.Z => row.Z,
        ArrowSchema.W => row.W,
        _ => row.V,
    };

    private static void DescribeBuffer(ref FlatBuffer flat, ref int at, ref uint offset, int bytes)
    {
        flat.Set(at, (long)offset);
        flat.Set(at + sizeof(long), (long)bytes);
        at += 2 * sizeof(long);
        offset += Padded(bytes);
    }

    private static void AppendPadded(ref GrowingBytes output, ReadOnlySpan<byte> bytes)
    {
        output.Append(bytes);
        output.AppendZeroes(Padded(bytes.Length) - (uint)bytes.Length);
    }

    private static uint Padded(int bytes) => ((uint)bytes + (ArrowFileWriter.Alignment - 1)) & ~(uint)(ArrowFileWriter.Alignment - 1);

    [InlineArray(ArrowSchema.NodeCount)]
    private struct Columns
    {
        private ArrowColumn _first;
    }
}
