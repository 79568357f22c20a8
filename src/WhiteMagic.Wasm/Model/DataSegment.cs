namespace WhiteMagic.Wasm.Model;

/// <summary>Bytes for a memory.</summary>
internal sealed class DataSegment(SegmentMode mode, Constant offset, int start, int length)
{
    /// <summary>When they are copied.</summary>
    internal SegmentMode Mode => mode;

    /// <summary>Where an active one goes.</summary>
    internal Constant Offset => offset;

    /// <summary>The first byte's offset in the module.</summary>
    internal int Start => start;

    /// <summary>How many bytes.</summary>
    internal int Length => length;
}
