namespace WhiteMagic.Wasm.Model;

/// <summary>A global variable's type.</summary>
internal readonly record struct GlobalType(WasmType Value, bool IsMutable);
