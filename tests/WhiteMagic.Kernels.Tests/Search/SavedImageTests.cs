using System;
using System.Buffers.Binary;
using System.Linq;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Search;

public sealed unsafe class SavedImageTests
{
    private const int ChecksumOffset = 8;

    private static readonly int s_cases = Runs.Of(40_000, 400_000);

    [Fact]
    public void Load_SavedImage_AnswersAsBefore()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            SearchIndex index = RandomIndex(random, random.Next(0, 200));
            byte[] image = Save(ref index);
            var loaded = default(SearchIndex);
            Assert.Equal(0, Load(ref loaded, image));
            Assert.Equal(image, Save(ref loaded));
            for (int round = 0; round < 50; round++)
            {
                // Both go on being used.
                byte[] text = SearchIndexTests.RandomText(random, 10);
                Assert.Equal(index.Begin(), loaded.Begin());
                index.AddText(round % 4, text);
                loaded.AddText(round % 4, text);
                var expected = new SearchHit[10];
                var hits = new SearchHit[10];
                byte[] query = SearchIndexTests.RandomText(random, 4);
                Assert.Equal(index.Query(query, expected), loaded.Query(query, hits));
                Assert.Equal(expected, hits);
            }

            index.Free();
            loaded.Free();
        }
    }

    [Fact]
    public void Load_AnyByteChanged_IsCorrupt()
    {
        var random = new Random(1);
        SearchIndex index = RandomIndex(random, 30);
        byte[] image = Save(ref index);
        for (int at = 0; at < image.Length; at++)
        {
            byte kept = image[at];
            image[at] ^= (byte)(1 << random.Next(8));
            Assert.True(Load(ref index, image) == KernelError.Corrupt, $"byte {at}");
            image[at] = kept;
        }

        Assert.Equal(0, Load(ref index, image));
        index.Free();
    }

    [Fact]
    public void Load_CutOrLengthened_IsCorrupt()
    {
        SearchIndex index = RandomIndex(new Random(2), 30);
        byte[] image = Save(ref index);
        for (int length = 0; length < image.Length; length += length < 400 ? 1 : 97)
        {
            Assert.True(Load(ref index, image[..length]) == KernelError.Corrupt, $"{length} bytes");
        }

        Assert.Equal(KernelError.Corrupt, Load(ref index, [.. image, 0]));
        Assert.Equal(KernelError.Corrupt, Load(ref index, new byte[4096]));
        index.Free();
    }

    [Fact]
    public void Load_ChangedAndSealedAgain_IsCorruptOrHarmless()
    {
        const int Seed = 3;
        var random = new Random(Seed);
        SearchIndex good = RandomIndex(random, 40);
        byte[] image = Save(ref good);
        good.Free();
        int accepted = 0;
        for (int round = 0; round < s_cases; round++)
        {
            byte[] hostile = (byte[])image.Clone();
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                Change(hostile, random);
            }

            Seal(hostile);
            var index = default(SearchIndex);
            int result = Load(ref index, hostile);
            Assert.True(result is 0 or KernelError.Corrupt, $"seed {Seed}, round {round}: {result}");
            if (result == 0)
            {
                accepted++;
                Use(ref index, random);
            }

            index.Free();
        }

        // Most changes are noticed even with a right checksum.
        Assert.InRange(accepted, 1, s_cases / 2);
    }

    [Fact]
    public void Load_RandomBytesWithASoundHeader_IsCorrupt()
    {
        const int Seed = 4;
        var random = new Random(Seed);
        SearchIndex good = RandomIndex(random, 20);
        byte[] image = Save(ref good);
        good.Free();
        for (int round = 0; round < 2_000; round++)
        {
            byte[] hostile = (byte[])image.Clone();
            int from = random.Next(sizeof(ImageHeaderTwin), image.Length - 8);
            random.NextBytes(hostile.AsSpan(from, random.Next(4, image.Length - from)));
            Seal(hostile);
            var index = default(SearchIndex);
            Assert.True(Load(ref index, hostile) is 0 or KernelError.Corrupt, $"seed {Seed}, round {round}");
            index.Free();
        }
    }

    private static void Change(byte[] image, Random random)
    {
        // Numbers of four bytes at their places are the interesting ones; header and term records more often than the rest.
        int range = random.Next(3) switch { 0 => sizeof(ImageHeaderTwin), 1 => Math.Min(image.Length, 4_000), _ => image.Length };
        int at = random.Next(range / 4) * 4;
        Span<byte> number = image.AsSpan(at, 4);
        int value = BinaryPrimitives.ReadInt32LittleEndian(number);
        BinaryPrimitives.WriteInt32LittleEndian(number, random.Next(7) switch
        {
            0 => value + 1,
            1 => value - 1,
            2 => value ^ (1 << random.Next(32)),
            3 => int.MaxValue,
            4 => int.MinValue,
            5 => random.Next(0, image.Length),
            _ => random.Next(),
        });
    }

    private static void Use(ref SearchIndex index, Random random)
    {
        var hits = new SearchHit[20];
        for (int i = 0; i < 3; i++)
        {
            Assert.InRange(index.Query(SearchIndexTests.RandomText(random, 5), hits), 0, 20);
            if (index.Begin() >= 0)
            {
                Assert.Equal(0, index.AddText(i, SearchIndexTests.RandomText(random, 20)));
            }

            index.Remove(random.Next(Math.Max(1, index.DocumentCount)));
            Assert.True(index.Pack());
        }
    }

    private static SearchIndex RandomIndex(Random random, int documents)
    {
        var index = default(SearchIndex);
        for (int i = 0; i < documents; i++)
        {
            index.Begin();
            index.AddText(random.Next(4), SearchIndexTests.RandomText(random, random.Next(0, 30)));
            index.AddText(random.Next(4), SearchIndexTests.RandomText(random, random.Next(0, 3)));
            if (random.Next(10) == 0)
            {
                index.Remove(random.Next(documents));
            }

            index.Boost(random.Next(documents), (float)random.NextDouble());
        }

        return index;
    }

    private static byte[] Save(ref SearchIndex index)
    {
        byte* image = index.Save(out int bytes);
        Assert.True(image != null);
        return new ReadOnlySpan<byte>(image, bytes).ToArray();
    }

    private static int Load(ref SearchIndex index, byte[] image)
    {
        // The array is exactly as long as the image, so a guarded heap would notice a read past it.
        fixed (byte* bytes = image)
        {
            return index.Load(bytes, image.Length);
        }
    }

    // Computes the checksum as ImageCheck does, so that only the structure is judged.
    internal static void Seal(byte[] image)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)image.Length;
        int whole = image.Length / 8 * 8;
        foreach (int at in Enumerable.Range(0, whole / 8).Select(i => i * 8))
        {
            hash = (hash ^ (at == ChecksumOffset ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at)))) * Prime;
            hash ^= hash >> 32;
        }

        foreach (byte b in image.AsSpan(whole))
        {
            hash = (hash ^ b) * Prime;
            hash ^= hash >> 32;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(ChecksumOffset), hash);
    }

    // As long as an image's header.
    private struct ImageHeaderTwin
    {
        public fixed byte Bytes[136];
    }
}
