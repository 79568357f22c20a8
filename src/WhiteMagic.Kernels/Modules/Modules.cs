// The modules that wmc makes of this assembly. Every module has ModuleExports; whitemagic_core has everything.
using WhiteMagic.Kernels.ArrowWriter;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.RateLimiter;

[assembly: WasmModule("arrow_writer", typeof(ArrowExports))]
[assembly: WasmModule("rate_limiter", typeof(RateExports))]
