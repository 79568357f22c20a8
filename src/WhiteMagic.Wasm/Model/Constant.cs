namespace WhiteMagic.Wasm.Model;

/// <summary>A constant expression: one instruction.</summary>
/// <param name="Code">A constant, ref.null, ref.func or global.get.</param>
/// <param name="Bits">The value, or the index of the function or global.</param>
internal readonly record struct Constant(Opcode Code, ulong Bits);
