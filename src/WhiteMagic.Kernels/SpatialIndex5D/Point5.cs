using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>A place in the five holographic dimensions; 20 bytes, in this order.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Point5(float x, float y, float z, float w, float v)
{
    public const int AxisCount = 5;

    public readonly float X = x;
    public readonly float Y = y;
    public readonly float Z = z;
    public readonly float W = w;
    public readonly float V = v;

    /// <summary>Whether no coordinate is infinite or NaN.</summary>
    public bool IsFinite
    {
        get
        {
            bool isFinite = true;
            for (int axis = 0; axis < AxisCount; axis++)
            {
                isFinite &= float.IsFinite(On(axis));
            }

            return isFinite;
        }
    }

    /// <summary>The coordinate of an axis, which must be 0 to 4.</summary>
    public float On(int axis) => Unsafe.Add(ref Unsafe.AsRef(in X), axis);

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
