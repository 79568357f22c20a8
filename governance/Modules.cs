// The modules that wmc makes of this assembly; docs/governance-modules.md has their contract.
using WhiteMagic.Kernels.Modules;
using WhiteMagic.Policies;

[assembly: WasmModule("dharma", typeof(ModuleExports), typeof(Dharma), Small = true)]
[assembly: WasmModule("karma", typeof(ModuleExports), typeof(Karma), Small = true)]
[assembly: WasmModule("harmony", typeof(ModuleExports), typeof(Harmony), Small = true)]
