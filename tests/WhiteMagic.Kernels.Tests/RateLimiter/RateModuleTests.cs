using System;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.RateLimiter;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.RateLimiter;

[Collection(KernelModules.Name)]
public sealed class RateModuleTests
{
    [Fact]
    public void Exports_RandomRequests_AnswerAsInDotnet()
    {
        int rounds = Runs.Of(20, 200);
        var tape = new Tape("rate_limiter");
        for (int seed = 0; seed < rounds; seed++)
        {
            tape.Reset();
            var random = new Random(seed);
            int windowMs = random.Next(1, 3000);
            Assert.Equal(0, tape.Call("rate_configure", random.Next(1, 50), random.Next(10), random.Next(1, 20), random.Next(5), windowMs, RateTable.LeastBytes + random.Next(30_000)));
            long now = random.Next(1_000_000);
            for (int i = 0; i < 200; i++)
            {
                now = Math.Max(0, now + random.Next(-5, Math.Max(6, windowMs / 10)));
                tape.Call(random.Next(4) == 0 ? "rate_peek" : "rate_acquire", (ulong)random.Next(30), now, (ulong)random.Next(3), random.Next(5) == 0 ? random.Next(1, 9) : 0);
            }

            Assert.Equal(0, tape.Call("rate_reset"));
        }

        tape.Verify();
    }

    [Fact]
    public void Exports_BadArguments_AnswerWithAnError()
    {
        var tape = new Tape("rate_limiter");
        Assert.Equal(KernelError.InvalidArgument, tape.Call("rate_acquire", 1UL, 1L, 1UL, 0));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("rate_reset"));
        int[][] wrong =
        [
            [0, 1, 1, 1, 1000, 65536], [1, -1, 1, 1, 1000, 65536], [1, 1, 0, 1, 1000, 65536], [1, 1, 1, int.MaxValue, 1000, 65536], [2_000_000, 1, 1, 1, 1000, 65536],
            [1, 1, 1, 1, 0, 65536], [1, 1, 1, 1, int.MinValue, 65536], [1, 1, 1, 1, int.MaxValue, 65536], [1, 1, 1, 1, 1000, 4479], [1, 1, 1, 1, 1000, int.MaxValue],
        ];
        foreach (int[] a in wrong)
        {
            Assert.Equal(KernelError.InvalidArgument, tape.Call("rate_configure", a[0], a[1], a[2], a[3], a[4], a[5]));
        }

        Assert.Equal(0, tape.Call("rate_configure", 5, 1, 2, 0, 1000, 4480));
        foreach (long now in new[] { -1, long.MinValue, long.MaxValue })
        {
            Assert.Equal(KernelError.InvalidArgument, tape.Call("rate_acquire", 1UL, now, 1UL, 0));
        }

        Assert.Equal(KernelError.InvalidArgument, tape.Call("rate_acquire", 1UL, 1L, 1UL, -1));
        Assert.Equal(KernelError.InvalidArgument, tape.Call("rate_peek", 1UL, 1L, 1UL, int.MaxValue));
        tape.Verify();
    }
}
