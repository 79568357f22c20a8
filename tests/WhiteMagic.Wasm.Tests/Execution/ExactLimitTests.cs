using System;
using System.Linq;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Execution;

/// <summary>The default limits, each at the limit and one past it.</summary>
public sealed class ExactLimitTests
{
    // The parameter, four slots for constants, and one operand.
    private const int SlotsOfOneCall = 6;

    [Fact]
    public void Call_ABranchTableOfAllTargets_ReturnsAndOneMoreIsTooLarge()
    {
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 5ul), (Run(Table(65_520), new ExecutionLimits(), result), result[0]));
        Assert.Equal("65521 targets, where 65520 are allowed", Refusal(ModuleBytes.WithBody(Table(65_521))));

        static byte[] Table(int targets) => [0, 0x02, 0x40, 0x20, 0, 0x0E, .. ModuleBytes.Repeat(targets, 0), 0, 0x0B, 0x41, 5, 0x0B];
    }

    [Fact]
    public void Call_AFunctionOfAllLocals_ReturnsAndOneMoreIsTooLarge()
    {
        // The last local, which is zero; the argument is the first.
        ulong[] result = [99];
        Assert.Equal((WasmTrap.None, 0ul), (Run(Locals(49_999), new ExecutionLimits(), result), result[0]));
        Assert.Equal("50001 locals, where 50000 are allowed", Refusal(ModuleBytes.WithBody(Locals(50_000))));

        static byte[] Locals(uint count) => [1, .. ModuleBytes.Number(count), 0x7F, 0x20, .. ModuleBytes.Number(count), 0x0B];
    }

    [Fact]
    public void Call_AFrameOfAllSlots_ReturnsAndOneMoreIsTooLarge()
    {
        // 50,000 locals, four slots for constants, and operands.
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 14_996ul), (Run(Ones(14_996), new ExecutionLimits(), result), result[0]));
        Assert.Equal("65001 slots of a frame, where 65000 are allowed", Refusal(ModuleBytes.WithBody(Ones(14_997))));

        static byte[] Ones(int count) =>
            [1, .. ModuleBytes.Number(49_999), 0x7F, .. Enumerable.Repeat<byte[]>([0x41, 1], count).SelectMany(bytes => bytes), .. Enumerable.Repeat<byte>(0x6A, count - 1), 0x0B];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Call_WithAllTheSlotsItNeeds_ReturnsAndWithOneLessDoesNot(int depth)
    {
        // f(n) = n == 0 ? 0 : f(n - 1). A callee begins at the caller's operands.
        byte[] code = [0, 0x20, 0, 0x45, 0x04, 0x7F, 0x41, 0, 0x05, 0x20, 0, 0x41, 1, 0x6B, 0x10, 0, 0x0B, 0x0B];
        int frame = Enumerable.Range(1, 20).First(slots => Ends(0, slots) == WasmTrap.None);
        int step = Enumerable.Range(1, 20).First(slots => Ends(1, frame + slots) == WasmTrap.None);
        Assert.InRange(step, SlotsOfOneCall - 1, SlotsOfOneCall + 1);
        Assert.Equal(WasmTrap.None, Ends(depth, frame + (depth * step)));
        Assert.Equal(WasmTrap.CallStackExhausted, Ends(depth, frame + (depth * step) - 1));

        WasmTrap Ends(int argument, int slots) =>
            HostileTests.Instance(ModuleBytes.WithBody(code), new ExecutionLimits { StackSlots = slots }).FindFunction("run")!.Call([(ulong)argument], new ulong[1]);
    }

    [Fact]
    public void Call_OfAHostFunction_NeedsSlotsForItsArgumentsAndResults()
    {
        WasmImports imports = new WasmImports().Add("env", "f", [WasmType.I32, WasmType.I32], [WasmType.I32, WasmType.I32, WasmType.I32], static (_, _, _) => WasmTrap.None);
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [1, 0x60, 2, 0x7F, 0x7F, 3, 0x7F, 0x7F, 0x7F]),
            ModuleBytes.Section(2, [1, .. ModuleBytes.Name("env"), .. ModuleBytes.Name("f"), 0, 0]),
            ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 0]));
        Assert.Equal(WasmTrap.None, Ends(5));
        Assert.Equal(WasmTrap.CallStackExhausted, Ends(4));

        WasmTrap Ends(int slots) => new WasmStore(new ExecutionLimits { StackSlots = slots }).Instantiate(WasmModule.Parse(module), imports).FindFunction("run")!.Call([1, 2], new ulong[3]);
    }

    [Theory]
    [InlineData(5, 256)]
    [InlineData(4, 100_000)]
    public void Instantiate_AtTheHostsLimit_WorksAndOneMoreIsRefused(byte section, int most)
    {
        byte[] type = section == 4 ? [0x70] : [];
        new WasmStore().Instantiate(Declaring((uint)most));
        Assert.Throws<WasmLinkException>(() => new WasmStore().Instantiate(Declaring((uint)most + 1)));

        WasmModule Declaring(uint count) => WasmModule.Parse(ModuleBytes.Module(ModuleBytes.Section(section, [1, .. type, 0, .. ModuleBytes.Number(count)])));
    }

    [Fact]
    public void Parse_RandomModulesCutOrWithABitFlipped_AreReadOrRefused()
    {
        bool isFull = Environment.GetEnvironmentVariable("WM_FULL") == "1";
        var random = new RandomModule(new Random(1));
        byte[] module = Enumerable.Range(0, isFull ? 2 : 50).Select(_ => random.Next()).MinBy(each => each.Length)!;
        WasmModule.Parse(module);
        int read = 0;
        for (int i = 0; i < module.Length * 9; i++)
        {
            // Every length, then every bit.
            byte[] damaged = i < module.Length ? module[..i] : [.. module];
            if (i >= module.Length)
            {
                damaged[(i / 8) % module.Length] ^= (byte)(1 << (i % 8));
            }

            try
            {
                WasmModule.Parse(damaged);
                read++;
            }
            catch (WasmFormatException e)
            {
                Assert.InRange(e.Offset, 0, damaged.Length);
            }
        }

        Assert.InRange(read, module.Length, module.Length * 8);
    }

    private static WasmTrap Run(byte[] localsAndCode, ExecutionLimits limits, ulong[] result) => HostileTests.Instance(ModuleBytes.WithBody(localsAndCode), limits).FindFunction("run")!.Call([1], result);

    private static string Refusal(byte[] module)
    {
        WasmFormatException e = Assert.Throws<WasmFormatException>(() => WasmModule.Parse(module));
        Assert.Equal(WasmProblem.TooLarge, e.Problem);
        return e.Reason;
    }
}
