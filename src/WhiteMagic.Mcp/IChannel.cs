using System;
using System.IO;

namespace WhiteMagic.Mcp;

/// <summary>The bytes to and from one client. One thread uses it; only <see cref="WakeUp"/> may be called from others.</summary>
public interface IChannel
{
    /// <summary>What <see cref="Read"/> returns when nothing has come.</summary>
    const int Nothing = -1;

    /// <summary>
    /// Reads what is there, waiting for it at most <paramref name="timeoutMs"/> (negative: no limit). Returns the number of bytes, 0 when the
    /// input has ended, or <see cref="Nothing"/> when the time has passed or the wait was woken, which may also happen without a reason.
    /// </summary>
    int Read(Span<byte> buffer, int timeoutMs);

    /// <summary>
    /// Writes the first of <paramref name="bytes"/> and returns how many they were, waiting until the client takes some, at most
    /// <paramref name="timeoutMs"/> (negative: no limit). 0: it took none in time, the wait was woken, or, when <paramref name="yieldsToInput"/>,
    /// it has sent something, and may wait for that to be read.
    /// </summary>
    /// <exception cref="IOException">Nobody listens any more.</exception>
    int Write(ReadOnlySpan<byte> bytes, bool yieldsToInput, int timeoutMs);

    /// <summary>Ends the wait that is under way and, but for writes with a limit, those that follow.</summary>
    void WakeUp();
}
