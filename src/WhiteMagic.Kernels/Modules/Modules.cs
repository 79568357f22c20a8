// The modules that wmc makes of this assembly. Every module has ModuleExports; whitemagic_core has everything.
using WhiteMagic.Kernels.ArrowWriter;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.Holographic;
using WhiteMagic.Kernels.MinHash;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.RateLimiter;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Kernels.Sha256;
using WhiteMagic.Kernels.SpatialIndex5D;
using WhiteMagic.Kernels.StateBoard;

[assembly: WasmModule("core", typeof(ModuleExports), typeof(SpatialExports), typeof(MinHashExports), typeof(EncoderExports), Small = true)]
[assembly: WasmModule("search", typeof(ModuleExports), typeof(SearchExports), Small = true)]
[assembly: WasmModule("rate_limiter", typeof(ModuleExports), typeof(RateExports), Small = true)]
[assembly: WasmModule("state_board", typeof(ModuleExports), typeof(BoardExports), Small = true)]
[assembly: WasmModule("event_ring", typeof(ModuleExports), typeof(RingExports), Small = true)]
[assembly: WasmModule("arrow_writer", typeof(ModuleExports), typeof(ArrowExports), Small = true)]
[assembly: WasmModule(
    "whitemagic_core",
    typeof(ModuleExports),
    typeof(SpatialExports),
    typeof(MinHashExports),
    typeof(EncoderExports),
    typeof(SearchExports),
    typeof(RateExports),
    typeof(BoardExports),
    typeof(RingExports),
    typeof(ArrowExports),
    typeof(Sha256Exports),
    Small = true)]
