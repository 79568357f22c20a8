using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Compiler.Tests.Idioms;

internal static unsafe class StructIdioms
{
    private readonly record struct Pair(int X, int Y);

    private struct Mixed
    {
        internal byte A;
        internal double B;
        internal short C;
        internal int D;
        internal bool E;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        internal float Float;

        [FieldOffset(0)]
        internal uint Bits;

        [FieldOffset(6)]
        internal short Tail;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        internal byte A;
        internal int B;
        internal long C;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 2)]
    private struct PackedByTwo
    {
        internal byte A;
        internal int B;
        internal byte C;
    }

    [StructLayout(LayoutKind.Sequential, Size = 40)]
    private struct Sized
    {
        internal int A;
    }

    private struct Empty
    {
    }

    private struct Fixed
    {
        internal fixed ushort Values[8];
    }

    private struct Nested
    {
        internal Mixed First;
        internal Packed Second;
        internal Empty Nothing;
    }

    [InlineArray(5)]
    private struct Five
    {
        private int _first;

        internal readonly int First => _first;

        internal static Five From(int a)
        {
            Five five = default;
            five[0] = a;
            return five;
        }

        internal static int FirstOf(int a) => From(a)._first;
    }

    private struct Counter(int start)
    {
        private int _count = start;

        internal int Count
        {
            readonly get => _count;
            set => _count = value;
        }

        internal void Add(int n) => _count += n;

        internal readonly Counter Twice() => new(_count * 2);

        public static Counter operator +(Counter a, Counter b) => new(a._count + b._count);

        public static implicit operator int(Counter c) => c._count;
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _bytes = bytes;

        internal byte Next()
        {
            byte value = _bytes[0];
            _bytes = _bytes[1..];
            return value;
        }
    }

    private ref struct Holder(ref int target)
    {
        private ref int _target = ref target;

        internal readonly void Add(int n) => _target += n;
    }

    [WasmExport("record_struct_equality_and_with")]
    internal static int Record(int a, int b)
    {
        var p = new Pair(a, b);
        Pair q = p with { X = 3 };
        return p == q ? 1 : unchecked(p.X + q.Y);
    }

    [WasmExport("struct_layout_sequential")]
    internal static int Layout(byte* p)
    {
        Mixed* m = (Mixed*)p;
        m[0].A = 1;
        m[0].B = 2.5;
        m[0].C = 3;
        m[1].D = 4;
        m[1].E = true;
        return (sizeof(Mixed) * 1000) + (int)((byte*)&m->D - p);
    }

    [WasmExport("struct_layout_explicit")]
    internal static int Explicit(float a)
    {
        Union u = default;
        u.Float = float.IsNaN(a) ? 0 : a;
        u.Tail = 3;
        return (int)u.Bits + (u.Tail * 16) + sizeof(Union);
    }

    [WasmExport("struct_layout_pack")]
    internal static int Pack(byte* p)
    {
        ((Packed*)p)[1].B = -2;
        ((Packed*)p)[1].C = 77;
        ((PackedByTwo*)(p + 64))[2].B = 9;
        ((PackedByTwo*)(p + 64))[2].C = 8;
        return sizeof(Packed) + (100 * sizeof(PackedByTwo));
    }

    [WasmExport("struct_layout_size")]
    internal static int Size(int a)
    {
        Sized s = default;
        s.A = a;
        Sized t = s;
        return t.A + sizeof(Sized) + sizeof(Empty);
    }

    [WasmExport("struct_in_struct")]
    internal static int Nesting(byte* p, int a)
    {
        Nested n = default;
        n.First.D = a;
        n.Second.C = a;
        *(Nested*)p = n;
        Nested copy = *(Nested*)p;
        return (int)(copy.First.D + copy.Second.C) + sizeof(Nested);
    }

    [WasmExport("fixed_buffer")]
    internal static int FixedBuffer(int i)
    {
        Fixed f = default;
        f.Values[i & 7] = 7;
        return f.Values[3];
    }

    [WasmExport("inline_array_index_and_span")]
    internal static int InlineArray(int i)
    {
        Five five = default;
        for (int k = 0; k < 5; k++)
        {
            five[k] = k * k;
        }

        Span<int> span = five;
        span[1] = 50;
        return unchecked(five[i] + span.Length + Five.FirstOf(i) + Five.From(i).First);
    }

    [WasmExport("struct_methods_properties_operators")]
    internal static int Methods(int a, int b)
    {
        var c = new Counter(a);
        c.Add(b);
        c.Count += 5;
        int sum = c + c.Twice();
        return sum;
    }

    [WasmExport("struct_by_value_is_a_copy")]
    internal static int ByValue(int a)
    {
        var c = new Counter(a);
        Change(c);
        Counter d = c;
        d.Add(1);
        return c.Count - (2 * d.Count);
    }

    [WasmExport("ref_struct_reader")]
    internal static int RefStruct(byte* p)
    {
        var reader = new Reader(new ReadOnlySpan<byte>(p, 4));
        return reader.Next() + (reader.Next() * 256);
    }

    [WasmExport("ref_field")]
    internal static int RefField(int a)
    {
        int x = a;
        var holder = new Holder(ref x);
        holder.Add(4);
        return x;
    }

    [WasmExport("ref_local_and_ref_return")]
    internal static int RefReturn(int* p, int i)
    {
        ref int r = ref Pick(p, i);
        r += 10;
        ref readonly int q = ref Pick(p, i + 1);
        return r ^ q;
    }

    [WasmExport("tuple")]
    internal static int Tuple(int a, int b)
    {
        (int x, long y, byte z) = Make(a, b);
        return unchecked((x * 10) + (int)y + z);
    }

    [WasmExport("default_and_initobj")]
    internal static int Default(byte* p)
    {
        *(Mixed*)p = default;
        Mixed m = default;
        Clear(out Packed q);
        return m.D + (int)q.C;
    }

    private static void Clear(out Packed p) => p = default;

    private static void Change(Counter c) => c.Add(100);

    private static ref int Pick(int* p, int i) => ref p[i & 7];

    private static (int X, long Y, byte Z) Make(int a, int b) => (b, a, (byte)(a + b));
}
