// The modules that wmc makes of this assembly. Every module has ModuleExports; whitemagic_core has everything.
using WhiteMagic.Kernels.ArrowWriter;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Sha256;

[assembly: WasmModule("core", typeof(ModuleExports), typeof(MinHashExports))]
[assembly: WasmModule("arrow_writer", typeof(ModuleExports), typeof(ArrowExports))]
[assembly: WasmModule("whitemagic_core", typeof(ModuleExports), typeof(MinHashExports), typeof(ArrowExports), typeof(Sha256Exports))]
