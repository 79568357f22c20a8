using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>
/// Squared distances from a point to four boxes or four points at once. They are added in the order of <see cref="Point5.SquaredDistance"/>;
/// since rounding never reverses an order, the distance to a box is at most that to any point in it, to the last bit.
/// </summary>
internal readonly struct BoxDistance
{
    public const int Lanes = 4;

    private readonly Vector128<float> _x;
    private readonly Vector128<float> _y;
    private readonly Vector128<float> _z;
    private readonly Vector128<float> _w;
    private readonly Vector128<float> _v;

    public BoxDistance(in Point5 point)
    {
        _x = Vector128.Create(point.X);
        _y = Vector128.Create(point.Y);
        _z = Vector128.Create(point.Z);
        _w = Vector128.Create(point.W);
        _v = Vector128.Create(point.V);
    }

    /// <summary>To the points of a leaf, from <paramref name="x"/> in its first column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe Vector128<float> ToPoints(float* x)
    {
        Vector128<float> dx = Vector128.Load(x) - _x;
        Vector128<float> dy = Vector128.Load(x + Node.LeafCapacity) - _y;
        Vector128<float> dz = Vector128.Load(x + (2 * Node.LeafCapacity)) - _z;
        Vector128<float> dw = Vector128.Load(x + (3 * Node.LeafCapacity)) - _w;
        Vector128<float> dv = Vector128.Load(x + (4 * Node.LeafCapacity)) - _v;
        return ((dx * dx) + (dy * dy)) + ((dz * dz) + (dw * dw)) + (dv * dv);
    }

    /// <summary>To the boxes of an inner node, from <paramref name="x"/> in its first column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe Vector128<float> ToBoxes(float* x)
    {
        Vector128<float> dx = Outside(x, _x);
        Vector128<float> dy = Outside(x + Node.LeafCapacity, _y);
        Vector128<float> dz = Outside(x + (2 * Node.LeafCapacity), _z);
        Vector128<float> dw = Outside(x + (3 * Node.LeafCapacity), _w);
        Vector128<float> dv = Outside(x + (4 * Node.LeafCapacity), _v);
        return ((dx * dx) + (dy * dy)) + ((dz * dz) + (dw * dw)) + (dv * dv);
    }

    /// <summary>To one point of a leaf, with the bits of <see cref="ToPoints"/>.</summary>
    public static unsafe float ToPoint(float* x, in Point5 at)
    {
        float dx = x[0] - at.X;
        float dy = x[Node.LeafCapacity] - at.Y;
        float dz = x[2 * Node.LeafCapacity] - at.Z;
        float dw = x[3 * Node.LeafCapacity] - at.W;
        float dv = x[4 * Node.LeafCapacity] - at.V;
        return ((dx * dx) + (dy * dy)) + ((dz * dz) + (dw * dw)) + (dv * dv);
    }

    /// <summary>To one box of an inner node, with the bits of <see cref="ToBoxes"/>.</summary>
    [SkipLocalsInit]
    public static unsafe float ToBox(float* x, in Point5 at)
    {
        float* squares = stackalloc float[Point5.AxisCount];
        for (int axis = 0; axis < Point5.AxisCount; axis++, x += Node.LeafCapacity)
        {
            float distance = NotNegative(x[0] - at.On(axis)) + NotNegative(at.On(axis) - x[Node.Fanout]);
            squares[axis] = distance * distance;
        }

        return (squares[0] + squares[1]) + (squares[2] + squares[3]) + squares[4];
    }

    private static float NotNegative(float a)
    {
        int bits = BitConverter.SingleToInt32Bits(a);
        return BitConverter.Int32BitsToSingle(bits & ~(bits >> 31));
    }

    /// <summary>How far a coordinate lies below or above four intervals; 0 inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<float> Outside(float* low, Vector128<float> at)
    {
        Vector128<float> below = Vector128.Load(low) - at;
        Vector128<float> above = at - Vector128.Load(low + Node.Fanout);
        return NotNegative(below) + NotNegative(above);
    }

    // By the sign bit: Vector128.Max has rules about NaN and -0.0 to keep, which cost more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> NotNegative(Vector128<float> a) => Vector128.AndNot(a, (a.AsInt32() >> 31).AsSingle());
}
