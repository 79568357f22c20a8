namespace WhiteMagic.Wasm.Model;

/// <summary>When a segment is copied.</summary>
internal enum SegmentMode
{
    /// <summary>When the module is instantiated.</summary>
    Active,

    /// <summary>By an instruction.</summary>
    Passive,

    /// <summary>Never: its functions may be referred to.</summary>
    Declarative,
}
