using System;
using System.Linq;
using static WhiteMagic.Wasm.Tests.Support.ModuleBytes;

namespace WhiteMagic.Wasm.Tests.Reading;

public sealed class LimitTests
{
    private const byte End = 0x0B;

    private static readonly byte[] _emptyType = [0x60, 0, 0];

    private static readonly byte[] _global = [0x7F, 0, 0x41, 0, End];

    // What of a module is limited, so much of it, the limit set to a number, and what the refusal calls it.
    public static TheoryData<string, Func<int, byte[]>, Func<int, ModuleLimits>> Limits { get; } = new()
    {
        { "types", count => Module(Section(1, Repeat(count, _emptyType))), most => new() { Types = most } },
        { "functions", Functions, most => new() { Functions = most } },
        { "functions", count => Module(Section(1, Repeat(1, _emptyType)), Section(2, Repeat(count, 0, 0, 0, 0))), most => new() { Functions = most } },
        { "imports", count => Module(Section(2, Repeat(count, 0, 0, 3, 0x7F, 0))), most => new() { Externs = most } },
        { "exports", Exports, most => new() { Externs = most } },
        { "tables", count => Module(Section(4, Repeat(count, 0x70, 0, 0))), most => new() { Tables = most } },
        { "tables", count => Module(Section(2, Repeat(count, 0, 0, 1, 0x70, 0, 0))), most => new() { Tables = most } },
        { "globals", count => Module(Section(6, Repeat(count, _global))), most => new() { Globals = most } },
        { "globals", count => Module(Section(2, Repeat(count, 0, 0, 3, 0x7F, 0))), most => new() { Globals = most } },
        { "segments of elements", count => Module(Section(9, Repeat(count, 1, 0, 0))), most => new() { Segments = most } },
        { "segments of data", count => Module(Section(11, Repeat(count, 1, 0))), most => new() { Segments = most } },
        { "parameters or results", count => Module(Section(1, [1, 0x60, .. Repeat(count, 0x7F), 0])), most => new() { Parameters = most } },
        { "parameters or results", count => Module(Section(1, [1, 0x60, 0, .. Repeat(count, 0x7F)])), most => new() { Parameters = most } },
        { "locals", count => WithBody([2, .. Number((uint)count - 3), 0x7E, 2, 0x7F, 0x20, 0, End]), most => new() { Locals = most } },
        { "blocks in one another", Blocks, most => new() { Nesting = most } },
        { "targets", count => WithBody([0, 0x20, 0, 0x20, 0, 0x0E, .. Repeat(count, 0), 0, End]), most => new() { BranchTargets = most } },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Parse_AtALimit_IsReadAndOnePastItIsRefusedByName(string what, Func<int, byte[]> module, Func<int, ModuleLimits> limits)
    {
        WasmModule.Parse(module(5), limits(5));
        WasmFormatException e = Assert.Throws<WasmFormatException>(() => WasmModule.Parse(module(6), limits(5)));
        Assert.Equal((WasmProblem.TooLarge, $"6 {what}, where 5 are allowed"), (e.Problem, e.Reason));
    }

    [Fact]
    public void Parse_ModuleOfTooManyBytes_IsRefusedBeforeItIsRead()
    {
        byte[] module = Module(Section(0, Name("filled")));
        WasmModule.Parse(module, new ModuleLimits { ModuleBytes = module.Length });
        WasmFormatException e = Assert.Throws<WasmFormatException>(() => WasmModule.Parse(module, new ModuleLimits { ModuleBytes = module.Length - 1 }));
        Assert.Equal((WasmProblem.TooLarge, $"{module.Length} bytes, where {module.Length - 1} are allowed"), (e.Problem, e.Reason));
    }

    [Fact]
    public void Parse_FourBillionLocals_AreRefusedWithoutMemoryForThem()
    {
        byte[] module = WithBody([1, .. Number(uint.MaxValue), 0x7F, 0x20, 0, End]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        WasmFormatException e = Assert.Throws<WasmFormatException>(() => WasmModule.Parse(module));
        Assert.Equal((WasmProblem.TooLarge, "4294967296 locals, where 50000 are allowed"), (e.Problem, e.Reason));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Parse_BlocksToTheLimit_AreRead() => WasmModule.Parse(Blocks(ModuleLimits.Default.Nesting));

    private static byte[] Functions(int count) => Module(
        Section(1, Repeat(1, _emptyType)),
        Section(3, Repeat(count, 0)),
        Section(10, Repeat(count, 2, 0, End)));

    private static byte[] Exports(int count) =>
        Module(Section(5, 1, 0, 1), Section(7, [(byte)count, .. Enumerable.Range(0, count).SelectMany(i => new byte[] { 1, (byte)(i + 'a'), 2, 0 })]));

    private static byte[] Blocks(int count) =>
        WithBody([0, .. Enumerable.Repeat<byte[]>([0x02, 0x40], count).SelectMany(open => open), .. Enumerable.Repeat(End, count), 0x20, 0, End]);
}
