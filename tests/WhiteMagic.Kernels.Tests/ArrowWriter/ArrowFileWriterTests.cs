using System;
using System.Globalization;
using System.IO;
using WhiteMagic.Kernels.ArrowWriter;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.ArrowWriter;

public sealed class ArrowFileWriterTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(7, 0, 1)]
    [InlineData(30, 10, 3)]
    [InlineData(1000, 64, 16)]
    public void File_ReadByApacheArrow_HasEveryCell(int rows, int rowsOfBatch, int batches)
    {
        const int Seed = 3;
        ShouldReadBack(rows, rowsOfBatch, batches, Seed + rows, out _);
    }

    [Fact]
    public void File_OfManyRows_IsReadByApacheArrowInSeveralBatches()
    {
        int rows = Runs.Of(20_000, 100_000);
        ShouldReadBack(rows, 0, Runs.Of(2, 8), 5, out int mostWaiting);
        Assert.True(mostWaiting < 4 * ArrowFileWriter.BatchBytes, $"{mostWaiting} bytes waited at once");
    }

    [Fact]
    public void Batch_OfLargeTexts_IsWrittenBeforeTheRowsAreMany()
    {
        ArrowFileWriter writer = default;
        Assert.Equal(0, writer.Begin());
        writer.Drain();
        byte[] text = new byte[1 << 20];
        text.AsSpan().Fill((byte)'t');
        int rows = 0;
        while (writer.Output.Length == 0 && rows < 100)
        {
            Assert.Equal(0, writer.Add(new ArrowRow { Present = ArrowRow.AllPresent, Id = "a"u8, Content = text }));
            rows++;
        }

        Assert.Equal(9, rows);
        writer.Free();
    }

    [Fact]
    public void Add_WithoutBeginOrAfterFinish_IsRefused()
    {
        ArrowFileWriter writer = default;
        Assert.Equal(KernelError.InvalidArgument, writer.Add(new ArrowRow { Id = "a"u8 }));
        Assert.Equal(KernelError.InvalidArgument, writer.FlushBatch());
        Assert.Equal(KernelError.InvalidArgument, writer.Finish());
        Assert.Equal(0, writer.Begin());
        Assert.Equal(0, writer.Finish());
        Assert.Equal(KernelError.InvalidArgument, writer.Add(new ArrowRow { Id = "a"u8 }));
        Assert.Equal(KernelError.InvalidArgument, writer.Finish());
        writer.Free();
    }

    [Theory]
    [InlineData(new byte[] { 2, 0, 0, 0, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 4, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255 })]
    public void Add_TagsWhoseEndsAreNotOrdered_ChangesNothing(byte[] ends)
    {
        ArrowFileWriter writer = default;
        Assert.Equal(0, writer.Begin());
        Assert.Equal(KernelError.InvalidArgument, writer.Add(new ArrowRow { Present = ArrowRow.AllPresent, Id = "a"u8, TagText = "abc"u8, TagEnds = ends }));
        Assert.Equal(0, writer.PendingRows);
        writer.Free();
    }

    [Fact]
    public void Begin_Twice_GivesTheSameFileAsOnce()
    {
        ArrowFileWriter writer = default;
        byte[] once = Write(ref writer, 5);
        Assert.Equal(0, writer.Begin());
        Assert.Equal(0, writer.Add(new ArrowRow { Id = "dropped"u8 }));
        Assert.Equal(once, Write(ref writer, 5));
        writer.Free();
    }

    private static byte[] Write(ref ArrowFileWriter writer, int rows)
    {
        var random = new Random(11);
        Assert.Equal(0, writer.Begin());
        for (int i = 0; i < rows; i++)
        {
            Assert.Equal(0, writer.Add(ArrowCells.Random(random, i).ToRow()));
        }

        Assert.Equal(0, writer.Finish());
        byte[] file = writer.Output.ToArray();
        writer.Drain();
        return file;
    }

    private static void ShouldReadBack(int rows, int rowsOfBatch, int batches, int seed, out int mostWaiting)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string folder = Directory.CreateTempSubdirectory("wm-arrow-").FullName;
        string file = Path.Combine(folder, "memories.arrow"), expected = Path.Combine(folder, "expected.jsonl");
        mostWaiting = 0;
        try
        {
            ArrowFileWriter writer = default;
            Assert.Equal(0, writer.Begin());
            using (FileStream stream = File.Create(file))
            using (StreamWriter lines = File.CreateText(expected))
            {
                for (int i = 0; i < rows; i++)
                {
                    ArrowCells cells = ArrowCells.Random(random, i);
                    lines.WriteLine(cells.ExpectedLine());
                    Assert.Equal(0, writer.Add(cells.ToRow()));
                    Assert.Equal(i + 1, writer.TotalRows);
                    if (rowsOfBatch > 0 && writer.PendingRows == rowsOfBatch)
                    {
                        Assert.Equal(0, writer.FlushBatch());
                    }

                    mostWaiting = Math.Max(mostWaiting, writer.Output.Length);
                    stream.Write(writer.Output);
                    writer.Drain();
                }

                Assert.Equal(0, writer.Finish());
                stream.Write(writer.Output);
            }

            writer.Free();
            Script.Node("install.mjs").ShouldSucceed("installing the packages of tests/instruments with npm");
            Script read = Script.Node("arrow-read.mjs", file, expected).ShouldSucceed("arrow-read.mjs");
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {batches} batches"), read.Output.Trim());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
