using System;
using System.Threading;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Execution;

public sealed class PromisesTests
{
    // memory[0] and a global, as they were; then both become the argument.
    private static readonly byte[] _remember = [0, 0x41, 0, 0x28, 2, 0, 0x23, 0, 0x6A, 0x41, 0, 0x20, 0, 0x36, 2, 0, 0x20, 0, 0x24, 0, 0x0B];

    [Fact]
    public void Reset_AfterACall_LeavesNothingOfIt()
    {
        WasmInstance instance = Instance(_remember);
        WasmFunction run = instance.FindFunction("run")!;
        ulong[] result = new ulong[1];
        run.Call([21], result);
        Assert.Equal((WasmTrap.None, 42ul), (run.Call([0], result), result[0]));
        run.Call([21], result);
        instance.Reset();
        Assert.Equal((WasmTrap.None, 0ul), (run.Call([21], result), result[0]));
    }

    [Fact]
    public void Reset_AfterATrapAndGrowth_LeavesNothingOfThem()
    {
        // Grows, writes to the new page, and traps.
        WasmInstance instance = Instance([0, 0x41, 1, 0x40, 0, 0x1A, 0x41, 0x80, 0x80, 4, 0x20, 0, 0x36, 2, 0, 0x00, 0x0B]);
        Assert.Equal(WasmTrap.Unreachable, instance.FindFunction("run")!.Call([99], new ulong[1]));
        byte[] secret = new byte[4];
        Assert.True(instance.TryRead(65_536, secret));
        Assert.Equal(99, secret[0]);
        instance.Reset();
        Assert.Equal(65_536, instance.MemoryBytes);
        Assert.Equal(WasmTrap.Unreachable, instance.FindFunction("run")!.Call([0], new ulong[1]));
        Assert.True(instance.TryRead(65_536, secret));
        Assert.Equal(0, secret[0]);
    }

    [Fact]
    public void Call_TheSameAThousandTimes_GivesTheSameForTheSameFuel()
    {
        WasmInstance instance = Instance(_remember);
        ulong[] result = new ulong[1];
        instance.FindFunction("run")!.Call([5], result);
        (ulong first, long fuel) = (result[0], instance.Store.FuelUsed);
        for (int i = 0; i < 1000; i++)
        {
            instance.Reset();
            instance.FindFunction("run")!.Call([5], result);
            Assert.Equal((first, fuel), (result[0], instance.Store.FuelUsed));
        }
    }

