// The modules that wmc makes of this assembly. Every module has ModuleExports; whitemagic_core has everything.
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.Sha256;

[assembly: WasmModule("whitemagic_core", typeof(ModuleExports), typeof(Sha256Exports))]
