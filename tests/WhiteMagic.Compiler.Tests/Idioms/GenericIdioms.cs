using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Threading;

namespace WhiteMagic.Compiler.Tests.Idioms;

internal static unsafe class GenericIdioms
{
    private static readonly long _start = 40 + Environment.Version.Major - Environment.Version.Major;
    private static readonly double _third = 1.0 / 3;
    private static readonly Settings _settings = new() { A = 3, B = 0.25f };
    private static readonly Vector128<int> _lanes = Vector128.Create(1, -2, 3, 4);
    private static readonly Four _four = Four.Counting();
    private static int _counter = 17;
    private static long _plain;
    private static Settings _mutable;
    private static int* _pointer;

    private interface IOperation<T>
    {
        T Apply(T x);
    }

    private interface IMetric
    {
        static abstract int Distance(int a, int b);

        static virtual int Twice(int a) => a * 2;
    }

    private struct Settings
    {
        internal int A;
        internal float B;
    }

    [InlineArray(4)]
    private struct Four
    {
        private short _first;

        internal static Four Counting()
        {
            Four four = default;
            for (int i = 0; i < 4; i++)
            {
                four[i] = (short)(100 * i);
            }

            return four;
        }
    }

    private readonly struct Adder(int k) : IOperation<int>
    {
        public int Apply(int x) => unchecked(x + k);
    }

    private readonly struct Manhattan : IMetric
    {
        public static int Distance(int a, int b) => unchecked((int)uint.Min((uint)(a - b), (uint)(b - a)));
    }

    private readonly struct Square : IMetric
    {
        public static int Distance(int a, int b) => unchecked((a - b) * (a - b));

        public static int Twice(int a) => a + a;
    }

    private struct Stack<T>
        where T : unmanaged
    {
        private int _count;

        internal int Push(Span<T> into, T item)
        {
            into[_count++] = item;
            return _count + into.Length;
        }
    }

    private struct Key : IEquatable<Key>
    {
        internal int A;
        internal int B;

        public readonly bool Equals(Key other) => A == other.A && B == other.B;

        public override readonly int GetHashCode() => A ^ B;
    }

    [WasmExport("generic_over_struct_interface")]
    internal static int OverInterface(int a) => Run(new Adder(5), a);

    [WasmExport("static_abstract")]
    internal static int StaticAbstract(int a, int b) => unchecked(Measure<Manhattan>(a, b) + (3 * Measure<Square>(a, b)));

    [WasmExport("generic_math")]
    internal static double GenericMath(int a, double b) => unchecked(Sum<int>(a, a) + Sum<double>(b, 1) + Sum<byte>((byte)a, 3) + (double)Sum<long>(a, 1L << 40));

    [WasmExport("typeof_comparison_folds")]
    internal static int TypeOf(int a) => Size<byte>(a) + (10 * Size<int>(a)) + (100 * Size<double>(a));

    [WasmExport("unboxing_what_was_boxed")]
    internal static int Unboxed(int a) => AsInt(a) + AsInt((byte)a);

    [WasmExport("generic_null_check")]
    internal static int NullCheck(int a) => IsNull(a) ? 1 : 2;

    [WasmExport("equality_comparer")]
    internal static int Comparer(int a, int b) => Same(a, b) + (2 * Same((long)a, b)) + (4 * Same(new Key { A = a }, new Key { A = b }));

    [WasmExport("constrained_get_hash_code")]
    internal static int HashOf(int a, int b)
    {
        var key = new Key { A = a, B = b };
        return key.GetHashCode() ^ Hash(key);
    }

    [WasmExport("generic_struct_instances")]
    internal static int GenericStruct(int a)
    {
        Span<short> storage = stackalloc short[4];
        var stack = default(Stack<short>);
        stack.Push(storage, (short)a);
        return stack.Push(storage, 3) + storage[0];
    }

    [WasmExport("function_pointer")]
    internal static int FunctionPointer(int a)
    {
        delegate*<int, int> f = a > 0 ? &Increment : &Decrement;
        delegate*<int, double, long> g = &Both;
        return f(a) + (int)g(2, 3.5) + Apply(f, 3);
    }

    [WasmExport("static_readonly_values")]
    internal static double Readonly(int a) => a + _start + _third + _settings.A + _settings.B;

    [WasmExport("static_readonly_vector_and_inline_array")]
    internal static int ReadonlyLarge(int a) => (_lanes + Vector128.Create(a)).GetElement(1) + _four[a & 3];

    [WasmExport("function_pointer_with_generic_parameters")]
    internal static int GenericPointer(int a)
    {
        delegate*<ReadOnlySpan<int>, in Settings, int?, long> f = &Weigh;
        return (int)f([a, 2], new Settings { A = 3 }, a > 0 ? a : null);
    }

    [WasmExport("function_pointer_table_on_the_stack")]
    internal static int PointerTable(int a)
    {
        delegate*<int, int>* table = stackalloc delegate*<int, int>[2];
        table[0] = &Increment;
        table[1] = &Decrement;
        return table[a & 1](a);
    }

