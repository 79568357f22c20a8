using System;

namespace WhiteMagic.Memory.Hologram;

/// <summary>What is stored of a memory's coordinates: the part that follows from its text and importance and does not change with time.</summary>
/// <param name="X">-1 logic .. +1 emotion.</param>
/// <param name="Y">-1 detail .. +1 whole.</param>
/// <param name="W">Weight.</param>
public readonly record struct Place(float X, float Y, float W)
{
    private const long DayMs = 86_400_000;

    /// <summary>The place of a text in UTF-8.</summary>
    public static Place Of(ReadOnlySpan<byte> content, double importance) => new(content.Length % 7 / 7f, content.Length % 11 / 11f, (float)importance);

    /// <summary>The coordinates on the UTC day of <paramref name="nowMs"/>; they stay the same all day unless the memory is used.</summary>
    public Coordinates At(long eventTimeMs, long accessCount, double importance, long nowMs) => new(X, Y, DayOf(nowMs) - DayOf(eventTimeMs), W, (float)importance + accessCount);

    /// <summary>The number of a UTC day since 1970-01-01.</summary>
    public static long DayOf(long ms) => Math.DivRem(ms, DayMs) is var (day, rest) && rest < 0 ? day - 1 : day;
}
