namespace WhiteMagic.Mcp;

/// <summary>What the worker is to do next when it takes part in reading.</summary>
internal enum Turn
{
    /// <summary>Work the line.</summary>
    Work,

    /// <summary>Read, since nothing waits: the reading role is the worker's.</summary>
    Read,

    /// <summary>Nothing: the time has passed while another thread was reading.</summary>
    Pause,

    /// <summary>End: no line will come any more.</summary>
    End,
}
