namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>A field of a struct and its place in WebAssembly.</summary>
internal sealed record IrField(string Name, IrType Type, int OffsetBytes);
