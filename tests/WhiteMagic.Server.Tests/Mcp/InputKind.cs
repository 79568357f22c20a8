namespace WhiteMagic.Server.Tests.Mcp;

/// <summary>What the input of a session can do.</summary>
public enum InputKind
{
    /// <summary>Read only: a second thread reads all the time.</summary>
    Plain,

    /// <summary>Wait as well: the worker reads, and a standby while it is busy.</summary>
    Waitable,
}
