using System;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Differential;

/// <summary>The harness is believed only because it finds what is wrong.</summary>
[Collection(KernelModules.Name)]
public sealed class TapeTests
{
    private const string Module = "whitemagic_core";

    [Fact]
    public void Replay_WrongResult_FailsNamingCallExportArgumentsAndValues()
    {
        TapeFile tape = Begin();
        tape.AddCall("sha256", [new Ptr(0, 0), 3, new Ptr(0, 0)], 0);
        tape.AddCall("sha256", [new Ptr(0, 4), -7, new Ptr(0, 0)], 0);
        Script run = Replay.Run(Module, tape);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("whitemagic_core.wasm: call 2: sha256(block 0 + 4, -7, block 0 + 0): expected 0, got -1", run.Output, StringComparison.Ordinal);
        Assert.Contains("whitemagic_core.simd.wasm: call 2: sha256(", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_WrongByte_FailsNamingThePlace()
    {
        TapeFile tape = Begin();
        tape.AddWrite(new Ptr(0, 8), [1, 2, 3]);
        tape.AddRead(new Ptr(0, 8), [1, 2, 4]);
        Script run = Replay.Run(Module, tape);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("read at block 0 + 8 after call 0: byte 2 of 3: expected 04, got 03", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_UnknownExport_Fails()
    {
        TapeFile tape = Begin();
        tape.AddCall("no_such_export", [], 0);
        Script run = Replay.Run(Module, tape);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("call 1: no_such_export is not exported", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_TornTape_Fails()
    {
        TapeFile tape = Begin();
        tape.AddCall("sha256", [new Ptr(0, 0), 3], null);
        Assert.NotEqual(0, Replay.Run(Module, tape).ExitCode);
    }

    [Fact]
    public void Call_OnAnOlderTape_Throws()
    {
        var first = new Tape(Module);
        _ = new Tape(Module);
        Assert.Throws<InvalidOperationException>(() => first.Call("wm_abi_version"));
    }

    [Fact]
    public void Write_BehindABlock_Throws()
    {
        var tape = new Tape(Module);
        Ptr block = tape.Alloc(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Write(block + 1, new byte[8]));
    }

    private static TapeFile Begin()
    {
        TapeFile tape = new();
        tape.AddReset();
        tape.AddAllocate(64);
        return tape;
    }
}
