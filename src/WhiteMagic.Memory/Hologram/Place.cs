using System;
using WhiteMagic.Kernels.Holographic;

namespace WhiteMagic.Memory.Hologram;

/// <summary>What is stored of a memory's coordinates: the part that follows from its text and importance and does not change with time.</summary>
/// <param name="x">-1 logic .. +1 emotion.</param>
/// <param name="y">-1 detail .. +1 whole.</param>
/// <param name="w">Weight: importance and length, 0.5 .. 1.2.</param>
public readonly struct Place(float x, float y, float w)
{
    private const double DayMs = 86_400_000;

    // A memory that nobody has used for a year has gone half of the way to the edge.
    private const double HalfwayDays = 365;

    public float X { get; } = x;

    public float Y { get; } = y;

    public float W { get; } = w;

    /// <summary>The place of a text in UTF-8.</summary>
    public static Place Of(ReadOnlySpan<byte> content, double importance)
    {
        HolographicEncoder.EncodeText(content, out float x, out float y);
        return new Place(x, y, HolographicEncoder.Weight(importance, 0, content.Length));
    }

    /// <summary>
    /// The coordinates on the UTC day of <paramref name="nowMs"/>, which stay the same all day unless the memory is used: z from the days since
    /// it happened, v from the days since it was used or happened, how often it was used, and its importance.
    /// </summary>
    public Coordinates At(long nowMs, long eventTimeMs, double importance, long accessCount = 0, long? lastAccessedAtMs = null)
    {
        long today = DayOf(nowMs);
        double age = today - DayOf(eventTimeMs);
        double idle = Math.Max(0, today - DayOf(Math.Max(eventTimeMs, lastAccessedAtMs ?? long.MinValue)));
        return new Coordinates(X, Y, HolographicEncoder.Newness(age), W,
            HolographicEncoder.Vitality(importance, (int)Math.Min(accessCount, int.MaxValue), idle / (idle + HalfwayDays)));
    }

    /// <summary>The number of a UTC day since 1970-01-01.</summary>
    public static long DayOf(long ms) => (long)Math.Floor(ms / DayMs);
}
