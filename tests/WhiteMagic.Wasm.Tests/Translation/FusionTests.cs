using WhiteMagic.Wasm.Tests.Execution;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Translation;

/// <summary>Pairs of instructions that become one, where another value comes between them.</summary>
public sealed class FusionTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(40_000)]
    public void Store_OfAConstantAtAConstantPlusWhatWasComputed_KeepsTheAddress(int summand)
    {
        // memory[summand + 4 * x] = 7, then memory[summand + 4 * x].
        byte[] address = [0x41, .. Signed(summand), 0x20, 0, 0x41, 4, 0x6C, 0x6A];
        byte[] code = [0, .. address, 0x41, 7, 0x36, 2, 0, .. address, 0x28, 2, 0, 0x0B];
        WasmInstance instance = HostileTests.Instance(ModuleBytes.WithBody(code), new ExecutionLimits());
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, 7ul), (instance.FindFunction("run")!.Call([5], result), result[0]));
        byte[] stored = new byte[1];
        Assert.True(instance.TryRead((ulong)summand + 20, stored));
        Assert.Equal(7, stored[0]);
    }

    private static byte[] Signed(int value) => [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)(value >> 14)];
}
