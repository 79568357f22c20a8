namespace WhiteMagic.Wasm.Model;

/// <summary>References for a table.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Mode">When they are copied.</param>
/// <param name="Table">Where an active one goes.</param>
/// <param name="Offset">Where in it.</param>
/// <param name="Items">The references.</param>
internal sealed record ElementSegment(WasmType Type, SegmentMode Mode, int Table, Constant Offset, Constant[] Items);
