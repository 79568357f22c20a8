namespace WhiteMagic.KernelCompiler.Toolchain;

/// <summary>One file of a module.</summary>
internal sealed record BuiltModule(string Name, string File, bool IsSimd, byte[] Bytes, WasmFile Content);
