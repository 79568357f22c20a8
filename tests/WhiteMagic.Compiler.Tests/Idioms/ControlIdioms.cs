using System;

namespace WhiteMagic.Compiler.Tests.Idioms;

internal static unsafe class ControlIdioms
{
    private enum Kind : byte
    {
        A,
        B,
        C,
    }

    [WasmExport("switch_table")]
    internal static int SwitchTable(int a)
    {
        switch (a)
        {
            case 0: return 11;
            case 1: return 7;
            case 2: return 5;
            case 3: return 3;
            case 4: return 2;
            default: return -1;
        }
    }

    [WasmExport("switch_sparse")]
    internal static int SwitchSparse(int a) => a switch { -1 => 1, 7 => 2, 255 => 3, int.MaxValue => 4, int.MinValue => 5, _ => 0 };

    [WasmExport("switch_on_enum_with_guard")]
    internal static int SwitchEnum(int a, int b) => (Kind)a switch
    {
        Kind.A when b > 3 => 1,
        Kind.B => 2,
        Kind.C => b is > 5 and < 10 ? 7 : 8,
        _ => throw new ArgumentException("not a kind"),
    };

    [WasmExport("conditional_on_the_stack")]
    internal static int Conditional(int a, int b) => Pair(a, b > 0 ? a + 1 : b) + (a > b ? Pair(1, a < 0 ? 3 : b) : 5);

    [WasmExport("short_circuit")]
    internal static int ShortCircuit(int a, int b) => (a > 0 && b > 0) || (a < -5 && b != 7) ? 1 : 0;

    [WasmExport("loops")]
    internal static int Loops(int a)
    {
        int n = a & 31;
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            if (i == 20)
            {
                break;
            }

            if (i % 3 == 0)
            {
                continue;
            }

            int j = i;
            do
            {
                sum += j;
            }
            while (--j > 2);
        }

        while (sum > 1000)
        {
            sum -= 1000;
        }

        return sum;
    }

    [WasmExport("goto")]
    internal static int Goto(int a)
    {
        int steps = 0;
        uint x = (uint)a & 0xFFF;
    again:
        if (x <= 1)
        {
            return steps;
        }

        x = (x & 1) == 0 ? x / 2 : (3 * x) + 1;
        steps++;
        goto again;
    }

    [WasmExport("recursion")]
    internal static int Recursion(int a) => Fibonacci(a & 15);

    [WasmExport("mutual_recursion")]
    internal static int MutualRecursion(int a) => IsEven(a & 63) ? 1 : 0;

    [WasmExport("out_and_ref_parameters")]
    internal static int OutAndRef(int a, int b)
    {
        Split(a, out int high, out int low);
        Swap(ref high, ref b);
        return (high * 3) ^ (low * 5) ^ b;
    }

    [WasmExport("local_function_with_capture")]
    internal static int LocalFunction(int a)
    {
        int total = 0;
        Add(1);
        Add(2);
        return total;

        void Add(int k) => total += k * a;
    }

    [WasmExport("throw_is_a_trap")]
    internal static int Throw(int a) => a >= 0 ? a : throw new ArgumentOutOfRangeException(nameof(a), a, $"{a} is below 0");

    [WasmExport("throw_helper_of_the_framework")]
    internal static int ThrowHelper(int a)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        return a + 1;
    }

    [WasmExport("throw_helper_with_a_message")]
    internal static int OwnThrowHelper(int a)
    {
        if (a == 7)
        {
            Fail("seven");
        }

        return a;
    }

    [WasmExport("switch_on_long_and_char")]
    internal static int SwitchWide(long a, int b) => (a switch { 0 => 1, long.MinValue => 2, 1L << 32 => 3, _ => 4 }) + ((char)b switch { 'a' => 10, >= '0' and <= '9' => 20, _ => 30 });

    [WasmExport("patterns")]
    internal static int Patterns(int a, int b) => (a, b) switch
    {
        (0, _) => 1,
        ( > 0, > 0) => 2,
        ( < 0, var y) when y < 0 => 3,
        _ => 4,
    };

    [WasmExport("null_coalescing_nullable")]
    internal static int Nullable(int a)
    {
        int? x = a > 0 ? a : null;
        int? y = x + 3;
        return (y ?? -1) + (x.HasValue ? 100 : 200) + x.GetValueOrDefault();
    }

    [WasmExport("nullable_value_traps")]
    internal static int NullableValue(int a)
    {
        int? x = a > 0 ? a : null;
        return x!.Value;
    }

    private static int Pair(int a, int b) => unchecked((a * 31) + b);

    private static int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);

    private static bool IsEven(int n) => n == 0 || IsOdd(n - 1);

    private static bool IsOdd(int n) => n != 0 && IsEven(n - 1);

    private static void Split(int a, out int high, out int low)
    {
        high = a >> 16;
        low = a & 0xFFFF;
    }

    private static void Swap(ref int a, ref int b) => (a, b) = (b, a);

    private static void Fail(string message) => throw new InvalidOperationException(message);
}
