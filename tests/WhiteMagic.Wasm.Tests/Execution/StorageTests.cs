using System;
using System.Diagnostics;
using System.Linq;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Execution;

/// <summary>Tables, segments and memories that are as large as they may be, or grow as slowly as they may.</summary>
public sealed class StorageTests
{
    [Fact]
    public void Call_DropsOfSegmentsOfHighNumbers_ReadNothingBeyondTheSlots()
    {
        // Segment 65,535: read as a slot, that would be half a megabyte beyond this stack.
        byte[] code = [0, 0xFC, 9, .. ModuleBytes.Number(65_535), 0xFC, 13, .. ModuleBytes.Number(65_535), 0x0B];
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [1, 0x60, 0, 0]),
            ModuleBytes.Section(3, [1, 0]),
            ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 0]),
            ModuleBytes.Section(9, [.. ModuleBytes.Repeat(65_536, 1, 0, 0)]),
            ModuleBytes.Section(12, [.. ModuleBytes.Number(65_536)]),
            ModuleBytes.Section(10, [1, .. ModuleBytes.Number((uint)code.Length), .. code]),
            ModuleBytes.Section(11, [.. ModuleBytes.Repeat(65_536, 1, 0)]));
        WasmModule parsed = WasmModule.Parse(module);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(WasmTrap.None, new WasmStore(new ExecutionLimits { StackSlots = 8 }).Instantiate(parsed).FindFunction("run")!.Call([], []));
        }
    }

    [Fact]
    public void Call_TableInitOfNothingFromALongSegment_TakesNoTimeForTheRest()
    {
        // A million references, of which 20,000 rounds take none.
        byte[] code = [0, 0x03, 0x40, 0x41, 0, 0x41, 0, 0x41, 0, 0xFC, 12, 0, 0, 0x20, 0, 0x41, 1, 0x6B, 0x22, 0, 0x0D, 0, 0x0B, 0x0B];
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [1, 0x60, 1, 0x7F, 0]),
            ModuleBytes.Section(3, [1, 0]),
            ModuleBytes.Section(4, [1, 0x70, 0, 1]),
            ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 0]),
            ModuleBytes.Section(9, [1, 1, 0, .. ModuleBytes.Repeat(1_000_000, 0)]),
            ModuleBytes.Section(10, [1, (byte)code.Length, .. code]));
        WasmInstance instance = new WasmStore().Instantiate(WasmModule.Parse(module));
        var watch = Stopwatch.StartNew();
        Assert.Equal(WasmTrap.None, instance.FindFunction("run")!.Call([20_000], []));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 5000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Call_GrowthByOneAtATime_CopiesLittle(bool isTable)
    {
        // Grows by one, so many times, and gives the size before the last time.
        byte[] grow = isTable ? [0xD0, 0x70, 0x41, 1, 0xFC, 15, 0] : [0x41, 1, 0x40, 0];
        byte[] code = [1, 1, 0x7F, 0x03, 0x40, .. grow, 0x21, 1, 0x20, 0, 0x41, 1, 0x6B, 0x22, 0, 0x0D, 0, 0x0B, 0x20, 1, 0x0B];
        uint rounds = isTable ? 99_999u : 2_000u;
        WasmInstance instance = HostileTests.Instance(ModuleBytes.WithBody(code), new ExecutionLimits { MemoryPages = 2_001 });
        WasmFunction run = instance.FindFunction("run")!;
        ulong[] result = new ulong[1];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal((WasmTrap.None, rounds), (run.Call([rounds], result), result[0]));
        long most = isTable ? 100_000 * 8 : 2_001L * 65_536;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, most, most * 3);
        Assert.Equal((WasmTrap.None, uint.MaxValue), (run.Call([1], result), result[0]));
        instance.Reset();
        Assert.Equal((WasmTrap.None, 1ul), (run.Call([1], result), result[0]));
    }

    [Fact]
    public void Grow_AfterAReset_GivesZeroes()
    {
        // Grows by a page and gives what is in its first byte, which then is the argument.
        byte[] code = [0, 0x41, 1, 0x40, 0, 0x1A, 0x41, 0x80, 0x80, 4, 0x2D, 0, 0, 0x41, 0x80, 0x80, 4, 0x20, 0, 0x3A, 0, 0, 0x0B];
        WasmInstance instance = HostileTests.Instance(ModuleBytes.WithBody(code), new ExecutionLimits());
        WasmFunction run = instance.FindFunction("run")!;
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 0ul), (run.Call([7], result), result[0]));
        Assert.Equal((WasmTrap.None, 7ul), (run.Call([8], result), result[0]));
        instance.Reset();
        Assert.Equal((WasmTrap.None, 0ul), (run.Call([9], result), result[0]));
    }

    [Fact]
    public void Reset_AfterATrap_LeavesNothingInTablesAndSegments()
    {
        // Not given 0, it sets element 0, grows the table, drops the data and traps. Then: whether element 0 is null, ten for each element, and the data.
        byte[] code =
        [
            0, 0x20, 0, 0x04, 0x40, 0x41, 0, 0xD2, 0, 0x26, 0, 0xD0, 0x70, 0x41, 3, 0xFC, 15, 0, 0x1A, 0xFC, 9, 0, 0x00, 0x0B, 0x41, 0, 0x41, 0, 0x41, 1, 0xFC, 8, 0, 0,
            0x41, 0, 0x25, 0, 0xD1, 0xFC, 16, 0, 0x41, 10, 0x6C, 0x6A, 0x41, 0, 0x2D, 0, 0, 0x6A, 0x0B,
        ];
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [1, 0x60, 1, 0x7F, 1, 0x7F]),
            ModuleBytes.Section(3, [1, 0]),
            ModuleBytes.Section(4, [1, 0x70, 0, 1]),
            ModuleBytes.Section(5, [1, 0, 1]),
            ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 0]),
            ModuleBytes.Section(12, [1]),
            ModuleBytes.Section(10, [1, (byte)code.Length, .. code]),
            ModuleBytes.Section(11, [1, 1, 1, 100]));
        WasmInstance instance = new WasmStore().Instantiate(WasmModule.Parse(module));
        WasmFunction run = instance.FindFunction("run")!;
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 111ul), (run.Call([0], result), result[0]));
        Assert.Equal(WasmTrap.Unreachable, run.Call([1], result));
        Assert.Equal(WasmTrap.OutOfBoundsMemoryAccess, run.Call([0], result));
        instance.Reset();
        Assert.Equal((WasmTrap.None, 111ul), (run.Call([0], result), result[0]));
    }

    [Fact]
    public void Parse_CodeThatWouldTakeLongToTranslate_IsReadAtOnce()
    {
        // Branches that bring 1,000 values, loops that take and give as many and are never left; and locals that are set while they lie deep in the stack.
        byte[] thousand = ModuleBytes.Repeat(1000, 0x7F);
        byte[] types = ModuleBytes.Section(1, [3, 0x60, 0, 0, 0x60, 0, .. thousand, 0x60, .. thousand, .. thousand]);
        byte[] loops = [0, .. Times(1000, 0x41, 1), .. Times(500_000, 0x03, 2, 0x0C, 0, 0x0B), .. Times(1000, 0x1A), 0x0B];
        byte[] branches = [1, 1, 0x7F, 0x02, 1, .. Times(1000, 0x41, 1), .. Times(300_000, 0x20, 0, 0x0D, 0), 0x0B, .. Times(1000, 0x1A), 0x0B];
        byte[] locals = [1, .. ModuleBytes.Number(15_000), 0x7F, .. Enumerable.Range(0, 15_000).SelectMany(i => (byte[])[0x20, .. ModuleBytes.Number((uint)i)]), .. Times(34_900, 0x41, 0),
            .. Enumerable.Range(0, 15_000).SelectMany(i => (byte[])[0x20, .. ModuleBytes.Number((uint)((i + 1) % 15_000)), 0x21, .. ModuleBytes.Number((uint)i)]), .. Times(49_900, 0x1A), 0x0B];
        byte[] module = ModuleBytes.Module(types, ModuleBytes.Section(3, [5, 0, 0, 0, 0, 0]), ModuleBytes.Section(10, [5, .. Sized(branches), .. Sized(loops), .. Sized(locals), .. Sized(locals), .. Sized(locals)]));
        var watch = Stopwatch.StartNew();
        WasmModule.Parse(module);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2000);
    }

    private static byte[] Sized(byte[] body) => [.. ModuleBytes.Number((uint)body.Length), .. body];

    private static byte[] Times(int count, params byte[] bytes) => [.. Enumerable.Repeat(bytes, count).SelectMany(each => each)];
}
