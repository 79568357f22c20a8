using System;

namespace WhiteMagic.Mcp;

/// <summary>The revision of MCP that a request is answered in. Whatever differs between revisions is asked here and nowhere else.</summary>
internal enum Era : byte
{
    /// <summary>No handshake yet, and the request names no revision.</summary>
    Unopened,
    Legacy20241105,
    Legacy20250326,
    Legacy20250618,
    Legacy20251125,
    Modern20260728,
}

/// <summary>The predicates of an <see cref="Era"/>.</summary>
internal static class Eras
{
    /// <summary>The revisions that a modern request may name, as JSON.</summary>
    public const string ModernVersionsJson = "[\"2026-07-28\"]";

    /// <summary>Where a modern request names its revision; its presence alone makes the request modern.</summary>
    public static ReadOnlySpan<byte> VersionKey => "io.modelcontextprotocol/protocolVersion"u8;

    /// <summary>Where a modern request declares what its client can do.</summary>
    public static ReadOnlySpan<byte> CapabilitiesKey => "io.modelcontextprotocol/clientCapabilities"u8;

    /// <summary>Where a modern request says who asks.</summary>
    public static ReadOnlySpan<byte> ClientKey => "io.modelcontextprotocol/clientInfo"u8;

    /// <summary>The era of a request whose <c>_meta</c> names <paramref name="version"/>; <see cref="Era.Unopened"/> when it is not served.</summary>
    public static Era OfRequest(string version) => version == "2026-07-28" ? Era.Modern20260728 : Era.Unopened;

    /// <summary>The legacy era that <c>initialize</c> opens: the requested one when it is served, else the latest.</summary>
    public static Era OfHandshake(string requested) => requested switch
    {
        "2024-11-05" => Era.Legacy20241105,
        "2025-03-26" => Era.Legacy20250326,
        "2025-06-18" => Era.Legacy20250618,
        _ => Era.Legacy20251125,
    };

    extension(Era era)
    {
        /// <summary>Stateless requests, with the server's name and <c>resultType</c> in every result.</summary>
        public bool IsModern => era >= Era.Modern20260728;

        /// <summary>Opened by a handshake that holds for the connection.</summary>
        public bool IsLegacy => era is > Era.Unopened and < Era.Modern20260728;

        /// <summary>A line may hold an array of messages: in JSON-RPC until 2025-03-26, removed in 2025-06-18.</summary>
        public bool AllowsBatches => era is Era.Legacy20241105 or Era.Legacy20250326;

        /// <summary>The code for a resource that does not exist: an own one until 2025-11-25, since then invalid params.</summary>
        public int MissingResourceCode => era.IsModern ? ErrorCode.InvalidParams : ErrorCode.LegacyResourceNotFound;

        /// <summary>The name of the revision as it stands in <c>protocolVersion</c>.</summary>
        public ReadOnlySpan<byte> Name => era switch
        {
            Era.Legacy20241105 => "2024-11-05"u8,
            Era.Legacy20250326 => "2025-03-26"u8,
            Era.Legacy20250618 => "2025-06-18"u8,
            Era.Legacy20251125 => "2025-11-25"u8,
            Era.Modern20260728 => "2026-07-28"u8,
            _ => default,
        };
    }
}
