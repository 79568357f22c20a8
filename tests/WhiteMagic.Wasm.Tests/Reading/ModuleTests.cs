using System;
using System.Linq;
using WhiteMagic.Wasm.Model;
using static WhiteMagic.Wasm.Tests.Support.ModuleBytes;

namespace WhiteMagic.Wasm.Tests.Reading;

public sealed class ModuleTests
{
    private const byte End = 0x0B;

    [Fact]
    public void Parse_ModuleOfEverySection_KeepsWhatItSays()
    {
        WasmModule module = WasmModule.Parse(Module(
            Section(0, [.. Name("note"), 1, 2, 3]),
            Section(1, [2, 0x60, 0, 0, 0x60, 2, 0x7E, 0x7D, 1, 0x7C]),
            Section(2, [2, .. Name("host"), .. Name("log"), 0, 0, .. Name("host"), .. Name("limit"), 3, 0x7F, 0]),
            Section(3, [1, 1]),
            Section(4, [1, 0x6F, 1, 2, 9]),
            Section(5, [1, 0, 3]),
            Section(6, [1, 0x7E, 1, 0x42, 0x7F, End]),
            Section(7, [1, .. Name("run"), 0, 1]),
            Section(8, [0]),
            Section(9, [1, 1, 0, 1, 1]),
            Section(12, [2]),
            Section(10, [1, 11, 0, 0x44, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, End]),
            Section(11, [2, 1, 2, 7, 8, 0, 0x23, 0, End, 1, 9])));

        Assert.True(module.Types[0].IsEmpty);
        Assert.Equal([WasmType.I64, WasmType.F32], module.Types[1].Parameters);
        Assert.Equal([WasmType.F64], module.Types[1].Results);
        Assert.Equal([("host", "log", ExternKind.Function, 0), ("host", "limit", ExternKind.Global, 0)], module.Imports.Select(i => (i.Module, i.Name, i.Kind, i.Index)));
        Assert.Equal([0, 1], module.Functions);
        Assert.Equal(new TableType(WasmType.ExternReference, new Extent(2, 9)), Assert.Single(module.Tables));
        Assert.Equal(new Extent(3, null), Assert.Single(module.Memories));
        Assert.Equal([new GlobalType(WasmType.I32, false), new GlobalType(WasmType.I64, true)], module.GlobalTypes);
        Assert.Equal(new Constant(Opcode.I64Constant, ulong.MaxValue), Assert.Single(module.GlobalValues));
        Assert.Equal([("run", ExternKind.Function, 1)], module.Exports.Select(e => (e.Name, e.Kind, e.Index)));
        Assert.Equal(0, module.Start);
        ElementSegment elements = Assert.Single(module.Elements);
        Assert.Equal((SegmentMode.Passive, WasmType.FunctionReference), (elements.Mode, elements.Type));
        Assert.Equal(new Constant(Opcode.ReferenceFunction, 1), Assert.Single(elements.Items));
        Assert.Equal((SegmentMode.Passive, "\u0007\u0008"), (module.Data[0].Mode, Text(module, module.Data[0])));
        Assert.Equal((SegmentMode.Active, new Constant(Opcode.GlobalGet, 0), "\t"), (module.Data[1].Mode, module.Data[1].Offset, Text(module, module.Data[1])));
        CodeRange body = Assert.Single(module.Bodies);
        Assert.Equal(11, body.End - body.Start);
        Assert.Equal(End, module.Bytes[body.End - 1]);
    }

    [Fact]
    public void Parse_BytesThatChangeAfterwards_KeepsItsOwn()
    {
        byte[] bytes = WithBody(0, 0x20, 0, End);
        var module = WasmModule.Parse(bytes);
        Array.Clear(bytes);
        Assert.Equal(Head, module.Bytes.Take(Head.Length));
    }

    [Fact]
    public void Parse_EveryPrefixOfAModule_IsRefusedInsideIt()
    {
        byte[] whole = WithBody(0, 0x20, 0, End);
        WasmModule.Parse(whole);
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            // After a whole section there is a module again, unless its functions have no bodies yet.
            try
            {
                WasmModule.Parse(whole.AsSpan(0, length));
                Assert.True(length is 8 or 19, $"the first {length} bytes were accepted");
            }
            catch (WasmFormatException e)
            {
                Assert.Equal(WasmProblem.Malformed, e.Problem);
                Assert.InRange(e.Offset, 0, length);
                refused++;
            }
        }

        Assert.Equal(whole.Length - 2, refused);
    }

    private static string Text(WasmModule module, DataSegment data) => System.Text.Encoding.Latin1.GetString(module.Bytes, data.Start, data.Length);
}
