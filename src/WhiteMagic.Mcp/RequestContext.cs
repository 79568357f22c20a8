using System;

namespace WhiteMagic.Mcp;

/// <summary>Who asks, and what the asker may still say while the request runs.</summary>
public sealed class RequestContext
{
    /// <summary>Name and version of the client, <c>name/version</c>, from the request (modern) or from <c>initialize</c> (legacy); empty when it gave none.</summary>
    public required string Client { get; init; }

    /// <summary>Whether state of this connection may influence the request: true in the legacy era only.</summary>
    public required bool HasConnectionState { get; init; }

    /// <summary>Tells whether the client has withdrawn the request, so that no answer will be sent. A long call asks often: the answer is only as fresh.</summary>
    public required Func<bool> IsWithdrawn { get; init; }

    /// <summary>Where progress goes; null when the client gave no progress token.</summary>
    public IProgressSink? Progress { get; init; }
}

/// <summary>Receives the progress of a long call.</summary>
public interface IProgressSink
{
    /// <summary>Reports that <paramref name="done"/> of <paramref name="total"/> units are done (null when the total is not known). <paramref name="done"/> must grow.</summary>
    void Report(long done, long? total, string message);
}
