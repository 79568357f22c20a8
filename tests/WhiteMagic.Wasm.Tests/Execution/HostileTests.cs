using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Execution;

/// <summary>What a module may try, and how each attempt ends.</summary>
public sealed class HostileTests
{
    private static readonly byte[] _endless = [0, 0x03, 0x40, 0x0C, 0, 0x0B, 0x41, 0, 0x0B];

    [Fact]
    public void Call_AnEndlessLoop_RunsOutOfFuel()
    {
        WasmFunction function = Function(_endless, new ExecutionLimits { Fuel = 1_000_000 }, out WasmStore store);
        Assert.Equal(WasmTrap.OutOfFuel, Call(function));
        Assert.Equal(1_000_000, store.FuelUsed);
        Assert.Equal(WasmTrap.OutOfFuel, Call(function));
    }

    [Fact]
    public void Call_AnEndlessLoop_EndsAtItsDeadline()
    {
        WasmFunction function = Function(_endless, new ExecutionLimits { Fuel = long.MaxValue, Deadline = TimeSpan.FromMilliseconds(50) }, out _);
        var watch = Stopwatch.StartNew();
        Assert.Equal(WasmTrap.DeadlineExceeded, Call(function));
        Assert.InRange(watch.ElapsedMilliseconds, 45, 5000);
    }

    [Fact]
    public void Call_AnEndlessLoop_IsCancelledByAnotherThread()
    {
        WasmFunction function = Function(_endless, new ExecutionLimits { Fuel = long.MaxValue, Deadline = TimeSpan.FromMinutes(1) }, out _);
        using var cancellation = new CancellationTokenSource(30);
        Assert.Equal(WasmTrap.Cancelled, function.Call([0], new ulong[1], cancellation.Token));
    }

    [Theory]
    [InlineData(100, 100_000)]
    [InlineData(10_000, 2_000)]
    public void Call_RecursionWithoutEnd_ExhaustsTheStack(int depth, int slots)
    {
        WasmFunction function = Function([0, 0x20, 0, 0x10, 0, 0x0B], new ExecutionLimits { CallDepth = depth, StackSlots = slots }, out _);
        Assert.Equal(WasmTrap.CallStackExhausted, Call(function));
    }

