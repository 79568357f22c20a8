namespace WhiteMagic.Wasm.Model;

/// <summary>The size of a table, in elements, or of a memory, in pages of 64 KiB.</summary>
internal readonly struct Extent(uint min, uint? max)
{
    /// <summary>At first.</summary>
    internal uint Min { get; init; } = min;

    /// <summary>It never grows beyond; null when the module sets no bound.</summary>
    internal uint? Max { get; init; } = max;
}
