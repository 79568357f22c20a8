using System;
using System.Linq;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.StateBoard;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.StateBoard;

public sealed unsafe class SharedBoardTests
{
    private const int SequenceOffset = 1792;
    private const long Ms = 1_000_000;

    private static readonly double[] _harmony = [0, 0.5, 1, SharedBoard.NotMeasured, 0.25, -0.0, double.Epsilon];
    private static readonly ulong[] _resonance = [2, 4, 28, 27, 1, 3];

    [Fact]
    public void Fields_AreAtTheirOffsets()
    {
        using NativeBlock block = new(SharedBoard.Bytes);
        SharedBoard board = Attach(block);
        Assert.Equal(1, board.WriteHarmony(_harmony, 5 * Ms));
        Assert.Equal(2, board.WriteResonance(_resonance, 6 * Ms));
        Assert.Equal(3, board.WriteActiveEngines(0xFFFFFFF, 7 * Ms));
        Assert.Equal(4, board.WriteBreaker(63, -1, 2, 9, 8 * Ms));
        Assert.Equal(1, board.Increment(63));
        Assert.Equal(2, board.Increment(63));
        Assert.Equal(0x574D424F41524400UL, block.Word(0));
        Assert.Equal(2UL, block.Word(8));
        Assert.Equal(4UL, block.Word(16));
        Assert.Equal(_harmony.Select(BitConverter.DoubleToUInt64Bits), Enumerable.Range(0, 7).Select(i => block.Word(64 + (8 * i))));
        Assert.Equal(_resonance, Enumerable.Range(0, 6).Select(i => block.Word(128 + (8 * i))));
        Assert.Equal(0xFFFFFFFUL, block.Word(176));
        Assert.Equal(8UL * Ms, block.Word(184));
        Assert.Equal((2UL, 9UL), (block.Word(256 + (63 * 16)), block.Word(256 + (63 * 16) + 8)));
        Assert.Equal(2UL, block.Word(1280 + (63 * 8)));
        Assert.False(block.Span[SharedBoard.RateOffset..].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void ReadState_AfterWrites_IsWhatWasWritten()
    {
        using NativeBlock block = new(SharedBoard.Bytes);
        SharedBoard board = Attach(block);
        ulong[] state = new ulong[SharedBoard.StateWords];
        Assert.Equal(0, board.ReadState(state));
        board.WriteHarmony(_harmony, 1);
        board.WriteResonance(_resonance, 2);
        Assert.Equal(2, board.ReadState(state));
        Assert.Equal([2, .. _harmony.Select(BitConverter.DoubleToUInt64Bits), .. _resonance, 0, 2], state);
        Assert.Equal(3, board.Reset(9));
        Assert.Equal(3, board.ReadState(state));
        Assert.Equal([3, .. new ulong[14], 9], state);
    }

    [Fact]
    public void Attach_OtherContent_IsCorrupt()
    {
        using NativeBlock block = new(SharedBoard.Bytes);
        Attach(block);
        Attach(block);
        block.Word(8) = 1;
        Assert.Equal(KernelError.Corrupt, SharedBoard.Attach(block.Start, out _));
        block.Word(0)++;
        Assert.Equal(KernelError.Corrupt, SharedBoard.Attach(block.Start, out _));
        block.Word(0) = 0;
        Assert.Equal(KernelError.Corrupt, SharedBoard.Attach(block.Start, out _));
        Assert.Equal(KernelError.InvalidArgument, SharedBoard.Attach(block.Start + 4, out _));
        Assert.Equal(KernelError.InvalidArgument, SharedBoard.Attach(null, out _));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.0000000000000002)]
    [InlineData(-0.5)]
    [InlineData(double.PositiveInfinity)]
    public void WriteHarmony_ValueOutOfRange_ChangesNothing(double value)
    {
        using NativeBlock block = new(SharedBoard.Bytes);
        SharedBoard board = Attach(block);
        byte[] before = block.Span.ToArray();
        double[] values = [.. _harmony];
        values[6] = value;
        Assert.Equal(KernelError.InvalidArgument, board.WriteHarmony(values, 1));
        Assert.Equal(KernelError.InvalidArgument, board.WriteHarmony(_harmony, -1));
        Assert.Equal(KernelError.InvalidArgument, board.WriteResonance([3, 0, 1, 1, 1, 0], 1));
        Assert.Equal(KernelError.InvalidArgument, board.WriteResonance([0, 0, 29, 1, 1, 0], 1));
        Assert.Equal(KernelError.InvalidArgument, board.WriteActiveEngines(1 << 28, 1));
        Assert.Equal(KernelError.InvalidArgument, board.WriteBreaker(64, -1, 0, 0, 1));
        Assert.Equal(KernelError.InvalidArgument, board.WriteBreaker(-1, -1, 0, 0, 1));
        Assert.Equal(KernelError.InvalidArgument, board.WriteBreaker(0, -1, 3, 0, 1));
        Assert.Equal(KernelError.InvalidArgument, board.Increment(64));
        Assert.Equal(KernelError.InvalidArgument, board.ReadCounter(-1));
        Assert.Equal(KernelError.InvalidArgument, default(SharedBoard).WriteHarmony(_harmony, 1));
        Assert.Equal(before, block.Span.ToArray());
    }

    [Fact]
    public void WriteBreaker_OfTwoWhoExpectOpen_OneMakesItHalfOpen()
    {
        using NativeBlock block = new(SharedBoard.Bytes);
        SharedBoard board = Attach(block);
        Assert.Equal(1, board.WriteBreaker(3, 0, 1, 5, 1));
        Assert.Equal(2, board.WriteBreaker(3, 1, 2, 5, 2));
        Assert.Equal(0, board.WriteBreaker(3, 1, 2, 6, 3));
        Assert.Equal(2, board.ReadBreaker(3, out ulong failures));
        Assert.Equal(5UL, failures);
    }

    [Fact]
    public void Sequence_LeftOdd_IsTakenOverAfter100Ms()
    {
        using NativeBlock block = new(SharedBoard.Bytes);
        SharedBoard board = Attach(block);
        board.WriteHarmony(_harmony, 1000 * Ms);
        block.Word(SequenceOffset)++;
        Assert.Equal(KernelError.Busy, board.ReadState(new ulong[SharedBoard.StateWords]));
        Assert.Equal(KernelError.Busy, board.ReadBreaker(0, out _));
        Assert.Equal(KernelError.Busy, board.WriteHarmony(_harmony, 1099 * Ms));
        Assert.Equal(KernelError.Busy, board.WriteHarmony(_harmony, 900 * Ms));
        Assert.Equal(2, board.WriteHarmony(_harmony, 1100 * Ms));
        Assert.Equal(2, board.ReadState(new ulong[SharedBoard.StateWords]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(26)]
    [InlineData(33)]
    [InlineData(34)]
    public void State_WriterKilledAtAnyWord_IsTheOldOrTheNewOne(int wordsWritten)
    {
        using NativeBlock block = new(SharedBoard.Bytes), after = new(SharedBoard.Bytes);
        SharedBoard board = Attach(block);
        board.WriteResonance(_resonance, 1);
        board.WriteHarmony([1, 1, 1, 1, 1, 1, 1], 2);
        block.Span.CopyTo(after.Span);
        SharedBoard written = Attach(after);
        written.WriteHarmony(_harmony, 3);

        // The order in which a writer writes: the copy, its checksum, the fields, their checksum.
        int[] order = [.. Enumerable.Range(0, 17).Select(i => 1808 + (8 * i)), 16, .. Enumerable.Range(0, 7).Select(i => 64 + (8 * i)), .. Enumerable.Range(0, 8).Select(i => 128 + (8 * i)), 1800];
        foreach (int offset in order.Take(wordsWritten))
        {
            block.Word(offset) = after.Word(offset);
        }

        block.Word(SequenceOffset)++;
        Assert.True(board.WriteActiveEngines(5, 200 * Ms) > 0);
        ulong[] state = new ulong[SharedBoard.StateWords];
        Assert.True(board.ReadState(state) > 0);
        ulong[] harmony = [.. state.Skip(1).Take(7)];
        double[] expected = wordsWritten >= 18 ? _harmony : [1, 1, 1, 1, 1, 1, 1];
        Assert.Equal(expected.Select(BitConverter.DoubleToUInt64Bits), harmony);
        Assert.Equal(_resonance, state.Skip(8).Take(6));
    }

    private static SharedBoard Attach(NativeBlock block)
    {
        Assert.Equal(0, SharedBoard.Attach(block.Start, out SharedBoard board));
        return board;
    }
}
