using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Compiler.Tests.Idioms;

// Buffers given by the tests have 256 bytes.
internal static unsafe class MemoryIdioms
{
    private static ReadOnlySpan<byte> Bytes => [3, 1, 4, 1, 5, 9, 2, 6];

    private static ReadOnlySpan<int> Integers => [1, 1, 2, 3, 5, 8, 13, 21];

    private static ReadOnlySpan<double> Doubles => [0.5, -0.0, double.Epsilon, 1e300];

    private static ReadOnlySpan<char> Characters => ['a', 'z', 'é'];

    [WasmExport("pointer_arithmetic")]
    internal static int Pointers(int* p, int i)
    {
        int* q = p + (i & 15);
        q[1] = 7;
        *(q + 2) = q[1] + 1;
        q++;
        return (int)(q - p) + *q + (q > p ? 100 : 0);
    }

    [WasmExport("unaligned_access")]
    internal static long Unaligned(byte* p)
    {
        *(long*)(p + 3) = 0x0102030405060708;
        *(float*)(p + 21) = 1.5f;
        return *(int*)(p + 5) + *(short*)(p + 1);
    }

    [WasmExport("small_loads_and_stores")]
    internal static int Small(byte* p)
    {
        ((sbyte*)p)[10] = -3;
        ((short*)p)[6] = -300;
        ((ushort*)p)[7] = 65000;
        ((char*)p)[8] = 'x';
        ((bool*)p)[30] = true;
        return ((sbyte*)p)[10] + ((short*)p)[6] + ((ushort*)p)[7] + ((char*)p)[8] + p[30];
    }

    [WasmExport("pointer_comparison_and_casts")]
    internal static int Compare(byte* p)
    {
        void* v = p;
        byte* end = p + 10;
        int n = 0;
        for (byte* q = (byte*)v; q < end; q += 3)
        {
            n++;
        }

        return n + (p != null ? 10 : 0) + ((nuint)p % 16 == 0 ? 100 : 0);
    }

    [WasmExport("span_bounds")]
    internal static int Bounds(byte* p, int i) => new Span<byte>(p, 16)[i];

    [WasmExport("span_negative_length")]
    internal static int NegativeLength(byte* p, int n) => new Span<byte>(p, Math.Min(n, 200)).Length;

    [WasmExport("span_slice_and_ranges")]
    internal static int Ranges(byte* p, int n)
    {
        ReadOnlySpan<byte> span = new(p, 32);
        ReadOnlySpan<byte> tail = span[n..];
        return span[^1] + tail.Length + span[1..^1].Length;
    }

    [WasmExport("span_copy_clear_fill")]
    internal static int Copy(byte* p)
    {
        var span = new Span<byte>(p, 100);
        span[..40].CopyTo(span[20..]);
        span[60..70].Clear();
        span[70..90].Fill(9);
        return span[..5].Length + (span[..3].TryCopyTo(span[98..]) ? 1 : 0);
    }

    [WasmExport("span_foreach")]
    internal static int Foreach(int* p)
    {
        int sum = 0;
        foreach (int v in new ReadOnlySpan<int>(p, 20))
        {
            sum = unchecked(sum + v);
        }

        foreach (ref int v in new Span<int>(p, 20))
        {
            v ^= 3;
        }

        return sum;
    }

    [WasmExport("span_sequence_equal")]
    internal static int SequenceEqual(byte* p, byte* q, int n)
    {
        var a = new ReadOnlySpan<byte>(p, n & 127);
        var b = new ReadOnlySpan<byte>(q, n & 127);
        return (a.SequenceEqual(b) ? 1 : 0) + (a.SequenceEqual(a) ? 2 : 0) + (a.StartsWith(b) ? 4 : 0) + (a.SequenceCompareTo(b) > 0 ? 8 : 0);
    }

    [WasmExport("span_sequence_differs_in_one")]
    internal static int SequenceDiffersInOne(byte* p, byte* q, int n)
    {
        // Every length, and for each every single byte that differs.
        var a = new Span<byte>(p, 40);
        var b = new Span<byte>(q, 40);
        int wrong = 0;
        for (int length = 0; length <= 40; length++)
        {
            a.CopyTo(b);
            wrong += a[..length].SequenceEqual(b[..length]) && ((ReadOnlySpan<byte>)a).StartsWith(b[..length]) && ((ReadOnlySpan<byte>)a).EndsWith(b[length..]) ? 0 : 1;
            for (int at = 0; at < length; at++)
            {
                b[at] ^= (byte)(n | 1);
                wrong += a[..length].SequenceEqual(b[..length]) || a[..length].SequenceCompareTo(b[..length]) == 0 ? 1000 : 0;
                b[at] = a[at];
            }
        }

        return wrong;
    }

    [WasmExport("span_index_of")]
    internal static int IndexOf(byte* p, int x)
    {
        ReadOnlySpan<byte> a = new(p, 200);
        return a.IndexOf((byte)x) + (1000 * a.IndexOfAny((byte)1, (byte)x)) + (a.Contains((byte)(x + 1)) ? 500_000 : 0) + a.LastIndexOf((byte)x);
    }

