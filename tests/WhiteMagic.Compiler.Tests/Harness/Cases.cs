using System;
using System.Collections.Generic;
using System.Linq;

namespace WhiteMagic.Compiler.Tests.Harness;

/// <summary>Calls over the edges of each parameter's type; the same ones in every run.</summary>
internal static class Cases
{
    private const int Seed = 20_240_817;
    private const int MostForOne = 120;

    private static readonly int[] _ints =
    [
        0, 1, -1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 31, 32, 33, 63, 64, 100, 127, 128, -128, -129, 255, 256, 32767, -32768, 65535, 65536, 0x12345678, unchecked((int)0x9ABCDEF0),
        int.MaxValue, int.MinValue, int.MaxValue - 5, int.MinValue + 1, -5, -7,
    ];

    private static readonly long[] _longs =
    [
        0, 1, -1, 2, 3, 31, 32, 63, 64, 127, 128, 255, -129, 65535, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, (1L << 53) + 1, 0x123456789ABCDEF0, long.MaxValue,
        long.MinValue, long.MinValue + 1, 0x8000008000000001UL.AsLong(), 0xFFFFFF7FFFFFFC00UL.AsLong(), 0x7FFFFFC000000001,
    ];

    private static readonly double[] _doubles =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 3.999, 127.5, 128, -129, 255.9, 256, 65535.5, 2147483647, 2147483648, -2147483648, -2147483649, 4294967295, 4294967296, 1e10,
        9223372036854775807, -9223372036854775808, -9.3e18, 18446744073709551615, 1.9e19, 1e300, -1e300, double.Epsilon, -double.Epsilon, 2.2e-308, 1e-310, double.MaxValue, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity, 1.0 / 3, 16777217, 0.49999999999999994, 4503599627370497.5,
    ];

    internal static List<Case> Of(Idiom idiom)
    {
        var random = new Random(Seed);
        int all = idiom.Parameters.Aggregate(1, (n, p) => Math.Min(n * EdgeCount(p), 1_000_000));
        var cases = new List<Case>();
        for (int i = 0; i < Math.Min(all, MostForOne); i++)
        {
            cases.Add(Make(idiom, all <= MostForOne ? i : random.Next(all), i, random));
        }

        return cases;
    }

    private static Case Make(Idiom idiom, int choice, int index, Random random)
    {
        byte[] memory = new byte[Case.MemoryBytes];
        random.NextBytes(memory);
        if (index % 4 == 0)
        {
            // Equal buffers, so that what compares them finds something.
            memory.AsSpan(0, Case.BufferBytes).CopyTo(memory.AsSpan(Case.BufferBytes));
        }

        var arguments = new List<long>();
        int buffer = 0;
        foreach (char p in idiom.Parameters)
        {
            int edge = choice % EdgeCount(p);
            choice /= EdgeCount(p);
            arguments.Add(p switch
            {
                'p' => buffer++,
                'i' => _ints[edge],
                'l' => _longs[edge],
                'd' => BitConverter.DoubleToInt64Bits(_doubles[edge]),
                _ => BitConverter.SingleToInt32Bits((float)_doubles[edge]),
            });
        }

        return new Case(idiom, arguments, memory);
    }

    // A pointer counts for some buffers with random content.
    private static int EdgeCount(char parameter) => parameter switch { 'p' => 8, 'i' => _ints.Length, 'l' => _longs.Length, _ => _doubles.Length };

    private static long AsLong(this ulong value) => (long)value;
}
