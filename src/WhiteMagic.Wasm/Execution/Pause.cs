namespace WhiteMagic.Wasm.Execution;

/// <summary>Why the loop stops.</summary>
internal enum Pause
{
    /// <summary>The function that the host called has returned.</summary>
    Returned,

    /// <summary>A trap.</summary>
    Trapped,

    /// <summary>The slice of fuel is used up.</summary>
    Slice,

    /// <summary>An instruction on a table, or on more of memory than one number.</summary>
    Storage,

    /// <summary>A call of a function of the host, or of another instance.</summary>
    Call,
}
