using System.Runtime.Intrinsics;

namespace WhiteMagic.Compiler.Tests.Idioms;

// Buffers given by the tests have 256 bytes; each idiom reads from the front and writes behind.
internal static unsafe class VectorIdioms
{
    [WasmExport("vector_int_arithmetic")]
    internal static int IntArithmetic(int* p, int a)
    {
        Vector128<int> x = Vector128.Load(p);
        Vector128<int> y = Vector128.Load(p + 4) + Vector128.Create(a);
        Vector128<int> r = ((x + y) * (x - y)) ^ -x;
        r.Store(p + 8);
        return Vector128.Sum(r & y) + (r | x).GetElement(2) + Vector128.Dot(x, y) + (x * 3).ToScalar();
    }

    [WasmExport("vector_small_lanes")]
    internal static int SmallLanes(byte* p)
    {
        Vector128<byte> x = Vector128.Load(p);
        Vector128<byte> y = Vector128.Load(p + 16);
        (x + y).Store(p + 32);
        (x - y).Store(p + 48);
        Vector128.Min(x, y).Store(p + 64);
        Vector128.Max(x, y).Store(p + 80);
        Vector128.Min(x.AsSByte(), y.AsSByte()).Store((sbyte*)p + 96);
        Vector128.Abs(x.AsInt16()).Store((short*)(p + 112));
        (x.AsUInt16() * y.AsUInt16()).Store((ushort*)(p + 128));
        return Vector128.Sum(x) + Vector128.Sum(y.AsInt16());
    }

    [WasmExport("vector_long_lanes")]
    internal static long LongLanes(long* p, long a)
    {
        Vector128<long> x = Vector128.Load(p);
        Vector128<long> y = Vector128.Create(a, ~a);
        ((x * y) + (x - y)).Store(p + 4);
        Vector128.Max(x, y).Store(p + 6);
        Vector128.Min(x.AsUInt64(), y.AsUInt64()).Store((ulong*)p + 8);
        return Vector128.Sum(x) ^ Vector128.GreaterThan(x, y).ToScalar();
    }

    [WasmExport("vector_shifts")]
    internal static int Shifts(int* p, int n)
    {
        Vector128<int> x = Vector128.Load(p);
        (x << n).Store(p + 4);
        (x >> n).Store(p + 8);
        (x >>> n).Store(p + 12);
        (x.AsUInt32() >> n).Store((uint*)p + 16);
        (x.AsInt16() << n).Store((short*)(p + 20));
        (x.AsByte() >>> n).Store((byte*)(p + 24));
        (x.AsInt64() >> n).Store((long*)(p + 28));
        return Vector128.ShiftRightLogical(x, n).GetElement(1) ^ Vector128.ShiftLeft(x, 3).ToScalar();
    }

    [WasmExport("vector_compare_and_masks")]
    internal static int Masks(int* p, int a)
    {
        Vector128<int> x = Vector128.Load(p);
        Vector128<int> y = Vector128.Create(a);
        Vector128<int> less = Vector128.LessThan(x, y);
        Vector128<int> chosen = Vector128.ConditionalSelect(less, x, y);
        chosen.Store(p + 8);
        uint bits = less.ExtractMostSignificantBits() | (Vector128.GreaterThanOrEqual(x.AsUInt32(), y.AsUInt32()).ExtractMostSignificantBits() << 4)
            | (Vector128.Equals(x.AsByte(), y.AsByte()).ExtractMostSignificantBits() << 8);
        return (int)bits ^ (x == y ? 1 << 30 : 0) ^ (Vector128.LessThanAny(x, y) ? 1 << 29 : 0) ^ (Vector128.GreaterThanAll(x, y) ? 1 << 28 : 0)
            ^ (Vector128.EqualsAny(x, y) ? 1 << 27 : 0) ^ (x != y ? 1 << 26 : 0);
    }

    [WasmExport("vector_bitwise")]
    internal static int Bitwise(uint* p, uint a)
    {
        Vector128<uint> x = Vector128.Load(p);
        Vector128<uint> y = Vector128.Create(a);
        Vector128.AndNot(x, y).Store(p + 4);
        (~x).Store(p + 8);
        Vector128.Xor(x, y).Store(p + 12);
        return (int)(x & Vector128<uint>.AllBitsSet ^ Vector128<uint>.Zero | Vector128<uint>.One).GetElement(3);
    }

    [WasmExport("vector_float_arithmetic")]
    internal static float FloatArithmetic(float a, float b, float c, float d)
    {
        Vector128<float> x = Vector128.Create(a, b, c, d);
        Vector128<float> y = Vector128.Create(b, c, d, a);
        Vector128<float> r = ((x + y) * (x - y)) / Vector128.Create(3f);
        return r.GetElement(0) + r.GetElement(3) + (-x).GetElement(1) + Vector128.Abs(y).GetElement(2) + Vector128.Sqrt(Vector128.Abs(x)).GetElement(0);
    }

