namespace WhiteMagic.Wasm.Model;

/// <summary>The size of a table, in elements, or of a memory, in pages of 64 KiB.</summary>
/// <param name="Min">At first.</param>
/// <param name="Max">It never grows beyond; null when the module sets no bound.</param>
internal readonly record struct Extent(uint Min, uint? Max);
