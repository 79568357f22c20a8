using System;
using System.Text;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Kernels.Tests.Differential;

namespace WhiteMagic.Kernels.Tests.Search;

[Collection(KernelModules.Name)]
public sealed unsafe class SearchExportsTests
{
    [Fact]
    public void Exports_GoodInput_GiveWhatTheKernelGives()
    {
        SearchExports.Clear();
        fixed (byte* text = "The quick brown foxes"u8)
        {
            Assert.Equal(0, SearchExports.Add(text, 21));
            Assert.Equal(1, SearchExports.AddField(-1, 1, text, 15));
            Assert.Equal(1, SearchExports.AddField(1, 2, text + 16, 5));
            Assert.Equal(KernelError.NotFound, SearchExports.AddField(0, 0, text, 1));
            Assert.Equal(2, SearchExports.Commit());
            Assert.Equal(0, SearchExports.SetWeights(1.2, 0.75, 1, 1, 3, 1));
            Assert.Equal(2, SearchExports.Query(text + 16, 3, 5));
            Assert.Equal((1, 0), (SearchExports.Results()[0].Document, SearchExports.Results()[1].Document));
            double best = SearchExports.Results()[0].Score;
            Assert.Equal(0, SearchExports.Boost(0, 10));
            Assert.Equal(1, SearchExports.Query(text + 16, 3, 1));
            Assert.Equal(0, SearchExports.Results()[0].Document);
            Assert.True(SearchExports.Results()[0].Score > best * 10);
            Assert.Equal(0, SearchExports.Remove(0));
            Assert.Equal(1, SearchExports.Query(text + 16, 3, 9));
            byte* image = SearchExports.Image();
            byte[] saved = new ReadOnlySpan<byte>(image, SearchExports.ImageBytes()).ToArray();
            Assert.Equal(0, SearchExports.Clear());
            Assert.Equal(0, SearchExports.Query(text + 16, 3, 9));
            fixed (byte* bytes = saved)
            {
                Assert.Equal(2, SearchExports.Load(bytes, saved.Length));
            }

            Assert.Equal(1, SearchExports.Query(text + 16, 3, 9));
            byte* stem = stackalloc byte[5];
            Assert.Equal(3, SearchExports.Stem(text + 16, 5, stem));
            Assert.Equal("fox", Encoding.ASCII.GetString(stem, 3));
        }

        fixed (byte* words = "thethat"u8)
        {
            Assert.Equal(1, SearchExports.IsStopWord(words, 3));
            Assert.Equal(1, SearchExports.IsStopWord(words + 3, 4));
            Assert.Equal(0, SearchExports.IsStopWord(words, 7));
        }

        SearchExports.Clear();
        Assert.True(SearchExports.Results() == null);
    }

    [Fact]
    public void Exports_BadInput_GiveTheErrorAndChangeNothing()
    {
        SearchExports.Clear();
        byte* bytes = stackalloc byte[8];
        Assert.Equal(KernelError.InvalidArgument, SearchExports.Add(bytes, -1));
        Assert.Equal(KernelError.OutOfRange, SearchExports.Add(null, 1));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.AddField(-1, 4, bytes, 1));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.AddField(-1, -1, bytes, 1));
        Assert.Equal(KernelError.NotFound, SearchExports.AddField(0, 0, bytes, 1));
        Assert.Equal(KernelError.NotFound, SearchExports.AddField(int.MinValue, 0, bytes, 1));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.Query(bytes, 1, 0));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.Query(bytes, -1, 1));
        Assert.Equal(KernelError.OutOfRange, SearchExports.Query(null, 1, 1));
        Assert.Equal(0, SearchExports.Query(null, 0, int.MaxValue));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.SetWeights(double.NaN, 0, 1, 1, 1, 1));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.SetContext(-1, 0));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.SetContext(0, double.PositiveInfinity));
        Assert.Equal(KernelError.NotFound, SearchExports.Follow(0, 0));
        Assert.Equal(KernelError.NotFound, SearchExports.Follow(-1, -2));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.Boost(0, double.NaN));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.Boost(0, double.PositiveInfinity));
        Assert.Equal(KernelError.NotFound, SearchExports.Boost(0, 1));
        Assert.Equal(KernelError.NotFound, SearchExports.Remove(0));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.Load(bytes, -1));
        Assert.Equal(KernelError.OutOfRange, SearchExports.Load(null, 8));
        Assert.Equal(KernelError.Corrupt, SearchExports.Load(bytes, 8));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.Stem(bytes, -1, bytes));
        Assert.Equal(KernelError.OutOfRange, SearchExports.Stem(bytes, 1, null));
        Assert.Equal(KernelError.OutOfRange, SearchExports.IsStopWord(null, 1));
        Assert.Equal(KernelError.InvalidArgument, SearchExports.IsStopWord(bytes, -1));
        Assert.Equal(0, SearchExports.Commit());
        Assert.Equal(0, SearchExports.Clear());
    }
}
