using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>One number for each channel of <see cref="HybridRecall"/>.</summary>
/// <param name="Text">BM25, as a share of the best hit's.</param>
/// <param name="Nearness">1 / (1 + distance).</param>
/// <param name="Recency">1 today, 1/2 a year ago, towards 0.</param>
/// <param name="Importance">As stored.</param>
/// <param name="Access">0 when it was never read, 1/2 after ten times, towards 1.</param>
public readonly record struct Channels(double Text, double Nearness, double Recency, double Importance, double Access)
{
    private const int Digits = 6;

    /// <summary>The weights, which sum to 1; docs/recall.md has the measurements.</summary>
    public static Channels Weights { get; } = new(0.94, 0.01, 0.02, 0.02, 0.01);

    /// <summary>All channels together.</summary>
    public double Sum => Math.Round(Text + Nearness + Recency + Importance + Access, Digits);

    /// <summary>Each channel times its weight, rounded as answers show it, so that what is shown adds up.</summary>
    internal Channels Weighted() => new(Rounded(Text * Weights.Text), Rounded(Nearness * Weights.Nearness), Rounded(Recency * Weights.Recency),
        Rounded(Importance * Weights.Importance), Rounded(Access * Weights.Access));

    private static double Rounded(double value) => Math.Round(value, Digits);
}
