using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.Peer;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.EventRing;

public sealed class RingSharingTests
{
    [Fact]
    public async Task Ring_EightThreadsInTwoProcesses_NothingIsTornAndEveryLossReported()
    {
        int milliseconds = Runs.Of(1000, 30_000);
        using PeerProcess peer = new(SharedRing.Bytes);
        using SharedFile file = new(peer.File);
        SharedRing ring = Attach(file);
        int witness = ring.Subscribe(Clock.NowNs);
        Task<Script> running = peer.StartAsync("ring", 1, milliseconds);
        bool isOver = false;
        Task<(long Received, long Lost)> watching = Task.Factory.StartNew(
            () => RingWork.Consume(ring, witness, () => !Volatile.Read(ref isOver)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        (long published, long received, long lost) = RingWork.Run(ring, 0, Clock.NowNs + (milliseconds * 1_000_000L));
        Script other = (await running).ShouldSucceed("the other process");
        Volatile.Write(ref isOver, true);
        (long seen, long missed) = await watching;
        long[] there = [.. other.Output.Trim().Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
        TestContext.Current.TestOutputHelper?.WriteLine($"published {published} here, {there[0]} there; received {received} and lost {lost} here, {seen} and {missed} by the witness");
        Assert.True(published > 0 && there[0] > 0 && seen > 0 && received > 0);
        Assert.Equal(published + there[0], seen + missed);
    }

    private static unsafe SharedRing Attach(SharedFile file)
    {
        Assert.Equal(0, SharedRing.Attach(file.Memory, file.Length, out SharedRing ring));
        return ring;
    }
}
