namespace WhiteMagic.Wasm.Model;

/// <summary>Which opcodes there are.</summary>
internal static class Opcodes
{
    /// <summary>Whether an opcode of one byte means something in WebAssembly 2.0 without SIMD.</summary>
    internal static bool IsDefined(this Opcode code) => code is <= Opcode.Else or >= Opcode.End and <= Opcode.CallIndirect or >= Opcode.Drop and <= Opcode.SelectTyped
        or >= Opcode.LocalGet and <= Opcode.TableSet or >= Opcode.FirstLoad and <= Opcode.LastNumeric or >= Opcode.ReferenceNull and <= Opcode.ReferenceFunction or Opcode.Prefix;
}
