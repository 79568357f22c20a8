using System;
using System.Buffers.Binary;
using WhiteMagic.Kernels.ArrowWriter;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Tests.Differential;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.ArrowWriter;

[Collection(KernelModules.Name)]
public sealed class ArrowModuleTests
{
    [Fact]
    public void Exports_RandomRows_GiveTheSameFileAsInDotnet()
    {
        int files = Runs.Of(10, 100);
        var tape = new Tape("arrow_writer");
        for (int seed = 0; seed < files; seed++)
        {
            var random = new Random(seed);
            tape.Reset();
            Assert.Equal(0, tape.Call("arrow_begin"));
            int rows = seed == 0 ? 0 : random.Next(1, 60);
            for (int i = 0; i < rows; i++)
            {
                byte[] packed = ArrowCells.Random(random, i).ToPacked();
                Ptr row = tape.AllocWith(packed);
                Assert.Equal(0, tape.Call("arrow_add", row, packed.Length));
                if (random.Next(20) == 0)
                {
                    Assert.Equal(0, tape.Call("arrow_flush_batch"));
                }

                if (random.Next(10) == 0)
                {
                    Drain(tape);
                }
            }

            Assert.Equal(0, tape.Call("arrow_finish"));
            Drain(tape);
            Assert.Equal(KernelError.InvalidArgument, tape.Call("arrow_finish"));
        }

        tape.Verify();
    }

    [Fact]
    public void Add_EveryOffsetAndLengthWrong_IsRefusedAndTheFileIsWhole()
    {
        var random = new Random(4);
        byte[] packed = ArrowCells.Random(random, 1).ToPacked();
        var tape = new Tape("arrow_writer");
        Ptr row = tape.AllocWith(packed);
        Assert.Equal(KernelError.InvalidArgument, tape.Call("arrow_add", row, packed.Length));
        Assert.Equal(0, tape.Call("arrow_begin"));
        Assert.Equal(KernelError.OutOfRange, tape.Call("arrow_add", Ptr.Null, 104));
        foreach (int bytes in new[] { 0, -1, int.MinValue, ArrowRow.HeadBytes - 1 })
        {
            Assert.Equal(KernelError.InvalidArgument, tape.Call("arrow_add", row, bytes));
        }

        for (int at = 4; at < 52; at += 4)
        {
            foreach (uint wrong in new uint[] { (uint)packed.Length + 1, uint.MaxValue, 0x8000_0000, 0x4000_0000 })
            {
                byte[] damaged = [.. packed];
                BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan(at), wrong);
                tape.Write(row, damaged);
                Assert.True(tape.Call("arrow_add", row, packed.Length) < 0, $"offset {at}, {wrong}");
            }
        }

        tape.Write(row, packed);
        Assert.Equal(0, tape.Call("arrow_add", row, packed.Length));
        Assert.Equal(0, tape.Call("arrow_finish"));
        Drain(tape);
        tape.Verify();
    }

    private static void Drain(Tape tape)
    {
        int bytes = (int)tape.Call("arrow_output_bytes");
        if (bytes > 0)
        {
            tape.Read(tape.CallPointer("arrow_output"), bytes);
            Assert.Equal(bytes, tape.Call("arrow_drain"));
        }
    }
}
