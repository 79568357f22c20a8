using System;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Validation;

// Bodies of a function (i32) -> i32, in hexadecimal without their locals; see ModuleBytes.WithBody.
public sealed class BodyTests
{
    [Theory]
    [InlineData("its parameter", "2000 0B")]
    [InlineData("a trap instead of a result", "00 0B")]
    [InlineData("any operands where nothing is reached", "00 6A 0B")]
    [InlineData("a conversion of whatever is not there", "00 A7 0B")]
    [InlineData("a branch out of the function", "2000 0C00 0B")]
    [InlineData("a block with a parameter", "2000 0200 4101 6A 0B 0B")]
    [InlineData("a loop that is entered again", "2000 0300 2000 0D00 0B 0B")]
    [InlineData("if and else with a result", "2000 047F 4101 05 4102 0B 0B")]
    [InlineData("if without else that takes what it gives", "2000 2000 0400 4101 6A 0B 0B")]
    [InlineData("a table of branches of one type", "2000 2000 0E 02 00 00 00 0B")]
    [InlineData("a call of itself", "2000 1000 0B")]
    [InlineData("an indirect call", "2000 2000 110000 0B")]
    [InlineData("a null reference", "D070 D1 0B")]
    [InlineData("a selection of references by type", "D070 D070 2000 1C0170 D1 0B")]
    [InlineData("a wide address with the natural alignment", "2000 2802FFFFFFFF0F 0B")]
    [InlineData("a saturating truncation", "4300000000 FC00 0B")]
    [InlineData("filling and copying", "2000 2000 2000 FC0B00 2000 2000 2000 FC0A0000 2000 0B")]
    [InlineData("a global that is set", "2000 2400 2300 0B")]
    public void Parse_BodyThatIsRight_IsAccepted(string what, string code)
    {
        Assert.NotEmpty(what);
        WasmModule.Parse(Body(code));
    }

    [Theory]
    [InlineData("no result", "0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("two results", "2000 2000 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("a result of another type", "4200 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("an operand of another type", "2000 4200 6A 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("too few operands", "2000 6A 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("operands from outside of the block", "2000 2000 027F 6A 0B 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("a wrong operand where nothing is reached", "00 4200 4100 6A 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("something left in a block", "0240 4100 0B 2000 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("if without else with a result", "2000 047F 4101 0B 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("else without if", "0240 05 0B 2000 0B", WasmProblem.Malformed, "else without if")]
    [InlineData("a block of no type", "0202 0B 0B", WasmProblem.Invalid, "unknown type 2")]
    [InlineData("a branch too far", "2000 0C01 0B", WasmProblem.Invalid, "unknown label 1")]
    [InlineData("a table of branches of other types", "2000 0240 2000 2000 0E 01 00 01 0B 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("an unknown local", "2001 0B", WasmProblem.Invalid, "unknown local 1")]
    [InlineData("an unknown global", "2302 0B", WasmProblem.Invalid, "unknown global 2")]
    [InlineData("a constant global that is set", "4200 2401 2000 0B", WasmProblem.Invalid, "global is immutable")]
    [InlineData("an unknown function", "2000 1001 0B", WasmProblem.Invalid, "unknown function 1")]
    [InlineData("a reference to a function that nobody names", "D200 D1 0B", WasmProblem.Invalid, "undeclared function reference")]
    [InlineData("a selection of references without a type", "D070 D070 2000 1B D1 0B", WasmProblem.Invalid, "type mismatch")]
    [InlineData("a selection of two types", "2000 2000 2000 1C027F7F 0B", WasmProblem.Invalid, "invalid result arity")]
    [InlineData("an address aligned beyond its size", "2000 280300 0B", WasmProblem.Invalid, "alignment must not be larger than natural")]
    [InlineData("an alignment that cannot be", "2000 282000 0B", WasmProblem.Malformed, "malformed memop flags")]
    [InlineData("another memory than the first", "3F01 0B", WasmProblem.Malformed, "zero byte expected")]
    [InlineData("an unknown table", "2000 2501 D1 0B", WasmProblem.Invalid, "unknown table 1")]
    [InlineData("unknown elements", "2000 2000 2000 FC0C0000 2000 0B", WasmProblem.Invalid, "unknown elem segment 0")]
    [InlineData("unknown data", "FC0900 2000 0B", WasmProblem.Invalid, "unknown data segment 0")]
    [InlineData("a vector instruction", "FD0C 0B", WasmProblem.Malformed, "illegal opcode: SIMD is not supported")]
    [InlineData("an atomic instruction", "FE03 0B", WasmProblem.Malformed, "illegal opcode: threads are not supported")]
    [InlineData("a tail call", "2000 1200 0B", WasmProblem.Malformed, "illegal opcode: tail calls are not supported")]
    [InlineData("an opcode of its prefix that is none", "FC12 0B", WasmProblem.Malformed, "illegal opcode")]
    [InlineData("an opcode of its prefix that is huge", "FC808004 0B", WasmProblem.Malformed, "illegal opcode")]
    [InlineData("no end", "2000", WasmProblem.Malformed, "unexpected end")]
    [InlineData("something after the end", "2000 0B 01", WasmProblem.Malformed, "END opcode expected")]
    public void Parse_BodyThatIsWrong_IsRefusedForIt(string what, string code, WasmProblem problem, string reason)
    {
        WasmFormatException e = Assert.Throws<WasmFormatException>(() => WasmModule.Parse(Body(code)));
        Assert.True((problem, reason) == (e.Problem, e.Reason), $"{what}: {e.Problem}, {e.Message}");
    }

    private static byte[] Body(string code) => ModuleBytes.WithBody([0, .. Convert.FromHexString(code.Replace(" ", "", StringComparison.Ordinal))]);
}
