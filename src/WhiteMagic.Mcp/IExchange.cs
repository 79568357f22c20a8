using System;

namespace WhiteMagic.Mcp;

/// <summary>What a transport does for the messages it brings: it knows which requests were withdrawn, and can send before the answer.</summary>
internal interface IExchange
{
    /// <summary>Tells whether the request that runs was withdrawn; cheap enough to ask often.</summary>
    Func<bool> IsWithdrawn { get; }

    /// <summary>Opens the request with this raw id; false when it was withdrawn before its turn, and must not be carried out.</summary>
    bool Begin(ReadOnlySpan<byte> id);

    /// <summary>Closes the request; false when it was withdrawn meanwhile, and must not be answered.</summary>
    bool End();

    /// <summary>Sends a message that belongs to the request that runs, unless it was withdrawn.</summary>
    void Notify(LineBuffer message);
}
