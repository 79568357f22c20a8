namespace WhiteMagic.Wasm.Model;

/// <summary>Where in the module a function's locals and instructions are.</summary>
internal readonly record struct CodeRange(int Start, int End);
