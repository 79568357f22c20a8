using System;
using System.Threading;

namespace WhiteMagic.Mcp;

/// <summary>What a transport does for the messages it brings: it knows which requests were withdrawn, and can send before the answer.</summary>
internal interface IExchange
{
    /// <summary>Cancelled when the request that runs is withdrawn.</summary>
    CancellationToken Cancelled { get; }

    /// <summary>Opens the request with this raw id; false when it was withdrawn before its turn, and must not be carried out.</summary>
    bool Begin(ReadOnlySpan<byte> id);

    /// <summary>Closes the request; false when it was withdrawn meanwhile, and must not be answered.</summary>
    bool End();

    /// <summary>Sends a message that belongs to the request that runs, unless it was withdrawn.</summary>
    void Notify(LineBuffer message);
}
