using System.Runtime.InteropServices;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.RateLimiter;
using WhiteMagic.Kernels.StateBoard;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>A board, a rate limiter and a ring in memory of the test's own.</summary>
internal sealed unsafe class OwnMemory
{
    public OwnMemory()
    {
        byte* board = (byte*)NativeMemory.AllocZeroed(SharedBoard.Bytes);
        Assert.Equal(0, SharedBoard.Attach(board, out SharedBoard attached));
        Assert.Equal(0, RateTable.Open(board + SharedBoard.RateOffset, SharedBoard.RateBytes, RateLimits.WindowMs, out RateTable rates));
        Assert.Equal(0, SharedRing.Attach(NativeMemory.AllocZeroed(SharedRing.Bytes), SharedRing.Bytes, out SharedRing ring));
        (Board, Rates, Ring) = (attached, rates, ring);
    }

    public SharedBoard Board { get; }

    public RateTable Rates { get; }

    public SharedRing Ring { get; }
}
