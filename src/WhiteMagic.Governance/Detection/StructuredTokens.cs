using System;

namespace WhiteMagic.Governance.Detection;

/// <summary>Tokens that are told by their structure rather than by how they begin.</summary>
internal static class StructuredTokens
{
    private const int LeastJwtPart = 10;
    private const int TelegramSecret = 35;

    /// <summary>Length of a JSON Web Token (RFC 7519) that begins here; 0 when none does.</summary>
    internal static int JwtLength(ReadOnlySpan<byte> rest)
    {
        int length = 0;
        for (int part = 0; part < 3; part++)
        {
            int start = length;
            while (length < rest.Length && TokenShape.Holds(Alphabet.Word, rest[length]))
            {
                length++;
            }

            if (length - start < LeastJwtPart)
            {
                return 0;
            }

            if (part < 2)
            {
                if (length >= rest.Length || rest[length] != '.')
                {
                    return 0;
                }

                length++;
            }
        }

        return length;
    }

    /// <summary>A bot's token of Telegram: digits, a colon, 35 characters.</summary>
    internal static bool TryTelegram(ReadOnlySpan<byte> utf8, int at, int from, out Sighting sighting)
    {
        sighting = default;
        int start = at;
        while (start > from && at - start < 12 && char.IsAsciiDigit((char)utf8[start - 1]))
        {
            start--;
        }

        int end = at + 1;
        while (end < utf8.Length && end - at <= TelegramSecret + 1 && TokenShape.Holds(Alphabet.Word, utf8[end]))
        {
            end++;
        }

        if (at - start is < 8 or > 11 || end - at - 1 != TelegramSecret || !utf8[(at + 1)..].StartsWith("AA"u8))
        {
            return false;
        }

        sighting = new Sighting("telegram_token", start, end - start);
        return true;
    }

    /// <summary>Addresses that let anybody who knows them post: webhooks of Slack and Discord.</summary>
    internal static bool TryWebhook(ReadOnlySpan<byte> utf8, int at, int from, out Sighting sighting)
    {
        sighting = default;
        ReadOnlySpan<byte> rest = utf8[(at + 3)..];
        int secret = rest.StartsWith("hooks.slack.com/services/T"u8) ? 26
            : rest.StartsWith("discord.com/api/webhooks/"u8) ? 25
            : rest.StartsWith("discordapp.com/api/webhooks/"u8) ? 28 : 0;
        int length = secret;
        while (secret > 0 && length < rest.Length && (TokenShape.Holds(Alphabet.Word, rest[length]) || rest[length] == '/'))
        {
            length++;
        }

        if (secret == 0 || length - secret < 30 || at + 3 < from)
        {
            return false;
        }

        sighting = new Sighting("webhook", at + 3, length);
        return true;
    }
}
