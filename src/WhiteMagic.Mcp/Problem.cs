namespace WhiteMagic.Mcp;

/// <summary>Why a request is not carried out: an error of the protocol.</summary>
/// <param name="Code">One of <see cref="ErrorCode"/>.</param>
/// <param name="Message">A sentence that names the member, what was wrong and what is allowed.</param>
/// <param name="Subject">The uri that was not found, or the revision that is not served.</param>
/// <param name="Supported">A JSON array of the revisions that are served.</param>
internal sealed record Problem(int Code, string Message, string? Subject = null, string? Supported = null)
{
    /// <summary>Longest part of a request that an error repeats.</summary>
    private const int MaxEcho = 256;

    public static Problem Parse(string message) => new(ErrorCode.ParseError, message);

    public static Problem Request(string message) => new(ErrorCode.InvalidRequest, message);

    public static Problem Params(string message) => new(ErrorCode.InvalidParams, message);

    public static Problem UnknownMethod { get; } = new(ErrorCode.MethodNotFound, "method not found");

    /// <summary>Says nothing of the cause, which is a bug and none of the client's business.</summary>
    public static Problem Internal { get; } = new(ErrorCode.InternalError, "internal error");

    public static Problem TooLong { get; } = new(ErrorCode.InternalError, "the response would be longer than the limit of 4194304 bytes; ask for less");

    public static Problem UnknownTool(string name) => Params("unknown tool: " + JsonText.Shorten(name, MaxEcho));

    public static Problem UnsupportedVersion(string requested) =>
        new(ErrorCode.UnsupportedProtocolVersion, "unsupported protocol version", JsonText.Shorten(requested, MaxEcho), Eras.ModernVersionsJson);

    public static Problem Unreadable(string failure) => new(ErrorCode.InternalError, JsonText.Shorten(failure, 8 * MaxEcho));

    public static Problem MissingResource(Era era, string uri) => new(era.MissingResourceCode, "resource not found", JsonText.Shorten(uri, 8 * MaxEcho));
}