    [WasmExport("span_binary_search")]
    internal static int BinarySearch(int x) => Integers[1..].BinarySearch(x);

    [WasmExport("utf8_literal")]
    internal static int Utf8(byte* p, int i)
    {
        "GET /"u8.CopyTo(new Span<byte>(p, 5));
        return new ReadOnlySpan<byte>(p, 16).StartsWith("GET "u8) ? "hello"u8[(i & 3) + 1] : 0;
    }

    [WasmExport("constant_tables")]
    internal static double Tables(int i) => Bytes[i & 7] + (100 * Integers[i & 7]) + Doubles[i & 3] + Characters[(i & 3) % 3];

    [WasmExport("constant_table_bounds")]
    internal static int TableBounds(int i) => Integers[i];

    [WasmExport("collection_expression")]
    internal static int Collection(int i)
    {
        Span<int> made = [i, i + 1, 7];
        ReadOnlySpan<int> constant = [3, 1, 4];
        return unchecked(made[1] + constant[i & 1]);
    }

    [WasmExport("stackalloc_zeroed")]
    internal static int StackAlloc(int n)
    {
        Span<int> a = stackalloc int[(n & 63) + 1];
        long* b = stackalloc long[4];
        Span<byte> c = stackalloc byte[] { 1, 2, 3, 4, 5 };
        a[^1] = n;
        return a[0] + (int)b[3] + c[4];
    }

    [WasmExport("stackalloc_in_a_called_loop")]
    internal static int StackAllocLoop(int n)
    {
        int sum = 0;
        for (int i = 0; i < 500; i++)
        {
            sum = unchecked(sum + Scratch(i ^ n));
        }

        return sum;
    }

    [WasmExport("skip_locals_init")]
    [SkipLocalsInit]
    internal static int SkipInit(int n)
    {
        Span<int> a = stackalloc int[16];
        a.Fill(n);
        return unchecked(a[0] + a[15]);
    }

    [WasmExport("unsafe_class")]
    internal static int UnsafeClass(byte* p)
    {
        ref byte first = ref Unsafe.AsRef<byte>(p);
        ref int third = ref Unsafe.As<byte, int>(ref Unsafe.Add(ref first, 3));
        third = 0x01020304;
        int read = Unsafe.ReadUnaligned<int>(ref Unsafe.AddByteOffset(ref first, (nint)4));
        Unsafe.WriteUnaligned(ref Unsafe.Subtract(ref Unsafe.Add(ref first, 20), 1), (short)-5);
        long distance = Unsafe.ByteOffset(ref first, ref Unsafe.As<int, byte>(ref third));
        Unsafe.CopyBlock(p + 50, p, 10);
        Unsafe.InitBlock(p + 60, 0xAB, 5);
        Unsafe.SkipInit(out int skipped);
        skipped = Unsafe.SizeOf<Guid>();
        return read + (int)distance + skipped + (Unsafe.IsAddressLessThan(ref first, ref Unsafe.Add(ref first, 1)) ? 1 : 0)
            + (Unsafe.IsNullRef(ref first) ? 2 : 0) + (Unsafe.AreSame(ref first, ref *p) ? 4 : 0) + (int)Unsafe.BitCast<float, uint>(1.25f);
    }

    [WasmExport("memory_marshal")]
    internal static float Marshal(byte* p)
    {
        Span<byte> bytes = new(p, 64);
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(bytes[1..]);
        words[0] = 0x3FC00000;
        float f = MemoryMarshal.Read<float>(bytes[1..]);
        MemoryMarshal.Write(bytes[40..], 7);
        ref uint r = ref MemoryMarshal.GetReference(words);
        r++;
        return f + words.Length + MemoryMarshal.AsBytes(words).Length;
    }

    [WasmExport("binary_primitives")]
    internal static long Binary(byte* p)
    {
        Span<byte> b = new(p, 64);
        BinaryPrimitives.WriteInt32BigEndian(b, 0x11223344);
        BinaryPrimitives.WriteUInt64LittleEndian(b[4..], 0x1122334455667788);
        BinaryPrimitives.WriteDoubleLittleEndian(b[16..], 2.5);
        return BinaryPrimitives.ReadUInt16BigEndian(b) + BinaryPrimitives.ReadInt64BigEndian(b[4..]) + (long)BinaryPrimitives.ReadDoubleLittleEndian(b[16..]);
    }

    [WasmExport("binary_primitives_bounds")]
    internal static int BinaryBounds(byte* p, int n) => BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(p, n & 7));

    [WasmExport("fixed_on_a_span")]
    internal static int Fixed(byte* p)
    {
        Span<byte> span = new(p, 8);
        fixed (byte* q = span)
        {
            q[2] = 5;
            return q[2] + q[3];
        }
    }

    [WasmExport("guid_struct_of_the_framework")]
    internal static int GuidEquality(byte* p, byte* q) => *(Guid*)p == *(Guid*)q ? 1 : 0;

    private static int Scratch(int seed)
    {
        Span<int> scratch = stackalloc int[64];
        scratch[seed & 63] = seed;
        int sum = 0;
        foreach (int v in scratch)
        {
            sum = unchecked((sum * 3) + v);
        }

        return sum;
    }
}
