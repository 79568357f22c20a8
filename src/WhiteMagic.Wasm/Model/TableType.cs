namespace WhiteMagic.Wasm.Model;

/// <summary>A table: a reference type and a size.</summary>
internal readonly record struct TableType(WasmType Element, Extent Size);
