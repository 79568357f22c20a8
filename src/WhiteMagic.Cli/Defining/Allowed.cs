using System;
using System.Globalization;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Defining;

/// <summary>What words of a command line may be; each rule says what is allowed when a word is not, and null when it is.</summary>
internal static class Allowed
{
    internal static string? Filled(string value) => string.IsNullOrWhiteSpace(value) ? "it must not be empty; leave the option out instead" : null;

    internal static string? Within(string value, long least, long most) =>
        !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) || (number >= least && number <= most) ? null
        : most == long.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"{least} or more is allowed")
        : string.Create(CultureInfo.InvariantCulture, $"{least} to {most} is allowed");

    internal static string? Time(string value) => Instant.TryParse(value, out _) ? null : "allowed: " + Instant.Allowed;

    internal static string? Galaxy(string value) => GalaxyName.IsValid(value) ? null : "allowed: " + GalaxyName.Allowed;

    internal static string? Id(string value) => MemoryId.TryParse(value, out _) ? null : "a memory id has the form 01234567-89ab-7def-8123-456789abcdef";

    internal static string? Ids(string value)
    {
        foreach (string id in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Id(id) is { } allowed)
            {
                return allowed;
            }
        }

        return null;
    }
}
