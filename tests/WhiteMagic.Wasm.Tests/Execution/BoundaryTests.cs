using System;
using System.Linq;
using System.Threading;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Execution;

/// <summary>What goes over the boundary between a module and its host, besides what PromisesTests has.</summary>
public sealed class BoundaryTests
{
    private static readonly WasmType[] _fourTypes = [WasmType.I32, WasmType.I64, WasmType.F32, WasmType.F64];

    [Fact]
    public void TryReadGlobal_OfAnyType_GivesWhatAResultWouldBe()
    {
        // An i32 cut from an i64, and numbers that are none.
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [1, 0x60, 1, 0x7E, 0]),
            ModuleBytes.Section(3, [1, 0]),
            ModuleBytes.Section(6, [3, 0x7F, 1, 0x41, 0, 0x0B, 0x7D, 1, 0x43, 0, 0, 0, 0, 0x0B, 0x7C, 1, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0B]),
            ModuleBytes.Section(7, [4, .. ModuleBytes.Name("run"), 0, 0, .. ModuleBytes.Name("i"), 3, 0, .. ModuleBytes.Name("f"), 3, 1, .. ModuleBytes.Name("d"), 3, 2]),
            ModuleBytes.Section(10, [1, 18, 0, 0x20, 0, 0xA7, 0x24, 0, 0x20, 0, 0xA7, 0xBE, 0x24, 1, 0x20, 0, 0xBF, 0x24, 2, 0x0B]));
        WasmInstance instance = new WasmStore().Instantiate(WasmModule.Parse(module));
        Assert.Equal(WasmTrap.None, instance.FindFunction("run")!.Call([0xFFF0_0001_FFA0_1234], []));
        Assert.Equal([0xFFA0_1234, 0x7FC0_0000, 0x7FF8_0000_0000_0000], ((string[])["i", "f", "d"]).Select(name => instance.TryReadGlobal(name, out ulong value) ? value : 0));
        Assert.False(instance.TryReadGlobal("run", out _));
    }

    [Fact]
    public void Call_AHostFunction_GetsArgumentsInOneForm()
    {
        ulong[] seen = [];
        WasmImports imports = new WasmImports().Add("env", "see", _fourTypes, [], (_, arguments, _) =>
        {
            seen = arguments.ToArray();
            return WasmTrap.None;
        });
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [2, 0x60, 4, 0x7F, 0x7E, 0x7D, 0x7C, 0, 0x60, 1, 0x7E, 0]),
            ModuleBytes.Section(2, [1, .. ModuleBytes.Name("env"), .. ModuleBytes.Name("see"), 0, 0]),
            ModuleBytes.Section(3, [1, 1]),
            ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 1]),
            ModuleBytes.Section(10, [1, 16, 0, 0x20, 0, 0xA7, 0x20, 0, 0x20, 0, 0xA7, 0xBE, 0x20, 0, 0xBF, 0x10, 0, 0x0B]));
        WasmFunction run = new WasmStore().Instantiate(WasmModule.Parse(module), imports).FindFunction("run")!;
        Assert.Equal(WasmTrap.None, run.Call([0xFFF0_0001_FFA0_1234], []));
        Assert.Equal([0xFFA0_1234, 0xFFF0_0001_FFA0_1234, 0x7FC0_0000, 0x7FF8_0000_0000_0000], seen);
    }

    [Fact]
    public void FuelUsed_BeforeAnyCall_IsNone() => Assert.Equal(0, new WasmStore().FuelUsed);

    [Fact]
    public void Call_ThatTraps_GivesZeroes()
    {
        WasmInstance instance = HostileTests.Instance(ModuleBytes.WithBody(0, 0x20, 0, 0x00, 0x0B), new ExecutionLimits { StackSlots = 10 });
        ulong[] result = [99];
        Assert.Equal((WasmTrap.Unreachable, 0ul), (instance.FindFunction("run")!.Call([12_345], result), result[0]));
    }

    [Fact]
    public void Call_WithNoEndToItsTime_RunsUntilItsFuelIsUsed()
    {
        var limits = new ExecutionLimits { Fuel = 1_000_000, Deadline = TimeSpan.MaxValue };
        WasmInstance instance = HostileTests.Instance(ModuleBytes.WithBody(0, 0x03, 0x40, 0x0C, 0, 0x0B, 0x41, 0, 0x0B), limits);
        Assert.Equal(WasmTrap.OutOfFuel, instance.FindFunction("run")!.Call([0], new ulong[1]));
    }

    [Fact]
    public void Instantiate_FromASecondThreadMeanwhile_IsRefused()
    {
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var store = new WasmStore();
        WasmImports imports = new WasmImports().Add("env", "wait", [], [], (_, _, _) =>
        {
            inside.Set();
            go.Wait();
            return WasmTrap.None;
        });
        var thread = new Thread(() => store.Instantiate(WithStart("wait"), imports));
        thread.Start();
        inside.Wait();
        WasmModule other = WasmModule.Parse(ModuleBytes.Module());
        Assert.Throws<InvalidOperationException>(() => store.Instantiate(other));
        go.Set();
        thread.Join();
        store.Instantiate(other);
    }

    [Fact]
    public void Reset_DuringTheStartFunction_IsRefused()
    {
        WasmImports imports = new WasmImports().Add("env", "reset", [], [], (caller, _, _) =>
        {
            caller!.Reset();
            return WasmTrap.None;
        });
        var store = new WasmStore();
        Assert.Throws<InvalidOperationException>(() => store.Instantiate(WithStart("reset"), imports));
        store.Instantiate(WasmModule.Parse(ModuleBytes.Module()));
    }

    [Fact]
    public void Parse_MoreLocalsThanAFrameHas_IsTooLargeWhateverTheLimit()
    {
        var limits = new ModuleLimits { Locals = 100_000 };
        byte[] module = ModuleBytes.WithBody([1, .. ModuleBytes.Number(65_000), 0x7F, 0x00, 0x0B]);
        WasmFormatException e = Assert.Throws<WasmFormatException>(() => WasmModule.Parse(module, limits));
        Assert.Equal((WasmProblem.TooLarge, "65005 slots of a frame, where 65000 are allowed"), (e.Problem, e.Reason));
    }

    // A module whose start function is one of the host's.
    private static WasmModule WithStart(string import) => WasmModule.Parse(ModuleBytes.Module(
        ModuleBytes.Section(1, [1, 0x60, 0, 0]),
        ModuleBytes.Section(2, [1, .. ModuleBytes.Name("env"), .. ModuleBytes.Name(import), 0, 0]),
        ModuleBytes.Section(3, [1, 0]),
        ModuleBytes.Section(8, [1]),
        ModuleBytes.Section(10, [1, 4, 0, 0x10, 0, 0x0B])));
}