    [Fact]
    public void Call_FunctionsThatCallEachOtherWithoutEnd_ExhaustTheStack()
    {
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [1, 0x60, 1, 0x7F, 1, 0x7F]),
            ModuleBytes.Section(3, [2, 0, 0]),
            ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 0]),
            ModuleBytes.Section(10, [2, 6, 0, 0x20, 0, 0x10, 1, 0x0B, 6, 0, 0x20, 0, 0x10, 0, 0x0B]));
        Assert.Equal(WasmTrap.CallStackExhausted, Call(new WasmStore().Instantiate(WasmModule.Parse(module)).FindFunction("run")!));
    }

    [Fact]
    public void Call_AtTheLimitOfCalls_Returns()
    {
        // f(n) = n == 0 ? 0 : f(n - 1): n + 1 calls.
        byte[] code = [0, 0x20, 0, 0x45, 0x04, 0x7F, 0x41, 0, 0x05, 0x20, 0, 0x41, 1, 0x6B, 0x10, 0, 0x0B, 0x0B];
        WasmFunction function = Function(code, new ExecutionLimits { CallDepth = 50 }, out _);
        Assert.Equal(WasmTrap.None, function.Call([49], new ulong[1]));
        Assert.Equal(WasmTrap.CallStackExhausted, function.Call([50], new ulong[1]));
    }

    [Fact]
    public void Call_WithExactlyTheFuelItNeeds_Returns()
    {
        byte[] code = [0, 0x03, 0x40, 0x20, 0, 0x41, 1, 0x6B, 0x22, 0, 0x0D, 0, 0x0B, 0x41, 7, 0x0B];
        WasmFunction measured = Function(code, new ExecutionLimits(), out WasmStore store);
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 7ul), (measured.Call([200_000], result), result[0]));
        long fuel = store.FuelUsed;
        Assert.InRange(fuel, 1_000_000, 2_000_000);
        Assert.Equal(WasmTrap.None, Function(code, new ExecutionLimits { Fuel = fuel }, out _).Call([200_000], result));
        Assert.Equal(WasmTrap.OutOfFuel, Function(code, new ExecutionLimits { Fuel = fuel - 1 }, out _).Call([200_000], result));
    }

    [Fact]
    public void Call_MemoryThatGrowsWithoutEnd_StopsAtTheHostsLimit()
    {
        // Grows by its argument and gives what there was.
        WasmFunction function = Function([0, 0x20, 0, 0x40, 0, 0x0B], new ExecutionLimits { MemoryPages = 10 }, out _);
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 1ul), (function.Call([9], result), result[0]));
        Assert.Equal((WasmTrap.None, 10ul), (function.Call([0], result), result[0]));
        Assert.Equal((WasmTrap.None, uint.MaxValue), (function.Call([1], result), (uint)result[0]));
        Assert.Equal((WasmTrap.None, uint.MaxValue), (function.Call([uint.MaxValue], result), (uint)result[0]));
    }

    [Fact]
    public void Call_ATableThatGrowsWithoutEnd_StopsAtTheHostsLimit()
    {
        WasmFunction function = Function([0, 0xD0, 0x70, 0x20, 0, 0xFC, 15, 0, 0x0B], new ExecutionLimits { TableElements = 100 }, out _);
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 1ul), (function.Call([99], result), result[0]));
        Assert.Equal((WasmTrap.None, uint.MaxValue), (function.Call([1], result), (uint)result[0]));
    }

    [Fact]
    public void Instantiate_MemoryBeyondTheHostsLimit_IsRefused()
    {
        byte[] gigabyte = ModuleBytes.Module(ModuleBytes.Section(5, [1, 0, .. ModuleBytes.Number(16_384)]));
        Assert.Contains("a memory of 16384 pages, where 256 are allowed", Assert.Throws<WasmLinkException>(() => new WasmStore().Instantiate(WasmModule.Parse(gigabyte))).Message, StringComparison.Ordinal);
        byte[] table = ModuleBytes.Module(ModuleBytes.Section(4, [1, 0x70, 0, .. ModuleBytes.Number(100_001)]));
        Assert.Contains("a table of 100001 elements, where 100000 are allowed", Assert.Throws<WasmLinkException>(() => new WasmStore().Instantiate(WasmModule.Parse(table))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Instantiate_AStartFunctionThatLoops_RunsOutOfFuel()
    {
        byte[] module = ModuleBytes.Module(ModuleBytes.Section(1, [1, 0x60, 0, 0]), ModuleBytes.Section(3, [1, 0]), ModuleBytes.Section(8, [0]), ModuleBytes.Section(10, [1, 7, 0, 0x03, 0x40, 0x0C, 0, 0x0B, 0x0B]));
        Assert.Equal(WasmTrap.OutOfFuel, Assert.Throws<WasmTrapException>(() => new WasmStore(new ExecutionLimits { Fuel = 100_000 }).Instantiate(WasmModule.Parse(module))).Trap);
    }

    [Fact]
    public void Instantiate_SegmentsOutOfRange_Trap()
    {
        byte[] data = ModuleBytes.Module(ModuleBytes.Section(5, [1, 0, 1]), ModuleBytes.Section(11, [1, 0, 0x41, 0xFF, 0xFF, 3, 0x0B, 2, 1, 1]));
        Assert.Equal(WasmTrap.OutOfBoundsMemoryAccess, Assert.Throws<WasmTrapException>(() => new WasmStore().Instantiate(WasmModule.Parse(data))).Trap);
        byte[] negative = ModuleBytes.Module(ModuleBytes.Section(5, [1, 0, 1]), ModuleBytes.Section(11, [1, 0, 0x41, 0x7F, 0x0B, 1, 1]));
        Assert.Equal(WasmTrap.OutOfBoundsMemoryAccess, Assert.Throws<WasmTrapException>(() => new WasmStore().Instantiate(WasmModule.Parse(negative))).Trap);
        byte[] elements = ModuleBytes.Module(ModuleBytes.Section(1, [1, 0x60, 0, 0]), ModuleBytes.Section(3, [1, 0]), ModuleBytes.Section(4, [1, 0x70, 0, 1]), ModuleBytes.Section(9, [1, 0, 0x41, 1, 0x0B, 1, 0]), ModuleBytes.Section(10, [1, 2, 0, 0x0B]));
        Assert.Equal(WasmTrap.OutOfBoundsTableAccess, Assert.Throws<WasmTrapException>(() => new WasmStore().Instantiate(WasmModule.Parse(elements))).Trap);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Instantiate_AnyImport_IsRefusedByName(byte kind)
    {
        byte[][] types = [[0], [0x70, 0, 0], [0, 0], [0x7F, 0]];
        byte[] module = ModuleBytes.Module(ModuleBytes.Section(1, [1, 0x60, 0, 0]), ModuleBytes.Section(2, [1, .. ModuleBytes.Name("wasi_snapshot_preview1"), .. ModuleBytes.Name("fd_write"), kind, .. types[kind]]));
        Assert.Contains("unknown import: wasi_snapshot_preview1.fd_write", Assert.Throws<WasmLinkException>(() => new WasmStore().Instantiate(WasmModule.Parse(module))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xFC, 11)]
    [InlineData(0xFC, 10)]
    public void Call_BulkOperations_ArePaidByTheByteAndCheckedIn64Bits(byte prefix, byte number)
    {
        byte[] code = [0, 0x41, 0, 0x41, 0, 0x20, 0, prefix, number, .. number == 10 ? (byte[])[0, 0] : [0], 0x41, 0, 0x0B];
        WasmFunction function = Function(code, new ExecutionLimits { Fuel = 60_000 }, out WasmStore store);
        Assert.Equal(WasmTrap.None, function.Call([50_000], new ulong[1]));
        Assert.InRange(store.FuelUsed, 50_000, 50_020);
        Assert.Equal(WasmTrap.OutOfFuel, function.Call([65_000], new ulong[1]));
        Assert.Equal(WasmTrap.OutOfBoundsMemoryAccess, function.Call([65_537], new ulong[1]));
        Assert.Equal(WasmTrap.OutOfBoundsMemoryAccess, function.Call([uint.MaxValue], new ulong[1]));
    }

    [Theory]
    [InlineData(0ul, 65_536, true)]
    [InlineData(65_536ul, 0, true)]
    [InlineData(65_535ul, 2, false)]
    [InlineData(65_537ul, 0, false)]
    [InlineData(0xFFFF_FFFFul, 1, false)]
    [InlineData(ulong.MaxValue, 1, false)]
    [InlineData(ulong.MaxValue - 1, 2, false)]
    public void TryReadAndWrite_AnyAddress_IsInMemoryOrRefused(ulong address, int count, bool isInside)
    {
        WasmInstance instance = new WasmStore().Instantiate(WasmModule.Parse(ModuleBytes.WithBody(0, 0x20, 0, 0x0B)));
        Assert.Equal(isInside, instance.TryRead(address, new byte[count]));
        Assert.Equal(isInside, instance.TryWrite(address, new byte[count]));
    }

    [Fact]
    public void Parse_AFrameOfTooManySlots_IsTooLarge()
    {
        // Locals and operands: 65,000 together.
        Assert.Equal(WasmProblem.TooLarge, Assert.Throws<WasmFormatException>(() => WasmModule.Parse(Deep(15_100))).Problem);
        Assert.Equal(WasmTrap.None, Call(Instance(Deep(14_900), new ExecutionLimits()).FindFunction("run")!));

        // 49,999 locals beside the parameter, and so many constants at once.
        static byte[] Deep(int operands) => ModuleBytes.WithBody([1, .. ModuleBytes.Number(49_999), 0x7F, .. Enumerable.Repeat<byte[]>([0x41, 1], operands).SelectMany(b => b), .. Enumerable.Repeat<byte>(0x6A, operands - 1), 0x0B]);
    }

    [Fact]
    public void Call_BranchesThatCostMoreThan32Bits_DoNotGiveFuelBack()
    {
        // 2,300,000 branches that would bring 1,000 values each, one more than there is room for: they have to be moved, which is paid for.
        byte[] types = ModuleBytes.Section(1, [2, 0x60, 0, 1, 0x7F, 0x60, 0, .. ModuleBytes.Repeat(1000, 0x7F)]);
        byte[] values = [.. Enumerable.Repeat<byte[]>([0x41, 1], 1001).SelectMany(bytes => bytes)];
        byte[] branches = [.. Enumerable.Repeat<byte[]>([0x41, 0, 0x0D, 0], 2_300_000).SelectMany(bytes => bytes)];
        byte[] code = [0, 0x02, 1, .. values, .. branches, 0x0C, 0, 0x0B, .. Enumerable.Repeat<byte>(0x1A, 999), 0x0B];
        byte[] module = ModuleBytes.Module(types, ModuleBytes.Section(3, [1, 0]), ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 0]),
            ModuleBytes.Section(10, [1, .. ModuleBytes.Number((uint)code.Length), .. code]));
        WasmInstance instance = new WasmStore().Instantiate(WasmModule.Parse(module));
        Assert.Equal(WasmTrap.OutOfFuel, instance.FindFunction("run")!.Call([], new ulong[1]));
    }

    [Fact]
    public void Call_AGiantBranchTable_Returns()
    {
        byte[] code = [0, 0x02, 0x40, 0x20, 0, 0x0E, .. ModuleBytes.Repeat(65_520, 0), 0, 0x0B, 0x41, 5, 0x0B];
        ulong[] result = new ulong[1];
        WasmFunction function = Function(code, new ExecutionLimits(), out _);
        foreach (ulong index in (ulong[])[0, 65_519, 65_520, uint.MaxValue])
        {
            Assert.Equal((WasmTrap.None, 5ul), (function.Call([index], result), result[0]));
        }
    }

    [Fact]
    public void Parse_ARealModuleCutOrWithABitFlipped_IsReadOrRefused()
    {
        byte[] module = ModuleBytes.WithBody(0, 0x20, 0, 0x03, 0x40, 0x20, 0, 0x0D, 0, 0x0B, 0x04, 0x7F, 0x41, 1, 0x05, 0x20, 0, 0x28, 2, 0, 0x0B, 0x0B);
        for (int length = 0; length < module.Length; length++)
        {
            TryParse(module[..length]);
        }

        for (int bit = 0; bit < module.Length * 8; bit++)
        {
            byte[] flipped = [.. module];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            TryParse(flipped);
        }
    }

    private static void TryParse(byte[] module)
    {
        try
        {
            WasmModule.Parse(module);
        }
        catch (WasmFormatException)
        {
            // Refused, and nothing else.
        }
    }

    // The function of ModuleBytes.WithBody is not exported: the same with an export.
    internal static WasmInstance Instance(byte[] module, ExecutionLimits limits)
    {
        int code = IndexOfCode(module);
        byte[] exports = ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 0]);
        return new WasmStore(limits).Instantiate(WasmModule.Parse([.. module[..code], .. exports, .. module[code..]]));
    }

    private static WasmFunction Function(byte[] localsAndCode, ExecutionLimits limits, out WasmStore store)
    {
        WasmInstance instance = Instance(ModuleBytes.WithBody(localsAndCode), limits);
        store = instance.Store;
        return instance.FindFunction("run")!;
    }

    // Where the section of code begins: sections before it are short.
    private static int IndexOfCode(byte[] module)
    {
        int at = 8;
        while (module[at] != 10)
        {
            at += 2 + module[at + 1];
        }

        return at;
    }

    private static WasmTrap Call(WasmFunction function) => function.Call([1], new ulong[1]);
}