    [Fact]
    public void Call_WhatIsNotANumber_HasOneFormOutside()
    {
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [2, 0x60, 1, 0x7F, 1, 0x7D, 0x60, 1, 0x7E, 1, 0x7C]), ModuleBytes.Section(3, [2, 0, 1]),
            ModuleBytes.Section(7, [2, .. ModuleBytes.Name("f"), 0, 0, .. ModuleBytes.Name("d"), 0, 1]), ModuleBytes.Section(10, [2, 5, 0, 0x20, 0, 0xBE, 0x0B, 5, 0, 0x20, 0, 0xBF, 0x0B]));
        WasmInstance instance = new WasmStore().Instantiate(WasmModule.Parse(module));
        ulong[] result = new ulong[1];
        instance.FindFunction("f")!.Call([0xFFA0_1234], result);
        Assert.Equal(0x7FC0_0000ul, result[0]);
        instance.FindFunction("d")!.Call([0xFFF0_0000_0000_0001], result);
        Assert.Equal(0x7FF8_0000_0000_0000ul, result[0]);
        instance.FindFunction("f")!.Call([0x3F80_0000], result);
        Assert.Equal(0x3F80_0000ul, result[0]);
    }

    [Fact]
    public void Call_WithAHostFunction_PassesValuesAndComesBack()
    {
        var seen = 0ul;
        WasmInstance instance = WithImport((caller, arguments, results) =>
        {
            seen = (uint)arguments[0];
            results[0] = seen * 2;
            return WasmTrap.None;
        });
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 43ul), (instance.FindFunction("run")!.Call([21], result), result[0]));
        Assert.Equal(21ul, seen);
    }

    [Fact]
    public void Call_AHostFunctionThatCallsBack_IsNestedUpToALimit()
    {
        int calls = 0;
        WasmInstance instance = WithImport((caller, arguments, results) =>
        {
            calls++;
            return arguments[0] == 0 ? WasmTrap.None : caller!.FindFunction("run")!.Call([arguments[0] - 1], results);
        });
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 6ul), (instance.FindFunction("run")!.Call([5], result), result[0]));
        Assert.Equal(6, calls);
        Assert.Equal(WasmTrap.CallStackExhausted, instance.FindFunction("run")!.Call([1000], result));
        Assert.Equal((WasmTrap.None, 1ul), (instance.FindFunction("run")!.Call([0], result), result[0]));
    }

    [Fact]
    public void Call_AHostFunctionThatTrapsOrThrows_EndsTheCallAndNothingElse()
    {
        bool throws = false;
        WasmInstance instance = WithImport((_, arguments, _) => throws ? throw new InvalidCastException("of the host") : arguments[0] == 1 ? WasmTrap.Cancelled : WasmTrap.None);
        ulong[] result = new ulong[1];
        WasmFunction run = instance.FindFunction("run")!;
        Assert.Equal(WasmTrap.Cancelled, run.Call([1], result));
        throws = true;
        Assert.Throws<InvalidCastException>(() => run.Call([0], result));
        throws = false;
        Assert.Equal((WasmTrap.None, 1ul), (run.Call([0], result), result[0]));
    }

    [Fact]
    public void Call_FromASecondThreadMeanwhile_IsRefused()
    {
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        WasmInstance instance = WithImport((_, _, _) =>
        {
            inside.Set();
            go.Wait();
            return WasmTrap.None;
        });
        WasmFunction run = instance.FindFunction("run")!;
        var thread = new Thread(() => run.Call([0], new ulong[1]));
        thread.Start();
        inside.Wait();
        Assert.Throws<InvalidOperationException>(() => run.Call([0], new ulong[1]));
        Assert.Throws<InvalidOperationException>(instance.Reset);
        go.Set();
        thread.Join();
        Assert.Equal(WasmTrap.None, run.Call([0], new ulong[1]));
    }

    [Fact]
    public void Call_WithAReferenceToAFunction_TakesNullOnly()
    {
        byte[] module = ModuleBytes.Module(
            ModuleBytes.Section(1, [1, 0x60, 1, 0x70, 1, 0x7F]), ModuleBytes.Section(3, [1, 0]), ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 0]), ModuleBytes.Section(10, [1, 5, 0, 0x20, 0, 0xD1, 0x0B]));
        WasmFunction run = new WasmStore().Instantiate(WasmModule.Parse(module)).FindFunction("run")!;
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 1ul), (run.Call([0], result), result[0]));
        Assert.Throws<ArgumentException>(() => run.Call([0x1000], result));
    }

    [Fact]
    public void NameOf_EveryTrap_IsAName()
    {
        Assert.All(Enum.GetValues<WasmTrap>(), trap => Assert.Equal(trap.ToString(), WasmTraps.NameOf(trap).Replace(" ", "", StringComparison.Ordinal), ignoreCase: true));
        Assert.Equal("unknown", WasmTraps.NameOf((WasmTrap)99));
    }

    [Fact]
    public void Call_WithTheWrongNumberOfValues_IsAMistakeOfTheCaller()
    {
        WasmFunction run = Instance(_remember).FindFunction("run")!;
        Assert.Throws<ArgumentException>(() => run.Call([], new ulong[1]));
        Assert.Throws<ArgumentException>(() => run.Call([1], new ulong[2]));
        Assert.Equal([WasmType.I32], run.Parameters.ToArray());
        Assert.Null(Instance(_remember).FindFunction("Run"));
    }

    [Fact]
    public void Instantiate_ImportsByExactNameAndType_AndOfOneStore()
    {
        var imports = new WasmImports().Add("env", "Double", [WasmType.I32], [WasmType.I32], static (_, _, _) => WasmTrap.None);
        Assert.Contains("unknown import: env.double", Assert.Throws<WasmLinkException>(() => new WasmStore().Instantiate(Importer(), imports)).Message, StringComparison.Ordinal);
        imports = new WasmImports().Add("env", "double", [WasmType.I64], [WasmType.I32], static (_, _, _) => WasmTrap.None);
        Assert.Contains("incompatible import type", Assert.Throws<WasmLinkException>(() => new WasmStore().Instantiate(Importer(), imports)).Message, StringComparison.Ordinal);
        WasmInstance elsewhere = WithImport(static (_, _, _) => WasmTrap.None);
        Assert.Contains("another store", Assert.Throws<WasmLinkException>(() => new WasmStore().Instantiate(Importer("run"), new WasmImports().Add("env", elsewhere))).Message, StringComparison.Ordinal);
    }

    private static WasmInstance Instance(byte[] localsAndCode) => HostileTests.Instance(ModuleBytes.WithBody(localsAndCode), new ExecutionLimits());

    // run(x) = double(x) + 1
    private static WasmModule Importer(string name = "double") => WasmModule.Parse(ModuleBytes.Module(
        ModuleBytes.Section(1, [1, 0x60, 1, 0x7F, 1, 0x7F]),
        ModuleBytes.Section(2, [1, .. ModuleBytes.Name("env"), .. ModuleBytes.Name(name), 0, 0]),
        ModuleBytes.Section(3, [1, 0]),
        ModuleBytes.Section(7, [1, .. ModuleBytes.Name("run"), 0, 1]),
        ModuleBytes.Section(10, [1, 9, 0, 0x20, 0, 0x10, 0, 0x41, 1, 0x6A, 0x0B])));

    private static WasmInstance WithImport(HostFunction function) =>
        new WasmStore().Instantiate(Importer(), new WasmImports().Add("env", "double", [WasmType.I32], [WasmType.I32], function));
}
