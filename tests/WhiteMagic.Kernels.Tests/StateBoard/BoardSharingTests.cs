using System.Threading.Tasks;
using WhiteMagic.Kernels.Peer;
using WhiteMagic.Kernels.StateBoard;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.StateBoard;

public sealed class BoardSharingTests
{
    [Fact]
    public async Task Board_EightThreadsInTwoProcesses_NobodyReadsATornState()
    {
        int milliseconds = Runs.Of(1000, 30_000);
        using PeerProcess peer = new(SharedBoard.Bytes);
        Task<Script> running = peer.StartAsync("board", 50, milliseconds);
        long reads = Work(peer.File, milliseconds);
        (await running).ShouldSucceed("the other process");
        TestContext.Current.TestOutputHelper?.WriteLine($"{reads} states read");
        Assert.True(reads > 100);
    }

    private static unsafe long Work(string path, int milliseconds)
    {
        using SharedFile file = new(path);
        Assert.Equal(0, SharedBoard.Attach(file.Memory, out SharedBoard board));
        return BoardWork.Run(board, 0, Clock.NowNs + (milliseconds * 1_000_000L));
    }
}
