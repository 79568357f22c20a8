using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>One number for each channel of <see cref="HybridRecall"/>.</summary>
/// <param name="text">BM25, as a share of the best hit's.</param>
/// <param name="nearness">1 / (1 + distance).</param>
/// <param name="recency">1 today, 1/2 a year ago, towards 0.</param>
/// <param name="importance">As stored.</param>
/// <param name="access">0 when it was never read, 1/2 after ten times, towards 1.</param>
public readonly struct Channels(double text, double nearness, double recency, double importance, double access)
{
    private const int Digits = 6;

    public double Text { get; } = text;

    public double Nearness { get; } = nearness;

    public double Recency { get; } = recency;

    public double Importance { get; } = importance;

    public double Access { get; } = access;

    /// <summary>The weights, which sum to 1; docs/recall.md has the measurements.</summary>
    public static Channels Weights { get; } = new(0.94, 0.01, 0.02, 0.02, 0.01);

    /// <summary>All channels together.</summary>
    public double Sum => Math.Round(Text + Nearness + Recency + Importance + Access, Digits);

    /// <summary>Each channel times its weight, rounded as answers show it, so that what is shown adds up.</summary>
    internal Channels Weighted() => new(Rounded(Text * Weights.Text), Rounded(Nearness * Weights.Nearness), Rounded(Recency * Weights.Recency),
        Rounded(Importance * Weights.Importance), Rounded(Access * Weights.Access));

    private static double Rounded(double value) => Math.Round(value, Digits);
}
