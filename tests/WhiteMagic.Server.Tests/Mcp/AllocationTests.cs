using System;
using System.Globalization;
using System.Text;
using WhiteMagic.Mcp;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Mcp;

[Collection(MeasuredAlone.Name)]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int WarmUp = 2_000;
    private const int Measured = 4_000;

    /// <summary>Name of the tool, document, context: what a call needs. Lines, buffers and writers are reused.</summary>
    private const int MaxWorkerBytesPerCall = 400;

    /// <summary>Lines are reused, so this is what the blocking input of the test itself takes (48 alone, 208 after other tests); a fresh line would be 1,024 and more.</summary>
    private const int MaxReaderBytesPerCall = 512;

    [Fact]
    public void Call_Simple_AllocatesLittle()
    {
        using var offer = new FixtureOffer();
        using var input = new FeedStream();
        using var sink = new NullSink();
        long before = 0;
        long after = 0;
        offer.OnCall = count =>
        {
            if (count == WarmUp)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (count == WarmUp + Measured)
            {
                after = GC.GetAllocatedBytesForCurrentThread();
            }

            // One line at a time, as from a client that waits for each answer.
            input.Send(NextLine(count));
            if (count == WarmUp + Measured)
            {
                input.End();
            }
        };
        int reads = 0;
        long readerBefore = 0;
        long readerAfter = 0;
        input.OnRead = () =>
        {
            reads++;
            if (reads == WarmUp)
            {
                readerBefore = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (reads == WarmUp + Measured)
            {
                readerAfter = GC.GetAllocatedBytesForCurrentThread();
            }
        };
        input.Send(NextLine(0));
        new StdioServer(offer, new StreamChannel(input, sink)).Run();

        // The line that the test itself makes on the worker's thread does not count.
        long own = OwnBytesPerLine();
        double perCall = ((after - before) / (double)Measured) - own;
        double perRead = (readerAfter - readerBefore) / (double)Measured;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worker {perCall:F0} bytes a call, reader {perRead:F0} bytes a read"));
        Assert.InRange(perCall, 1, MaxWorkerBytesPerCall);
        Assert.InRange(perRead, 0, MaxReaderBytesPerCall);
        Assert.True(sink.LineCount > WarmUp + Measured);
    }

    private static byte[] NextLine(int count) => Prepared[count & 1];

    private static readonly byte[][] Prepared =
    [
        Encoding.UTF8.GetBytes(Session.Modern("1", "tools/call", "\"name\":\"fail\",\"arguments\":{\"a\":\"b\"}") + "\n"),
        Encoding.UTF8.GetBytes(Session.Modern("2", "tools/call", "\"name\":\"fail\",\"arguments\":{\"a\":\"b\"}") + "\n"),
    ];

    /// <summary>What sending a prepared line costs the test.</summary>
    private static long OwnBytesPerLine()
    {
        using var input = new FeedStream();
        const int lines = 1_000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < lines; i++)
        {
            input.Send(NextLine(i));
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / lines;
    }

    private sealed class NullSink : System.IO.MemoryStream
    {
        public int LineCount { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => LineCount++;
    }
}
