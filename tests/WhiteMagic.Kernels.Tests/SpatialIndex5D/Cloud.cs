using System;
using WhiteMagic.Kernels.SpatialIndex5D;

namespace WhiteMagic.Kernels.Tests;

/// <summary>Kinds of point sets that stress an index in different ways; each draw is one point.</summary>
public enum Cloud
{
    Uniform,

    /// <summary>Few different coordinates, so that equal distances and equal points abound.</summary>
    Grid,

    /// <summary>All points at one place.</summary>
    OnePlace,

    /// <summary>As memories are: most of them neutral in x and y, a handful of weights, new ones dense.</summary>
    Memories,

    /// <summary>Sorted along a line, the order that degrades trees.</summary>
    Line,

    /// <summary>Coordinates of every magnitude: denormals, both zeroes, squares that overflow.</summary>
    Extreme,
}

internal static class Clouds
{
    public static Point5 Draw(this Cloud cloud, Random random, int index)
    {
        float Next() => cloud switch
        {
            Cloud.Uniform => random.NextSingle(),
            Cloud.Grid => random.Next(3),
            Cloud.OnePlace => 0.5f,
            Cloud.Line => index,
            Cloud.Extreme => Extreme(random),
            _ => 0,
        };
        return cloud == Cloud.Memories
            ? new Point5(
                random.Next(3) > 0 ? 0 : random.Next(-3, 4) / 3f,
                random.Next(3) > 0 ? 0 : random.Next(-2, 3) / 2f,
                1 - (random.NextSingle() * random.NextSingle()),
                random.Next(4) > 0 ? 0.5f : 0.5f + (random.Next(10) / 10f),
                random.Next(2) > 0 ? 1 : random.NextSingle())
            : new Point5(Next(), Next(), Next(), Next(), Next());
    }

    private static float Extreme(Random random)
    {
        float[] special = [0, -0.0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 1e-38f, 1e19f, -1e20f, 1];
        return random.Next(2) == 0 ? special[random.Next(special.Length)] : (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-44, 39));
    }
}
