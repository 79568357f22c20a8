namespace WhiteMagic.Wasm.Model;

/// <summary>A table: a reference type and a size.</summary>
internal readonly struct TableType(WasmType element, Extent size)
{
    internal WasmType Element { get; init; } = element;

    internal Extent Size { get; init; } = size;
}
