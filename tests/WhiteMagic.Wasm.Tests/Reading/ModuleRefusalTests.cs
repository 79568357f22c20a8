using System;
using static WhiteMagic.Wasm.Tests.Support.ModuleBytes;

namespace WhiteMagic.Wasm.Tests.Reading;

public sealed class ModuleRefusalTests
{
    public static TheoryData<string, byte[], WasmProblem, string> Modules { get; } = new()
    {
        { "nothing", [], WasmProblem.Malformed, "unexpected end" },
        { "another kind of file", [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 0, 0, 0], WasmProblem.Malformed, "magic header not detected" },
        { "a component", [0, .. "asm"u8, 13, 0, 1, 0], WasmProblem.Malformed, "unknown binary version" },
        { "an unknown section", Module(Section(14)), WasmProblem.Malformed, "malformed section id" },
        { "sections in another order", Module(Section(3, 0), Section(1, 0)), WasmProblem.Malformed, "unexpected content after last section" },
        { "a section twice", Module(Section(1, 0), Section(1, 0)), WasmProblem.Malformed, "unexpected content after last section" },
        { "the count of data after the code", Module(Section(10, 0), Section(12, 0)), WasmProblem.Malformed, "unexpected content after last section" },
        { "a section longer than the file", [.. Head, 1, 100, 0], WasmProblem.Malformed, "length out of bounds" },
        { "a section with something left", Module(Section(1, 0, 0)), WasmProblem.Malformed, "section size mismatch" },
        { "a custom section without a name", Module(Section(0)), WasmProblem.Malformed, "unexpected end" },
        { "a name that is not UTF-8", Module(Section(0, 1, 0xFF)), WasmProblem.Malformed, "malformed UTF-8 encoding" },
        { "a billion types in five bytes", Module(Section(1, 0xFF, 0xFF, 0xFF, 0xFF, 3)), WasmProblem.Malformed, "unexpected end" },
        { "a number of six bytes", Module(Section(1, 0x80, 0x80, 0x80, 0x80, 0x80, 0)), WasmProblem.Malformed, "integer representation too long" },
        { "a number above 32 bits", Module(Section(1, 0x80, 0x80, 0x80, 0x80, 0x10)), WasmProblem.Malformed, "integer too large" },
        { "a vector type", Module(Section(1, 1, 0x60, 1, 0x7B, 0)), WasmProblem.Malformed, "malformed value type: SIMD is not supported" },
        { "a structure type", Module(Section(1, 1, 0x5F, 0)), WasmProblem.Malformed, "malformed function type" },
        { "a function of no type", Module(Section(3, 1, 0)), WasmProblem.Invalid, "unknown type 0" },
        { "a function without a body", Module(Section(1, 1, 0x60, 0, 0), Section(3, 1, 0)), WasmProblem.Malformed, "function and code section have inconsistent lengths" },
        { "an import of an unknown kind", Module(Section(2, 1, 0, 0, 4, 0)), WasmProblem.Malformed, "malformed import kind" },
        { "an export of an unknown kind", Module(Section(7, 1, 0, 9, 0)), WasmProblem.Malformed, "malformed export kind" },
        { "an export of nothing", Module(Section(7, 1, 0, 2, 0)), WasmProblem.Invalid, "unknown memory 0" },
        { "two exports of a name", Module(Section(5, 1, 0, 1), Section(7, 2, 1, 97, 2, 0, 1, 97, 2, 0)), WasmProblem.Invalid, "duplicate export name" },
        { "two memories", Module(Section(5, 2, 0, 1, 0, 1)), WasmProblem.Invalid, "multiple memories" },
        { "a memory of more than 4 GiB", Module(Section(5, 1, 0, 0x81, 0x80, 4)), WasmProblem.Invalid, "memory size must be at most 65536 pages (4GiB)" },
        { "a memory with the least above the most", Module(Section(5, 1, 1, 2, 1)), WasmProblem.Invalid, "size minimum must not be greater than maximum" },
        { "a shared memory", Module(Section(5, 1, 3, 1, 1)), WasmProblem.Malformed, "integer too large" },
        { "a table of numbers", Module(Section(4, 1, 0x7F, 0, 1)), WasmProblem.Malformed, "malformed reference type" },
        { "a global that may vanish", Module(Section(6, 1, 0x7F, 2, 0x41, 0, 0x0B)), WasmProblem.Malformed, "malformed mutability" },
        { "a global of another type than its value", Module(Section(6, 1, 0x7F, 0, 0x42, 0, 0x0B)), WasmProblem.Invalid, "type mismatch" },
        { "a global of two values", Module(Section(6, 1, 0x7F, 0, 0x41, 0, 0x41, 0, 0x0B)), WasmProblem.Invalid, "type mismatch" },
        { "a global of no value", Module(Section(6, 1, 0x7F, 0, 0x0B)), WasmProblem.Invalid, "type mismatch" },
        { "a global that is computed", Module(Section(6, 1, 0x7F, 0, 0x01, 0x0B)), WasmProblem.Invalid, "constant expression required" },
        { "a global from itself", Module(Section(6, 1, 0x7F, 0, 0x23, 0, 0x0B)), WasmProblem.Invalid, "unknown global 0" },
        { "a start that gives something", Module(Section(1, 1, 0x60, 0, 1, 0x7F), Section(2, 1, 0, 0, 0, 0), Section(8, 0)), WasmProblem.Invalid, "start function" },
        { "elements for no table", Module(Section(9, 1, 0, 0x41, 0, 0x0B, 0)), WasmProblem.Invalid, "unknown table 0" },
        { "elements of another type than their table", Module(Section(4, 1, 0x6F, 0, 1), Section(9, 1, 0, 0x41, 0, 0x0B, 0)), WasmProblem.Invalid, "type mismatch" },
        { "elements of an unknown kind", Module(Section(9, 1, 8)), WasmProblem.Malformed, "malformed elements segment kind" },
        { "data for no memory", Module(Section(11, 1, 0, 0x41, 0, 0x0B, 0)), WasmProblem.Invalid, "unknown memory 0" },
        { "data of an unknown kind", Module(Section(11, 1, 3)), WasmProblem.Malformed, "malformed data segment kind" },
        { "less data than counted", Module(Section(12, 1)), WasmProblem.Malformed, "data count and data section have inconsistent lengths" },
    };

    [Theory]
    [MemberData(nameof(Modules))]
    public void Parse_ModuleThatIsWrong_SaysWhatAndWhere(string what, byte[] module, WasmProblem problem, string reason)
    {
        WasmFormatException e = Assert.Throws<WasmFormatException>(() => WasmModule.Parse(module));
        Assert.True((problem, true) == (e.Problem, e.Reason.StartsWith(reason, StringComparison.Ordinal)), $"{what}: {e.Problem}, {e.Message}");
        Assert.InRange(e.Offset, 0, module.Length);
        Assert.Equal($"{e.Reason}, at byte {e.Offset}", e.Message);
    }
}