    [WasmExport("span_of_structs")]
    internal static int SpanOfStructs(int a)
    {
        Span<Settings> all = stackalloc Settings[3];
        all[1].A = a;
        all[2] = all[1] with { B = 2 };
        ref Settings last = ref all[^1];
        last.A++;
        return unchecked(all[2].A + (int)all[2].B + all[0].A);
    }

    [WasmExport("ref_conditional")]
    internal static int RefConditional(int a, int b)
    {
        ref int larger = ref a > b ? ref a : ref b;
        larger = 7;
        return unchecked(a - b);
    }

    [WasmExport("mutable_statics")]
    internal static long Mutable(int a)
    {
        // Each run starts from the same values: the tests reset the module, and this puts back what .NET would keep.
        long before = _counter + _plain + _mutable.A;
        _counter = unchecked(_counter + a);
        _plain = a;
        _mutable.A = a;
        _mutable.B = 2;
        int local = 9;
        _pointer = &local;
        long result = before + _counter + _plain + _mutable.A + (long)_mutable.B + *_pointer;
        _counter = 17;
        _plain = 0;
        _mutable = default;
        _pointer = null;
        return result;
    }

    [WasmExport("interlocked_and_volatile")]
    internal static long Atomic(int* p, int a)
    {
        int x = a;
        long y = a;
        uint u = (uint)a;
        long r = Interlocked.Increment(ref x) + Interlocked.Add(ref y, 5) + Interlocked.Exchange(ref *p, a) + Interlocked.CompareExchange(ref x, 3, a + 1)
            + Interlocked.CompareExchange(ref y, 9, 1) + Interlocked.Decrement(ref y) + Interlocked.Or(ref x, 64) + Interlocked.And(ref y, 0xFF)
            + Interlocked.Add(ref u, 7u) + Interlocked.Read(ref y);
        Interlocked.MemoryBarrier();
        Volatile.Write(ref x, 8);
        long wide = 0;
        double number = 0;
        Volatile.Write(ref wide, unchecked(a * 0x123456789ABCDEFL));
        Volatile.Write(ref number, a * 1.5);
        return unchecked(r + Volatile.Read(ref x) + Volatile.Read(ref *p) + y + Volatile.Read(ref wide) + (long)Volatile.Read(ref number));
    }

    [WasmExport("volatile_of_64_bits")]
    internal static long Volatile64(long a)
    {
        long x = -1;
        ulong y = ulong.MaxValue;
        double z = 0;
        Volatile.Write(ref x, a ^ 0x1234_5678_9ABC_DEF0);
        Volatile.Write(ref y, (ulong)a * 3);
        Volatile.Write(ref z, BitConverter.Int64BitsToDouble(a & long.MaxValue >> 12));
        return unchecked(Volatile.Read(ref x) + (long)Volatile.Read(ref y) + BitConverter.DoubleToInt64Bits(Volatile.Read(ref z)));
    }

    [WasmExport("attributes_of_inlining")]
    internal static int Inlining(int a) => Always(a) + Never(a);

    [WasmExport("default_arguments_and_params_span")]
    internal static int Arguments(int a) => Total(a, 2, 3) + WithDefault(a);

    [WasmExport("vectors_of_numerics_are_off")]
    internal static int Numerics(int a) => Vector.IsHardwareAccelerated ? a + Vector<int>.Count - Vector<int>.Count : a;

    private static int Run<T>(T operation, int x)
        where T : struct, IOperation<int> => operation.Apply(x);

    private static int Measure<T>(int a, int b)
        where T : struct, IMetric => unchecked(T.Distance(a, b) + T.Twice(a));

    private static T Sum<T>(T a, T b)
        where T : unmanaged, INumber<T> => unchecked(T.Max((a * b) + T.One, T.CreateTruncating(3)));

    private static int Size<T>(int a)
    {
        if (typeof(T) == typeof(byte))
        {
            return a & 1;
        }

        return typeof(T) == typeof(int) ? 2 : Unsafe.SizeOf<T>();
    }

    private static int AsInt<T>(T value)
    {
        if (typeof(T) == typeof(int))
        {
            return (int)(object)value!;
        }

        return value is byte b ? b + 1000 : -1;
    }

    private static bool IsNull<T>(T value) => value == null;

    private static int Same<T>(T a, T b)
        where T : struct, IEquatable<T> => a.Equals(b) && System.Collections.Generic.EqualityComparer<T>.Default.Equals(b, a) ? 1 : 0;

    private static int Hash<T>(T value)
        where T : struct => value.GetHashCode();

    private static long Weigh(ReadOnlySpan<int> values, in Settings settings, int? extra) => unchecked((long)values[0] * settings.A) + values.Length + (extra ?? -1);

    private static int Increment(int x) => unchecked(x + 1);

    private static int Decrement(int x) => unchecked(x - 1);

    private static long Both(int a, double b) => a + (long)b;

    private static int Apply(delegate*<int, int> f, int x) => f(f(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Always(int a) => a ^ 5;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Never(int a) => a & 5;

    private static int Total(params ReadOnlySpan<int> values)
    {
        int sum = 0;
        foreach (int v in values)
        {
            sum = unchecked(sum + v);
        }

        return sum;
    }

    private static int WithDefault(int a, int b = 7) => unchecked(a - b);
}
