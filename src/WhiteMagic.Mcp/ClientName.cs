using System;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace WhiteMagic.Mcp;

/// <summary>The name a client gives itself, fit for a log line. The last one is remembered, since modern requests repeat it.</summary>
internal sealed class ClientName
{
    /// <summary>Characters kept.</summary>
    public const int MaxLength = 128;

    private byte[] _lastRaw = [];
    private string _last = "";

    /// <summary><c>name/version</c> of a <c>clientInfo</c> object; what is missing or unreadable is left out.</summary>
    public string Of(JsonElement clientInfo)
    {
        if (clientInfo.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(clientInfo);
        if (raw.SequenceEqual(_lastRaw))
        {
            return _last;
        }

        string name = Part(clientInfo, "name"u8);
        string version = Part(clientInfo, "version"u8);
        string client = name.Length == 0 ? "" : version.Length == 0 ? name : string.Concat(name, "/", version);
        client = JsonText.Shorten(client, MaxLength);
        const int rememberedBytes = 1024;
        if (raw.Length <= rememberedBytes)
        {
            _lastRaw = raw.ToArray();
            _last = client;
        }

        return client;
    }

    private static string Part(JsonElement clientInfo, ReadOnlySpan<byte> member)
    {
        if (!clientInfo.TryGetProperty(member, out JsonElement value) || !JsonText.TryGetString(value, out string text))
        {
            return "";
        }

        Span<char> kept = stackalloc char[MaxLength];
        int count = 0;
        foreach (char c in text)
        {
            if (!char.IsControl(c))
            {
                kept[count++] = c;
            }

            if (count == MaxLength)
            {
                break;
            }
        }

        // A pair that was cut in the middle leaves a half behind.
        if (count > 0 && char.IsHighSurrogate(kept[count - 1]))
        {
            count--;
        }

        return kept[..count].ToString();
    }
}
