using System;

namespace WhiteMagic.Kernels.ArrowWriter;

/// <summary>The columns of the file, and the FlatBuffers messages that describe them (Message.fbs, Schema.fbs and File.fbs of Arrow).</summary>
public static class ArrowSchema
{
    /// <summary>Columns of the file.</summary>
    public const int ColumnCount = 11;

    public const int Id = 0;
    public const int Title = 1;
    public const int Content = 2;
    public const int Importance = 3;
    public const int MemoryType = 4;
    public const int X = 5;
    public const int Y = 6;
    public const int Z = 7;
    public const int W = 8;
    public const int V = 9;
    public const int Tags = 10;

    /// <summary>Columns, and the texts inside the lists of the last of them.</summary>
    internal const int NodeCount = ColumnCount + 1;

    internal const int TagItems = ColumnCount;

    // Numbers of the union Type.
    internal const byte Float = 3;
    internal const byte Utf8 = 5;
    internal const byte List = 12;

    /// <summary>A text column has a bitmap, offsets and characters; a number has no offsets, a list no values.</summary>
    internal const int BufferCount = (5 * 3) + (6 * 2) + 2;

    /// <summary>More than a schema message or the metadata of a batch ever take; the footer takes its blocks beside it.</summary>
    internal const int MostMetadataBytes = 2560;

    /// <summary>Bytes of a Block of the footer: offset, metadata length, padding, body length.</summary>
    internal const int BlockBytes = 24;

    private const short MetadataV5 = 4;
    private const byte HeaderSchema = 1;
    private const byte HeaderRecordBatch = 3;
    private const short PrecisionDouble = 2;

    internal static ReadOnlySpan<byte> Types => [Utf8, Utf8, Utf8, Float, Utf8, Float, Float, Float, Float, Float, List, Utf8];

    private static ReadOnlySpan<byte> Names => "id title content importance memory_type x y z w v tags item "u8;

    // Vtables: bytes of the vtable, bytes of the table, then the place of each field in the order of the schema; 0 = absent.
    private static ReadOnlySpan<ushort> MessageTable => [12, 20, MessageVersion, MessageHeaderType, MessageHeader, MessageBodyLength];

    private const int MessageHeader = 4;
    private const int MessageBodyLength = 8;
    private const int MessageVersion = 16;
    private const int MessageHeaderType = 18;

    private static ReadOnlySpan<ushort> SchemaTable => [8, 8, 0, SchemaFields];

    private const int SchemaFields = 4;

    private static ReadOnlySpan<ushort> FieldTable => [16, 20, FieldName, FieldNullable, FieldTypeType, FieldType, 0, FieldChildren];

    private const int FieldName = 4;
    private const int FieldType = 8;
    private const int FieldChildren = 12;
    private const int FieldNullable = 16;
    private const int FieldTypeType = 17;

    private static ReadOnlySpan<ushort> FloatTable => [6, 8, FloatPrecision];

    private const int FloatPrecision = 4;

    private static ReadOnlySpan<ushort> EmptyTable => [4, 4];

    private static ReadOnlySpan<ushort> BatchTable => [10, 20, BatchLength, BatchNodes, BatchBuffers];

    private const int BatchNodes = 4;
    private const int BatchLength = 8;
    private const int BatchBuffers = 16;

    private static ReadOnlySpan<ushort> FooterTable => [12, 18, FooterVersion, FooterSchema, FooterDictionaries, FooterBatches];

    private const int FooterSchema = 4;
    private const int FooterDictionaries = 8;
    private const int FooterBatches = 12;
    private const int FooterVersion = 16;

    /// <summary>Writes the schema message; returns its bytes.</summary>
    internal static int WriteSchemaMessage(Span<byte> zeroed)
    {
        FlatBuffer flat = new(zeroed);
        int message = WriteMessage(ref flat, HeaderSchema, 0);
        flat.Link(message + MessageHeader, WriteSchema(ref flat));
        return flat.Count;
    }

    /// <summary>Begins the message of a batch, whose nodes (two numbers each) and buffers (offset and length) the caller fills in.</summary>
    internal static void WriteBatchMessage(ref FlatBuffer flat, int rows, long bodyBytes, out int nodes, out int buffers)
    {
        int message = WriteMessage(ref flat, HeaderRecordBatch, bodyBytes);
        int batch = flat.Table(BatchTable);
        flat.Link(message + MessageHeader, batch);
        flat.Set(batch + BatchLength, (long)rows);
        nodes = flat.Vector(NodeCount, 2 * sizeof(long));
        flat.LinkVector(batch + BatchNodes, nodes);
        buffers = flat.Vector(BufferCount, 2 * sizeof(long));
        flat.LinkVector(batch + BatchBuffers, buffers);
    }

    /// <summary>Writes the footer with the places of the batches; returns its bytes.</summary>
    internal static int WriteFooter(Span<byte> zeroed, ReadOnlySpan<byte> blocks)
    {
        FlatBuffer flat = new(zeroed);
        int footer = flat.Root(FooterTable);
        flat.Set(footer + FooterVersion, MetadataV5);
        flat.Link(footer + FooterSchema, WriteSchema(ref flat));
        flat.LinkVector(footer + FooterDictionaries, flat.Vector(0, BlockBytes));
        int batches = flat.Vector(blocks.Length / BlockBytes, BlockBytes);
        flat.LinkVector(footer + FooterBatches, batches);
        blocks.CopyTo(zeroed[batches..]);
        return flat.Count;
    }

    private static int WriteMessage(ref FlatBuffer flat, byte headerType, long bodyBytes)
    {
        int message = flat.Root(MessageTable);
        flat.Set(message + MessageVersion, MetadataV5);
        flat.Set(message + MessageHeaderType, headerType);
        flat.Set(message + MessageBodyLength, bodyBytes);
        return message;
    }

    private static int WriteSchema(ref FlatBuffer flat)
    {
        int schema = flat.Table(SchemaTable);
        int fields = flat.Vector(ColumnCount, sizeof(uint));
        flat.LinkVector(schema + SchemaFields, fields);
        int children = 0;
        int start = 0;
        for (int node = 0; node < NodeCount; node++)
        {
            int end = start;
            while (Names[end] != (byte)' ')
            {
                end++;
            }

            // The last node is the element of the list before it.
            int field = flat.Table(FieldTable);
            flat.Link(node == TagItems ? children : fields + (node * sizeof(uint)), field);
            flat.LinkVector(field + FieldName, flat.Text(Names[start..end]));
            start = end + 1;

            byte type = Types[node];
            flat.Set(field + FieldNullable, node == Id ? (byte)0 : (byte)1);
            flat.Set(field + FieldTypeType, type);
            int typeTable = flat.Table(type == Float ? FloatTable : EmptyTable);
            flat.Link(field + FieldType, typeTable);
            if (type == Float)
            {
                flat.Set(typeTable + FloatPrecision, PrecisionDouble);
            }

            children = flat.Vector(type == List ? 1 : 0, sizeof(uint));
            flat.LinkVector(field + FieldChildren, children);
        }

        return schema;
    }
}