    [WasmExport("vector_float_min_max")]
    internal static float FloatExtremes(float a, float b, float c, float d)
    {
        Vector128<float> x = Vector128.Create(a, b, c, d);
        Vector128<float> y = Vector128.Create(b, c, d, a);
        return Vector128.Min(x, y).GetElement(1) - (3 * Vector128.Max(x, y).GetElement(2));
    }

    [WasmExport("vector_float_sum_and_dot")]
    internal static float FloatSum(float a, float b, float c, float d)
    {
        Vector128<float> x = Vector128.Create(a, b, c, d);
        return Vector128.Sum(x);
    }

    [WasmExport("vector_double")]
    internal static double Doubles(double a, double b)
    {
        Vector128<double> x = Vector128.Create(a, b);
        Vector128<double> y = Vector128.Create(2.5);
        Vector128<double> r = Vector128.Floor(x) + Vector128.Ceiling(x * y) + Vector128.Max(x, y);
        return Vector128.Sum(r) + Vector128.Dot(Vector128.Truncate(x), y) + Vector128.Round(x).ToScalar();
    }

    [WasmExport("vector_float_compare")]
    internal static int FloatCompare(float a, float b, float c, float d)
    {
        Vector128<float> x = Vector128.Create(a, b, c, d);
        Vector128<float> y = Vector128.Create(c, c, a, b);
        return (int)(Vector128.LessThan(x, y).ExtractMostSignificantBits() | (Vector128.LessThanOrEqual(x, y).ExtractMostSignificantBits() << 4)
            | (Vector128.Equals(x, y).ExtractMostSignificantBits() << 8) | (x.ExtractMostSignificantBits() << 12));
    }

    [WasmExport("vector_shuffle")]
    internal static int Shuffle(byte* p)
    {
        Vector128<byte> x = Vector128.Load(p);
        Vector128<byte> index = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 200);
        Vector128.Shuffle(x, index).Store(p + 32);
        Vector128.Shuffle(x, Vector128.Load(p + 16)).Store(p + 48);
        Vector128.Shuffle(x.AsInt32(), Vector128.Create(3, 3, 0, 7)).Store((int*)(p + 64));
        Vector128.Shuffle(x.AsUInt64(), Vector128.Create(1UL, 0)).Store((ulong*)(p + 80));
        return p[32];
    }

    [WasmExport("vector_widen_and_narrow")]
    internal static int Widths(byte* p)
    {
        Vector128<byte> x = Vector128.Load(p);
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(x);
        low.Store((ushort*)(p + 32));
        high.Store((ushort*)(p + 48));
        Vector128.WidenUpper(x.AsInt16()).Store((int*)(p + 64));
        Vector128.Narrow(low, high.AsUInt16() + low).Store(p + 80);
        Vector128.Narrow(x.AsInt64(), x.AsInt64()).Store((int*)(p + 96));
        return Vector128.WidenLower(x.AsUInt32()).AsInt32().ToScalar();
    }

    [WasmExport("vector_conversions")]
    internal static double Conversions(float a, double b, int c)
    {
        Vector128<int> x = Vector128.ConvertToInt32(Vector128.Create(a));
        Vector128<float> y = Vector128.ConvertToSingle(Vector128.Create(c));
        Vector128<long> z = Vector128.ConvertToInt64(Vector128.Create(b));
        Vector128<uint> u = Vector128.ConvertToUInt32(Vector128.Create(a));
        return x.ToScalar() + y.GetElement(1) + z.ToScalar() + u.GetElement(2) + Vector128.ConvertToDouble(z).ToScalar()
            + Vector128.ConvertToSingle(Vector128.Create((uint)c)).ToScalar();
    }

    [WasmExport("vector_elements")]
    internal static int Elements(int* p, int i)
    {
        Vector128<int> x = Vector128.Load(p).WithElement(2, i);
        return x[1] + x.GetElement(i) + Vector128.CreateScalar(5).GetElement(0) + Vector128<int>.Count + Vector128<int>.Indices.GetElement(3);
    }

    [WasmExport("vector_load_and_store_by_reference")]
    internal static int References(int* p, int n)
    {
        nuint at = (nuint)(uint)(n & 7);
        Vector128<int> x = Vector128.LoadUnsafe(ref *p, at);
        x.StoreUnsafe(ref *p, at + 12);
        Vector128.LoadUnsafe(ref *p).StoreUnsafe(ref p[40]);
        // False in the scalar build, where a kernel may have another way to the same result.
        return Vector128.IsHardwareAccelerated ? x.ToScalar() : x.GetElement(0);
    }

    [WasmExport("vector_in_a_struct_and_passed")]
    internal static int Passed(int* p)
    {
        var pair = new Two { A = Vector128.Load(p), B = Vector128.Load(p + 4) };
        Two twice = Twice(pair);
        *(Two*)(p + 16) = twice;
        return Add(twice.A, twice.B).ToScalar();
    }

    private static Two Twice(Two pair) => new() { A = pair.A + pair.A, B = pair.B + pair.B };

    private static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => a + b;

    private struct Two
    {
        internal Vector128<int> A;
        internal Vector128<int> B;
    }
}
