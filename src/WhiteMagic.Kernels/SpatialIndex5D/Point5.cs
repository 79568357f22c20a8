using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>A place in the five holographic dimensions; 20 bytes, in this order.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Point5(float x, float y, float z, float w, float v)
{
    public readonly float X = x;
    public readonly float Y = y;
    public readonly float Z = z;
    public readonly float W = w;
    public readonly float V = v;

    /// <summary>Whether no coordinate is infinite or NaN.</summary>
    public bool IsFinite => float.IsFinite(X) && float.IsFinite(Y) && float.IsFinite(Z) && float.IsFinite(W) && float.IsFinite(V);

    /// <summary>The same place with every -0.0 as 0.0, so that equal places have equal bits.</summary>
    public Point5 WithoutSignedZeroes() => new(X + 0f, Y + 0f, Z + 0f, W + 0f, V + 0f);

    /// <summary>Whether both are one place; 0.0 and -0.0 are equal.</summary>
    public static bool AreEqual(in Point5 a, in Point5 b) => a.X == b.X && a.Y == b.Y && a.Z == b.Z && a.W == b.W && a.V == b.V;

    /// <summary>
    /// The squared Euclidean distance, always added as ((xx + yy) + (zz + ww)) + vv, so that every build gives the same bits.
    /// </summary>
    public static float SquaredDistance(in Point5 a, in Point5 b)
    {
        float x = a.X - b.X;
        float y = a.Y - b.Y;
        float z = a.Z - b.Z;
        float w = a.W - b.W;
        float v = a.V - b.V;
        return ((x * x) + (y * y)) + ((z * z) + (w * w)) + (v * v);
    }
}
