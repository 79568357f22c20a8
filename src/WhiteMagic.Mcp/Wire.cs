using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>Limits and formats of the wire.</summary>
public static class Wire
{
    /// <summary>A request line may have this many bytes, its newline not counted.</summary>
    public const int MaxRequestBytes = 16 << 20;

    /// <summary>A response line stays below this many bytes: some clients stop reading at 10 MiB.</summary>
    public const int MaxResponseBytes = 4 << 20;

    /// <summary>Params may be nested this deep.</summary>
    public const int MaxDepth = 64;

    /// <summary>An id may take this many bytes, 1,024 and the quotes of a string: it is echoed, and is no place for data.</summary>
    public const int MaxIdBytes = 1024 + 2;

    /// <summary>A batch may hold this many messages.</summary>
    public const int MaxBatchCount = 100;

    /// <summary>The protocol revisions that are served, newest first.</summary>
    public static IReadOnlyList<string> ProtocolVersions { get; } =
        [NameOf(Era.Modern20260728), NameOf(Era.Legacy20251125), NameOf(Era.Legacy20250618), NameOf(Era.Legacy20250326), NameOf(Era.Legacy20241105)];

    /// <summary>Compact, with only what JSON itself demands escaped: the text goes to a program, never into a page.</summary>
    public static JsonWriterOptions JsonOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static string NameOf(Era era) => Encoding.ASCII.GetString(era.Name);
}
