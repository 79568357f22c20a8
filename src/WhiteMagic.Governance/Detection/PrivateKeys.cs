using System;

namespace WhiteMagic.Governance.Detection;

/// <summary>Private keys in their armour: PEM, OpenSSH, PGP.</summary>
internal static class PrivateKeys
{
    private const int MostLabel = 64;

    internal static bool TryFind(ReadOnlySpan<byte> utf8, int at, out Sighting sighting)
    {
        sighting = default;
        ReadOnlySpan<byte> rest = utf8[at..];
        if (!rest.StartsWith("-----BEGIN "u8))
        {
            return false;
        }

        ReadOnlySpan<byte> label = rest[11..Math.Min(rest.Length, 11 + MostLabel)];
        int dashes = label.IndexOf("-----"u8);
        if (dashes < 0 || label[..dashes].IndexOf("PRIVATE KEY"u8) < 0)
        {
            return false;
        }

        // The key goes to its last line; one that was cut off goes to the end of the text.
        int bodyStart = 11 + dashes + 5;
        int end = rest[bodyStart..].IndexOf("-----END "u8);
        if (end < 0)
        {
            sighting = new Sighting("private_key", at, rest.Length);
            return true;
        }

        int lastLine = bodyStart + end + 9;
        int tail = rest[lastLine..Math.Min(rest.Length, lastLine + MostLabel)].IndexOf("-----"u8);
        sighting = new Sighting("private_key", at, tail < 0 ? lastLine : lastLine + tail + 5);
        return true;
    }
}
