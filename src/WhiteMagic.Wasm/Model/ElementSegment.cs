namespace WhiteMagic.Wasm.Model;

/// <summary>References for a table.</summary>
internal sealed class ElementSegment(WasmType type, SegmentMode mode, int table, Constant offset, Constant[] items)
{
    /// <summary>Their type.</summary>
    internal WasmType Type => type;

    /// <summary>When they are copied.</summary>
    internal SegmentMode Mode => mode;

    /// <summary>Where an active one goes.</summary>
    internal int Table => table;

    /// <summary>Where in it.</summary>
    internal Constant Offset => offset;

    /// <summary>The references.</summary>
    internal Constant[] Items => items;
}
