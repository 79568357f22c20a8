using System;
using System.Runtime.InteropServices;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.StateBoard;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.StateBoard;

[Collection(KernelModules.Name)]
public sealed class BoardModuleTests
{
    private static readonly double[] _values = [0, 1, 0.5, -1, -0.0, double.Epsilon, 0.1, 1.0000000000000002, double.NaN, double.PositiveInfinity, -0.5];

    [Fact]
    public void Exports_RandomCalls_AnswerAndLeaveTheSameBytes()
    {
        int steps = Runs.Of(1000, 20_000);
        var random = new Random(17);
        var tape = new Tape("state_board");
        Assert.Equal(KernelError.InvalidArgument, tape.Call("board_reset", 1L));
        Ptr board = tape.Alloc(SharedBoard.Bytes), values = tape.Alloc(128);
        Assert.Equal(KernelError.OutOfRange, tape.Call("board_attach", Ptr.Null));
        Assert.Equal(0, tape.Call("board_attach", board));
        for (int step = 0; step < steps; step++)
        {
            long now = random.NextInt64(-1, 1_000_000_000_000);
            int slot = random.Next(-1, 66);
            switch (random.Next(9))
            {
                case 0:
                    double[] harmony = new double[7];
                    int known = random.Next(3) == 0 ? _values.Length : 7;
                    Array.ForEach([0, 1, 2, 3, 4, 5, 6], i => harmony[i] = _values[random.Next(known)]);
                    tape.Write(values, MemoryMarshal.AsBytes<double>(harmony));
                    tape.Call("board_write_harmony", values, now);
                    break;
                case 1:
                    ulong[] resonance = [(ulong)random.Next(3), (ulong)random.Next(5), (ulong)random.Next(30), 28, 1, (ulong)random.Next(4)];
                    tape.Write(values, MemoryMarshal.AsBytes<ulong>(resonance));
                    tape.Call("board_write_resonance", values, now);
                    break;
                case 2:
                    tape.Call("board_set_active_engines", (ulong)random.NextInt64(1L << 29), now);
                    break;
                case 3:
                    tape.Call("board_write_breaker", slot, random.Next(-2, 4), random.Next(-1, 4), (ulong)step, now);
                    break;
                case 4:
                    tape.Call("board_read_breaker", slot, values);
                    break;
                case 5:
                    tape.Call("board_increment_counter", slot);
                    tape.Call("board_read_counter", slot);
                    break;
                case 6:
                    tape.Call("board_read_harmony", values);
                    tape.Read(values, 56);
                    break;
                case 7:
                    tape.Call("board_read_state", values);
                    tape.Read(values, 128);
                    break;
                default:
                    if (random.Next(20) == 0)
                    {
                        tape.Call("board_reset", now);
                    }

                    break;
            }
        }

        // Killed while writing: too early, then taken over.
        tape.Write(board + 1792, [1, 0, 0, 0, 0, 0, 0, 0]);
        tape.Call("board_set_active_engines", 1UL, 50_000_000L);
        tape.Call("board_read_state", values);
        tape.Call("board_set_active_engines", 1UL, 100_000_000L);
        foreach (string export in new[] { "board_read_harmony", "board_read_state" })
        {
            Assert.Equal(KernelError.OutOfRange, tape.Call(export, Ptr.Null));
        }

        tape.Read(board, SharedBoard.Bytes);
        tape.Write(board + 8, [1]);
        Assert.Equal(KernelError.Corrupt, tape.Call("board_attach", board));
        tape.Verify();
    }
}
