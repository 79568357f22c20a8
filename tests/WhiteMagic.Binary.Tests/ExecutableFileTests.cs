using System;
using System.Buffers.Binary;
using System.IO;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

public sealed class ExecutableFileTests
{
    // 4,392,024 before there was a sandbox, which may add 200,000.
    private const int LargestBytes = 4_592_000;
    private const int SegmentDynamic = 2, SegmentInterpreter = 3, TagNeeded = 1, TagBytes = 16;

    [Fact]
    public void File_AsPublished_StaysBelowItsSize() =>
        Assert.InRange(new FileInfo(ServerUnderTest.PublishedBinaryOrSkip()).Length, 1, LargestBytes);

    [Fact]
    public void File_AsPublished_IsStatic()
    {
        byte[] file = File.ReadAllBytes(ServerUnderTest.PublishedBinaryOrSkip());
        Assert.Equal([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1], file[..6]);
        int headersOffset = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(32));
        int headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(54));
        int headerCount = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(56));
        Assert.InRange(headerCount, 1, 64);
        for (int i = 0; i < headerCount; i++)
        {
            ReadOnlySpan<byte> header = file.AsSpan(headersOffset + (i * headerBytes), headerBytes);
            int type = BinaryPrimitives.ReadInt32LittleEndian(header);
            Assert.False(type == SegmentInterpreter, "the file asks for a dynamic loader (PT_INTERP)");
            if (type == SegmentDynamic)
            {
                // A static PIE has a dynamic segment for its own relocations; it must name no library.
                int offset = (int)BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
                int length = (int)BinaryPrimitives.ReadInt64LittleEndian(header[32..]);
                AssertNamesNoLibrary(file.AsSpan(offset, length));
            }
        }
    }

    private static void AssertNamesNoLibrary(ReadOnlySpan<byte> dynamic)
    {
        for (int at = 0; at + TagBytes <= dynamic.Length; at += TagBytes)
        {
            Assert.False(BinaryPrimitives.ReadInt64LittleEndian(dynamic[at..]) == TagNeeded, "the file needs a shared library (DT_NEEDED)");
        }
    }
}
