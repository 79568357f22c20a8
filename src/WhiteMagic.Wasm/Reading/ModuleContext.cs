namespace WhiteMagic.Wasm.Reading;

/// <summary>A module, and what its bodies are validated by besides.</summary>
internal sealed class ModuleContext(WasmModule module)
{
    internal WasmModule Module => module;

    /// <summary>Functions that are named outside of bodies: only these may be referred to.</summary>
    internal Declarations Declared { get; } = new();

    /// <summary>How many segments of data there are, by a section of its own; null without one.</summary>
    internal int? DataCount { get; set; }
}
