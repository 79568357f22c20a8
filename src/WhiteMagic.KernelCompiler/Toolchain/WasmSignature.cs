using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Toolchain;

/// <summary>The types that a function takes and gives, by their WebAssembly names.</summary>
internal sealed record WasmSignature(IReadOnlyList<string> Parameters, IReadOnlyList<string> Results);
