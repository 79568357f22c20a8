using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Tests.MinHash;

public sealed unsafe class MinHashExportsTests
{
    [Fact]
    public void Exports_GoodInput_GiveWhatTheKernelGives()
    {
        Signature a;
        Signature b;
        CompactSignature compact;
        SimilarPair pair;
        fixed (byte* text = "tag\nother\nthird"u8)
        {
            Assert.Equal(0, MinHashExports.OfText(text, 15, &a));
            Assert.Equal(0, MinHashExports.OfKeywords(text, 15, &b));
        }

        Signature.OfText("tag other third"u8, out Signature expected);
        Assert.Equal(1, MinHashExports.Jaccard(&a, &expected));
        Assert.Equal(0, MinHashExports.Jaccard(&a, &b));
        Assert.Equal(0, MinHashExports.Compact(&b, &compact));
        Assert.Equal((byte)b[127], compact[127]);
        Signature* three = stackalloc Signature[3] { a, b, a };
        Assert.Equal(1, MinHashExports.Duplicates(three, 3, 0.8, &pair, 1));
        Assert.Equal((0, 2, 1f), (pair.First, pair.Second, pair.Similarity));
    }

    [Fact]
    public void Exports_BadInput_GiveTheErrorAndWriteNothing()
    {
        Signature a = default;
        SimilarPair pair = default;
        byte text = 1;
        Assert.Equal(KernelError.InvalidArgument, MinHashExports.OfText(&text, -1, &a));
        Assert.Equal(KernelError.OutOfRange, MinHashExports.OfText(null, 1, &a));
        Assert.Equal(KernelError.OutOfRange, MinHashExports.OfText(&text, 1, null));
        Assert.Equal(KernelError.InvalidArgument, MinHashExports.OfKeywords(&text, int.MinValue, &a));
        Assert.Equal(KernelError.OutOfRange, MinHashExports.Compact(&a, null));
        Assert.Equal(KernelError.OutOfRange, MinHashExports.Jaccard(null, &a));
        Assert.Equal(KernelError.InvalidArgument, MinHashExports.Duplicates(&a, -1, 0.5, &pair, 1));
        Assert.Equal(KernelError.InvalidArgument, MinHashExports.Duplicates(&a, 1, 0.5, &pair, -1));
        Assert.Equal(KernelError.InvalidArgument, MinHashExports.Duplicates(&a, 1, double.NaN, &pair, 1));
        Assert.Equal(KernelError.OutOfRange, MinHashExports.Duplicates(&a, int.MaxValue, 0.5, &pair, 1));
        Assert.Equal(KernelError.OutOfRange, MinHashExports.Duplicates(&a, 1, 0.5, &pair, int.MaxValue));
        Assert.Equal(KernelError.OutOfRange, MinHashExports.Duplicates(null, 2, 0.5, &pair, 1));
        Assert.Equal(0, MinHashExports.Duplicates(null, 0, 0.5, null, 0));
        Assert.Equal(0f, pair.Similarity);
    }
}
