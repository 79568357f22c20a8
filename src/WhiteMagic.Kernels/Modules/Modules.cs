// The modules that wmc makes of this assembly. Every module has ModuleExports; whitemagic_core has everything.
using WhiteMagic.Kernels.ArrowWriter;
using WhiteMagic.Kernels.Holographic;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.SpatialIndex5D;

[assembly: WasmModule("arrow_writer", typeof(ArrowExports))]
[assembly: WasmModule("core", typeof(ModuleExports), typeof(SpatialExports), typeof(MinHashExports), typeof(EncoderExports))]
