namespace WhiteMagic.Mcp;

/// <summary>The error codes of JSON-RPC 2.0 and of MCP.</summary>
internal static class ErrorCode
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <summary>Until 2025-11-25; later revisions say <see cref="InvalidParams"/>.</summary>
    public const int LegacyResourceNotFound = -32002;

    public const int UnsupportedProtocolVersion = -32022;
}
