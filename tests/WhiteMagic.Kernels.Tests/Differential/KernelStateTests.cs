using System.Numerics;

namespace WhiteMagic.Kernels.Tests.Differential;

public sealed unsafe class KernelStateTests
{
    [Fact]
    public void Reset_FieldsThatWereSet_HaveTheirFirstValues()
    {
        KernelState.Reset(typeof(State));
        State.Start = (byte*)16;
        State.Point = new Vector2(1, 2);
        State.Count = 5;
        State.Limit = 7;
        KernelState.Reset(typeof(State));
        Assert.True(State.Start == null);
        Assert.Equal(default, State.Point);
        Assert.Equal(0, State.Count);
        Assert.Equal(100, State.Limit);
    }

    private static class State
    {
        public static byte* Start;
        public static Vector2 Point;
        public static int Count;
        public static int Limit = 100;
    }
}
