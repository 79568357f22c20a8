using System;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>A request whose era is known.</summary>
internal readonly struct Call(Era era, JsonElement parameters, JsonElement meta, string client)
{
    public Era Era => era;

    public JsonElement Params => parameters;

    /// <summary>Where progress goes, when the request carries a token of the right kind.</summary>
    public ProgressRelay? ProgressTo(IExchange exchange)
    {
        if (meta.ValueKind != JsonValueKind.Object || !meta.TryGetProperty("progressToken"u8, out JsonElement token))
        {
            return null;
        }

        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(token);
        bool isToken = token.ValueKind == JsonValueKind.String
            || (token.ValueKind == JsonValueKind.Number && raw.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0);
        return isToken && raw.Length <= Wire.MaxIdBytes ? new ProgressRelay(exchange, raw) : null;
    }

    public RequestContext Context(IExchange exchange, IProgressSink? progress) => new()
    {
        Client = client,
        HasConnectionState = era.IsLegacy,
        IsWithdrawn = exchange.IsWithdrawn,
        Progress = progress,
    };
}
