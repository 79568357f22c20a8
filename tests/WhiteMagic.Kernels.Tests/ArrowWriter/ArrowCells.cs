using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhiteMagic.Kernels.ArrowWriter;

namespace WhiteMagic.Kernels.Tests.ArrowWriter;

/// <summary>A row as a test makes it, where null means null; gives what the writer takes and what a reader must find.</summary>
internal sealed record ArrowCells(string Id, string? Title, string? Content, double? Importance, string? MemoryType, double?[] Axes, string[]? Tags)
{
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly double[] _numbers =
        [0, -0.0, 1, 0.1, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity, 2.2250738585072014e-308];

    private static readonly string[] _texts = ["", "a", "ünï", "日本語", "😀 emoji", "line\nbreak\t\"quoted\"", "\0zero", new string('x', 300)];

    public static ArrowCells Random(Random random, int index) => new(
        $"mem-{index:D8}", Text(random), Text(random), Number(random), Text(random), [.. Enumerable.Range(0, 5).Select(_ => Number(random))], TagsOf(random));

    /// <summary>What a reader must find, for arrow-read.mjs.</summary>
    public string ExpectedLine() => JsonSerializer.Serialize(
        new object?[] { Id, Title, Content, Bits(Importance), MemoryType, Bits(Axes[0]), Bits(Axes[1]), Bits(Axes[2]), Bits(Axes[3]), Bits(Axes[4]), Tags }, _json);

    public ArrowRow ToRow()
    {
        byte[] ends = new byte[(Tags?.Length ?? 0) * sizeof(int)];
        List<byte> tagText = [];
        for (int i = 0; i < ends.Length / sizeof(int); i++)
        {
            tagText.AddRange(Encoding.UTF8.GetBytes(Tags![i]));
            BinaryPrimitives.WriteInt32LittleEndian(ends.AsSpan(i * sizeof(int)), tagText.Count);
        }

        return new ArrowRow
        {
            Present = Present(),
            Id = Encoding.UTF8.GetBytes(Id),
            Title = Encoding.UTF8.GetBytes(Title ?? "not seen"),
            Content = Encoding.UTF8.GetBytes(Content ?? "not seen"),
            MemoryType = Encoding.UTF8.GetBytes(MemoryType ?? "not seen"),
            TagText = tagText.ToArray(),
            TagEnds = ends,
            Importance = Importance ?? 7,
            X = Axes[0] ?? 7,
            Y = Axes[1] ?? 7,
            Z = Axes[2] ?? 7,
            W = Axes[3] ?? 7,
            V = Axes[4] ?? 7,
        };
    }

    /// <summary>The packed layout of docs/modules/arrow_writer.md.</summary>
    public byte[] ToPacked()
    {
        ArrowRow row = ToRow();
        List<byte> packed = [.. new byte[ArrowRow.HeadBytes]];
        BinaryPrimitives.WriteUInt32LittleEndian(Head(packed, 0), row.Present);
        BinaryPrimitives.WriteInt32LittleEndian(Head(packed, 4), row.TagCount);
        Put(packed, 8, row.Id);
        Put(packed, 16, row.Title);
        Put(packed, 24, row.Content);
        Put(packed, 32, row.MemoryType);
        Put(packed, 40, row.TagText);
        BinaryPrimitives.WriteInt32LittleEndian(Head(packed, 48), packed.Count);
        packed.AddRange(row.TagEnds);
        double[] numbers = [row.Importance, row.X, row.Y, row.Z, row.W, row.V];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(Head(packed, 56 + (8 * i)), numbers[i]);
        }

        return [.. packed];
    }

    private uint Present()
    {
        object?[] cells = [Id, Title, Content, Importance, MemoryType, Axes[0], Axes[1], Axes[2], Axes[3], Axes[4], Tags];
        return cells.Select((cell, i) => cell is null ? 0 : 1u << i).Aggregate(0u, (all, bit) => all | bit);
    }

    private static Span<byte> Head(List<byte> packed, int at) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(packed)[at..];

    private static void Put(List<byte> packed, int at, ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Head(packed, at), packed.Count);
        BinaryPrimitives.WriteInt32LittleEndian(Head(packed, at + sizeof(int)), text.Length);
        packed.AddRange(text);
    }

    private static string? Bits(double? number) => number is double value ? BitConverter.DoubleToInt64Bits(value).ToString("x16", null) : null;

    private static string? Text(Random random) => random.Next(10) switch
    {
        0 => null,
        1 => new string('c', random.Next(2000)),
        _ => _texts[random.Next(_texts.Length)],
    };

    private static double? Number(Random random) => random.Next(6) switch { 0 => null, 1 => _numbers[random.Next(_numbers.Length)], _ => random.NextDouble() };

    private static string[]? TagsOf(Random random) =>
        random.Next(8) == 0 ? null : [.. Enumerable.Range(0, random.Next(6)).Select(_ => _texts[random.Next(_texts.Length)])];
}
