using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using WhiteMagic.Kernels.Peer;
using WhiteMagic.Kernels.RateLimiter;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.RateLimiter;

public sealed class RateSharingTests
{
    [Fact]
    public async Task Acquire_EightThreadsInTwoProcesses_NoWindowAdmitsMoreThanAllowed()
    {
        int milliseconds = Runs.Of(1000, 30_000);
        using PeerProcess peer = new(1 << 16);
        Task<Script> running = peer.StartAsync("rate", 100, milliseconds);
        List<(int Key, long Ms)> admitted = Work(peer.File, milliseconds);
        Script other = (await running).ShouldSucceed("the other process");
        int own = admitted.Count;
        admitted.AddRange(other.Output.Trim().Split(';').Select(a => a.Split(',')).Select(a => (Number(a[0]), long.Parse(a[1], CultureInfo.InvariantCulture))));
        TestContext.Current.TestOutputHelper?.WriteLine($"{own} admitted here, {admitted.Count - own} there");
        Assert.True(own > 0 && admitted.Count > own, "both must have got something");

        Assert.InRange(WindowCheck.Fullest(admitted.Select(a => a.Ms), RateWork.WindowMs), 1, RateWork.GroupMost);
        Assert.All(admitted.GroupBy(a => a.Key), key => Assert.InRange(WindowCheck.Fullest(key.Select(a => a.Ms), RateWork.WindowMs), 1, RateWork.KeyMost));

        // Not by refusing all: at least half of what the windows allow.
        Assert.True(admitted.Count > RateWork.GroupMost * (milliseconds / RateWork.WindowMs) / 2, $"only {admitted.Count} admitted");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static unsafe List<(int Key, long Ms)> Work(string path, int milliseconds)
    {
        using SharedFile file = new(path);
        Assert.Equal(0, RateTable.Open(file.Memory, file.Length, RateWork.WindowMs, out RateTable table));
        return RateWork.Run(table, 0, Clock.NowNs + (milliseconds * 1_000_000L));
    }
}
