using System;

namespace WhiteMagic.Governance.Detection;

/// <summary>Passwords in URLs: <c>scheme://user:password@host</c>.</summary>
internal static class UrlPasswords
{
    private const int MostBytes = 256;

    /// <param name="utf8">The text.</param>
    /// <param name="at">Where <c>://</c> stands.</param>
    /// <param name="from">Where the search may begin.</param>
    /// <param name="sighting">The password.</param>
    internal static bool TryFind(ReadOnlySpan<byte> utf8, int at, int from, out Sighting sighting)
    {
        sighting = default;
        int start = at + 3;
        ReadOnlySpan<byte> rest = utf8[start..Math.Min(utf8.Length, start + MostBytes)];
        int end = 0;
        while (end < rest.Length && rest[end] > ' ' && rest[end] is not ((byte)'"' or (byte)'\'' or (byte)'<' or (byte)'>' or (byte)'`'))
        {
            end++;
        }

        ReadOnlySpan<byte> authority = rest[..end];
        int host = authority.IndexOf((byte)'@');
        int colon = authority.IndexOf((byte)':');
        if (host < 0 || colon < 0 || colon >= host || authority[..host].IndexOf((byte)'/') >= 0 || start < from)
        {
            return false;
        }

        ReadOnlySpan<byte> password = authority[(colon + 1)..host];
        if (password.Length < 3 || Placeholders.Is(password))
        {
            return false;
        }

        sighting = new Sighting("url_password", start + colon + 1, password.Length);
        return true;
    }
}
