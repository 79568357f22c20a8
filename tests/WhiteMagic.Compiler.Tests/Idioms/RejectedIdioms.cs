using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Threading;

#pragma warning disable CA1859, CA5394, CA1806, CA2007, CA1849, xUnit1030, xUnit1031, CA2002, CA1508, SYSLIB1054, CA2101, CA5392

namespace WhiteMagic.Compiler.Tests.Idioms;

// Each method's name ends in the rule that it breaks.
internal static unsafe class RejectedIdioms
{
    private static readonly int[] _table = [1, 2, 3];
    private static readonly int _bad = Explode();

    [ThreadStatic]
    private static int _perThread;

    private interface IShape
    {
        int Area();

        int Double() => Area() * 2;
    }

    private struct Box : IShape
    {
        public int Area() => 3;
    }

    private sealed class Node
    {
        internal int Value;
    }

    private struct WithReference
    {
        internal int A;
        internal string? Name;
    }

    private struct Enumerable : IDisposable
    {
        public void Dispose()
        {
        }
    }

    internal static int NewObject_WMC0001(int a) => new Node { Value = a }.Value;

    internal static int NewArray_WMC0002(int a) => new int[a].Length;

    internal static int StaticArray_WMC0002(int a) => _table[a];

    internal static int StringIndex_WMC0003(int a) => "hello"[a];

    internal static int StringLength_WMC0003(int a) => (a + "x").Length;

    internal static int Lambda_WMC0004(int a)
    {
        Func<int, int> f = x => x + a;
        return f(2);
    }

    internal static int StaticLambda_WMC0004(int a)
    {
        Func<int, int> f = static x => x + 1;
        return f(a);
    }

    internal static int Boxing_WMC0005(int a)
    {
        object o = a;
        return o.GetHashCode();
    }

    internal static int BoxingToInterface_WMC0005(int a)
    {
        IComparable<int> c = a;
        return c.CompareTo(3);
    }

    internal static int EnumToString_WMC0005(int a) => ((DayOfWeek)a).ToString().Length;

    internal static int TryCatch_WMC0007(int a)
    {
        try
        {
            return 10 / a;
        }
        catch (DivideByZeroException)
        {
            return -1;
        }
    }

    internal static int TryFinally_WMC0007(int a)
    {
        using var e = new Enumerable();
        return a;
    }

    internal static int Iterator_WMC0008(int a) => Numbers(a).Count();

    internal static int Async_WMC0008(int a) => AsyncIdiom.Later(a).Result;

    internal static int PInvoke_WMC0009(int a) => getpid() + a;

    internal static int Clock_WMC0010(int a) => (int)DateTime.UtcNow.Ticks + a;

    internal static int Randomness_WMC0010(int a) => Random.Shared.Next(a);

    internal static int ProcessorCount_WMC0010(int a) => Environment.ProcessorCount + a;

    internal static int Sleep_WMC0010(int a)
    {
        Thread.Sleep(a);
        return a;
    }

    internal static double Sine_WMC0011(double a) => Math.Sin(a);

    internal static double Power_WMC0011(double a) => Math.Pow(a, 2);

    internal static float LogOfFloat_WMC0011(float a) => MathF.Log(a);

    internal static double GenericExp_WMC0011(double a) => double.Exp(a);

    internal static double Estimate_WMC0011(double a) => Math.ReciprocalEstimate(a);

    internal static double Fused_WMC0012(double a) => Math.FusedMultiplyAdd(a, a, 1);

    internal static int Hash_WMC0013(int a) => HashCode.Combine(a, 3);

    internal static int Dynamic_WMC0015(int a) => (dynamic)a + 1;

    internal static int TypeName_WMC0015(int a) => typeof(int).Name.Length + a;

    internal static int DefaultMethod_WMC0016(int a) => Twice(default(Box)) + a;

    internal static int ClassParameter_WMC0017(int a) => ValueOf(null) + a;

    internal static int StructWithString_WMC0003(int a)
    {
        WithReference w = default;
        w.A = a;
        return w.A;
    }

    internal static bool BoolResult_WMC0018(int a) => a > 0;

    internal static int ByteParameter_WMC0018(byte a) => a;

    internal static int SpanParameter_WMC0018(Span<byte> a) => a.Length;

    internal static int ThrowingConstructor_WMC0020(int a) => a + _bad;

    internal static int ThreadStatic_WMC0020(int a) => _perThread + a;

    internal static int Vector256Type_WMC0021(int* p) => (Vector256.Load(p) + Vector256.Load(p)).ToScalar();

    internal static float NumericsVector_WMC0021(float* p) => Vector.Sum(*(Vector<float>*)p);

    internal static int UnknownVectorMethod_WMC0021(int* p) => (int)Vector128.AddSaturate(Vector128.Load(p), Vector128.Load(p)).ToScalar();

    internal static int Yield_WMC0010(int a) => Thread.Yield() ? a : 0;

    internal static int ConsoleWrite_WMC0010(int a)
    {
        Console.Write(a);
        return a;
    }

    internal static int List_WMC0001(int a)
    {
        var list = new List<int> { a };
        return list.Count;
    }

    internal static int EndlessGenerics_WMC0028(int a) => Grow(a);

    internal static int UnmanagedPointer_WMC0024(int a)
    {
        delegate* unmanaged<int, int> f = &Unmanaged;
        return f(a);
    }

    // What is wrong with it is inside the framework.
    internal static int SpanSort(int* p)
    {
        new Span<int>(p, 10).Sort();
        return p[0];
    }

    private static int Explode() => throw new InvalidOperationException("no value");

    private static IEnumerable<int> Numbers(int n)
    {
        for (int i = 0; i < n; i++)
        {
            yield return i;
        }
    }

    [DllImport("libc")]
    private static extern int getpid();

    private static int Twice<T>(T shape)
        where T : struct, IShape => shape.Double();

    private static int ValueOf(Node? node) => node!.Value;

    private static int Grow<T>(T value)
        where T : struct => Grow((value, value));

    [UnmanagedCallersOnly]
    private static int Unmanaged(int a) => a;
}
