using WhiteMagic.Wasm.Tests.Execution;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Translation;

/// <summary>Tables of branches that bring a value over others that go.</summary>
public sealed class BranchTableTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 20)]
    public void Call_TwoTablesToOneBlock_EachBringItsOwnValue(ulong argument, ulong expected)
    {
        // The first brings 10 over one value, the second 20 over two.
        byte[] code = [0, 0x02, 0x7F, 0x02, 0x40, 0x20, 0, 0x0D, 0, 0x41, 9, 0x41, 10, 0x41, 0, 0x0E, 1, 1, 1, 0x0B, 0x41, 7, 0x41, 8, 0x41, 20, 0x41, 0, 0x0E, 1, 0, 0, 0x0B, 0x0B];
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, expected), (HostileTests.Instance(ModuleBytes.WithBody(code), new ExecutionLimits()).FindFunction("run")!.Call([argument], result), result[0]));
    }

    [Theory]
    [InlineData(0, 105)]
    [InlineData(1, 5)]
    [InlineData(2, 105)]
    [InlineData(3, 5)]
    [InlineData(99, 105)]
    public void Call_ATableOfSharedTargets_GoesToEach(ulong argument, ulong expected)
    {
        // 5 over another value, to the inner block, where 100 is added, or the outer one.
        byte[] code = [0, 0x02, 0x7F, 0x02, 0x7F, 0x41, 9, 0x41, 5, 0x20, 0, 0x0E, 4, 0, 1, 0, 1, 0, 0x0B, 0x41, 0xE4, 0, 0x6A, 0x0B, 0x0B];
        ulong[] result = new ulong[1];
        Assert.Equal((WasmTrap.None, expected), (HostileTests.Instance(ModuleBytes.WithBody(code), new ExecutionLimits()).FindFunction("run")!.Call([argument], result), result[0]));
    }
}
