// The modules that wmc makes of this assembly. Every module has ModuleExports; whitemagic_core has everything.
using WhiteMagic.Kernels.ArrowWriter;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Kernels.RateLimiter;
using WhiteMagic.Kernels.StateBoard;

[assembly: WasmModule("arrow_writer", typeof(ArrowExports))]
[assembly: WasmModule("event_ring", typeof(RingExports))]
[assembly: WasmModule("rate_limiter", typeof(RateExports))]
[assembly: WasmModule("state_board", typeof(BoardExports))]
