using System;
using System.Text;

namespace WhiteMagic.Governance.Detection;

/// <summary>What stands where a secret would: <c>&lt;your-key&gt;</c>, <c>${TOKEN}</c>, <c>xxxx</c>, <c>changeme</c>, a call, a name in code.</summary>
internal static class Placeholders
{
    private static readonly byte[][] _words = Words(
        "xxx changeme change_me change-me redacted placeholder example your dummy sample insert todo secret_here ... ••• **** "
        + "env. environ process. config. settings. secrets. vault getenv undefined optional required string password passwort");

    internal static bool Is(ReadOnlySpan<byte> value)
    {
        if (value[0] is (byte)'<' or (byte)'$' or (byte)'{' or (byte)'%' or (byte)'[' or (byte)'(' or (byte)'*' or (byte)'@' or (byte)'/' or (byte)'\\' || value[^1] == '(')
        {
            return true;
        }

        bool isVaried = false;
        foreach (byte b in value)
        {
            isVaried |= b != value[0];
            if (b is (byte)'(' or (byte)'{')
            {
                return true;
            }
        }

        if (!isVaried)
        {
            return true;
        }

        Span<byte> lower = stackalloc byte[64];
        int length = Math.Min(value.Length, lower.Length);
        for (int i = 0; i < length; i++)
        {
            lower[i] = (byte)char.ToLowerInvariant((char)value[i]);
        }

        foreach (byte[] word in _words)
        {
            if (lower[..length].IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[][] Words(string words)
    {
        string[] texts = words.Split(' ');
        var bytes = new byte[texts.Length][];
        for (int i = 0; i < texts.Length; i++)
        {
            bytes[i] = Encoding.UTF8.GetBytes(texts[i]);
        }

        return bytes;
    }
}
