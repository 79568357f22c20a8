namespace WhiteMagic.Wasm.Model;

/// <summary>Bytes for a memory.</summary>
/// <param name="Mode">When they are copied.</param>
/// <param name="Offset">Where an active one goes.</param>
/// <param name="Start">The first byte's offset in the module.</param>
/// <param name="Length">How many bytes.</param>
internal sealed record DataSegment(SegmentMode Mode, Constant Offset, int Start, int Length);
