using System;
using System.Collections.Generic;

namespace WhiteMagic.Wasm.Tests.Support;

/// <summary>
/// Makes valid modules at random that end: loops have counters of their own, calls go to functions of higher numbers only. What is not a number is made
/// canonical wherever an operation may give it, so that engines do not differ in it. The function <c>run</c> gives an i32, an i64, an f32 and an f64; <c>env.host</c>
/// is imported and takes an i32 and an i64 to 31 times the first plus the second.
/// </summary>
internal sealed partial class RandomModule(Random random)
{
    private const byte I32 = 0x7F;
    private const byte I64 = 0x7E;
    private const byte F32 = 0x7D;
    private const byte F64 = 0x7C;
    private const byte Empty = 0x40;
    private const byte HostType = 5;
    private const byte PairType = 6;
    private const byte WideningType = 7;
    private const byte TripleType = 8;
    private const int FunctionCount = 5;
    private const int LocalsOfType = 3;
    private const int CounterCount = 4;
    private const int MostDepth = 5;
    private const int MostBytes = 3000;

    private static readonly byte[] _types = [I32, I64, F32, F64];

    // Comparisons that end a loop, by the specification's order: eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u. Counting up stays below the limit.
    private static readonly int[] _up = [0, 1, 2, 3, 6, 7];
    private static readonly int[] _down = [0, 1, 4, 5, 8];
    private readonly List<byte> _code = [];
    private (byte[] Parameters, byte[] Results)[] _signatures = [];
    private byte[] _locals = [];
    private int _function;
    private int _counters;

    /// <summary>What they import.</summary>
    public static WasmImports Imports { get; } = new WasmImports().Add("env", "host", [WasmType.I32, WasmType.I64], [WasmType.I64], static (_, arguments, results) =>
    {
        results[0] = (ulong)((31L * (int)arguments[0]) + (long)arguments[1]);
        return WasmTrap.None;
    });

    public byte[] Next()
    {
        // The first is run; the others take up to three values and give one.
        _signatures = new (byte[], byte[])[FunctionCount];
        _signatures[0] = ([], [I32, I64, F32, F64]);
        for (int i = 1; i < FunctionCount; i++)
        {
            byte[] parameters = new byte[random.Next(4)];
            for (int k = 0; k < parameters.Length; k++)
            {
                parameters[k] = Type();
            }

            _signatures[i] = (parameters, [Type()]);
        }

        var types = new List<byte> { FunctionCount + 4 };
        var bodies = new List<byte> { FunctionCount };
        foreach ((byte[] parameters, byte[] results) in _signatures)
        {
            types.AddRange([0x60, (byte)parameters.Length, .. parameters, (byte)results.Length, .. results]);
        }

        // Of the host's function; of blocks and loops; of blocks that give three.
        types.AddRange([0x60, 2, I32, I64, 1, I64, 0x60, 2, I32, F64, 2, I32, F64, 0x60, 1, I64, 2, I64, I32, 0x60, 0, 3, I32, I64, F64]);
        for (int i = 0; i < FunctionCount; i++)
        {
            byte[] body = Body(i);
            bodies.AddRange([.. ModuleBytes.Number((uint)body.Length), .. body]);
        }

        byte[] data = new byte[256];
        random.NextBytes(data);
        return ModuleBytes.Module(
            ModuleBytes.Section(1, [.. types]),
            ModuleBytes.Section(2, [1, .. ModuleBytes.Name("env"), .. ModuleBytes.Name("host"), 0, HostType]),
            ModuleBytes.Section(3, [FunctionCount, 0, 1, 2, 3, 4]),
            ModuleBytes.Section(4, [1, 0x70, 1, 8, 12]),
            ModuleBytes.Section(5, [1, 1, 1, 2]),
            ModuleBytes.Section(6, [3, I32, 1, 0x41, 7, 0x0B, I64, 1, 0x42, 9, 0x0B, F64, 1, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0B]),
            ModuleBytes.Section(7, [5, .. ModuleBytes.Name("run"), 0, 1, .. ModuleBytes.Name("memory"), 2, 0, .. ModuleBytes.Name("g0"), 3, 0, .. ModuleBytes.Name("g1"), 3, 1, .. ModuleBytes.Name("g2"), 3, 2]),
            ModuleBytes.Section(9, [2, 0, 0x41, 1, 0x0B, 4, 2, 3, 4, 5, 1, 0, 3, 3, 0, 4]),
            ModuleBytes.Section(12, [2]),
            ModuleBytes.Section(10, [.. bodies]),
            ModuleBytes.Section(11, [2, 0, 0x41, 0, 0x0B, .. ModuleBytes.Number((uint)data.Length), .. data, 1, 20, .. data[..20]]));
    }

    private byte[] Body(int function)
    {
        _function = function;
        _code.Clear();
        _counters = 0;
        (byte[] parameters, byte[] results) = _signatures[function];
        var locals = new List<byte>(parameters);
        foreach (byte type in _types)
        {
            for (int i = 0; i < LocalsOfType; i++)
            {
                locals.Add(type);
            }
        }

        // Counters come last, each with one that ends its loop for certain, and one more of each kind of number for making it canonical.
        for (int i = 0; i < 2 * CounterCount; i++)
        {
            locals.Add(I32);
        }

        locals.AddRange([F32, F64]);
        _locals = [.. locals];
        for (int statements = random.Next(2, 7); statements > 0; statements--)
        {
            Statement(0);
        }

        foreach (byte result in results)
        {
            Value(result, 0);
        }

        return [7, LocalsOfType, I32, LocalsOfType, I64, LocalsOfType, F32, LocalsOfType, F64, 2 * CounterCount, I32, 1, F32, 1, F64, .. _code, 0x0B];
    }

    private void Statement(int depth)
    {
        if (depth >= MostDepth || _code.Count > MostBytes)
        {
            Set(Type(), depth + 2);
            return;
        }

        switch (random.Next(23))
        {
            case < 5:
                Set(Type(), depth);
                break;
            case 5:
                int global = random.Next(3);
                Value(global == 0 ? I32 : global == 1 ? I64 : F64, depth + 1);
                Add(0x24, (byte)global);
                break;
            case < 8:
                Store(depth);
                break;
            case 8:
                Value(I32, depth + 1);
                Add(0x04, Empty);
                Statement(depth + 1);
                if (random.Next(2) == 0)
                {
                    Add(0x05);
                    Statement(depth + 1);
                }

                Add(0x0B);
                break;
            case < 12:
                Loop(depth);
                break;
            case 12:
                // Out of a block, maybe of two.
                Add(0x02, Empty, 0x02, Empty);
                Statement(depth + 1);
                Condition(depth + 1);
                Add(0x0D, (byte)random.Next(2));
                Statement(depth + 1);
                Add(0x0B);
                Statement(depth + 1);
                Add(0x0B);
                break;
            case 13:
                Value(I32, depth + 2);
                Add(0x02, Empty, 0x02, Empty, 0x02, Empty);
                Value(I32, depth + 2);
                Add(0x41, 7, 0x71, 0x0E, 2, (byte)random.Next(3), (byte)random.Next(3), (byte)random.Next(3), 0x0B);
                Statement(depth + 1);
                Add(0x0B);
                Statement(depth + 1);
                Add(0x0B, 0x1A);
                break;
            case 14:
                // memory.fill and memory.copy of a few bytes.
                Address(depth + 1);
                Address(depth + 1);
                Number(0x41, random.Next(64));
                Add([.. random.Next(2) == 0 ? (byte[])[0xFC, 11, 0] : [0xFC, 10, 0, 0]]);
                break;
            case 15:
                Value(Type(), depth + 1);
                Add(0x1A);
                break;
            case 16:
                Shuffle();
                break;
            case 17:
                StoreAtASum(depth);
                break;
            case 18:
                Blocks(depth);
                break;
            case 19:
                TableOrSegment(depth);
                break;
            case 20:
                LoopWithValues(depth);
                break;
            default:
                GuardedLoop(depth);
                break;
        }
    }

    // The counter goes up to a limit, or down; the comparison may stand either way round, and the limit may be in a local.
    private void Loop(int depth)
    {
        if (_counters == CounterCount)
        {
            Shuffle();
            return;
        }

        byte counter = (byte)(_locals.Length - 2 - (2 * CounterCount) + _counters++);
        int rounds = random.Next(1, 6);
        int step = random.Next(5) == 0 ? 100_000 : random.Next(1, 4);
        bool isUp = random.Next(2) == 0;
        int start = isUp ? 0 : rounds * step;
        int limit = isUp ? rounds * step : 0;

        int comparison = isUp ? _up[random.Next(_up.Length)] : _down[random.Next(_down.Length)];
        Number(0x41, start);
        Add(0x21, counter, 0x03, Empty);
        Statement(depth + 1);
        if (random.Next(2) == 0)
        {
            Statement(depth + 1);
        }

        bool isSwapped = random.Next(3) == 0;
        byte limitLocal = Local(I32);
        bool inLocal = random.Next(2) == 0;
        if (inLocal)
        {
            Number(0x41, limit);
            Add(0x21, limitLocal);
        }

        if (isSwapped)
        {
            Limit(inLocal, limitLocal, limit);
        }

        Add(0x20, counter);
        Number(0x41, isUp ? step : -step);
        Add(0x6A);
        Add(0x22, counter);
        if (!isSwapped)
        {
            Limit(inLocal, limitLocal, limit);
        }

        int mirrored = comparison switch { 2 or 3 or 6 or 7 => comparison + 2, 4 or 5 or 8 or 9 => comparison - 2, _ => comparison };
        Add((byte)(0x46 + (isSwapped ? mirrored : comparison)), 0x0D, 0, 0x0B);
        _counters--;
    }

    private void Limit(bool inLocal, byte local, int limit)
    {
        if (inLocal)
        {
            Add(0x20, local);
        }
        else
        {
            Number(0x41, limit);
        }
    }

    private void Set(byte type, int depth)
    {
        Value(type, depth + 1);
        Add(0x21, Local(type));
    }

    private void Store(int depth)
    {
        Address(depth + 1);
        byte type = Type();
        byte code = type switch { I32 => Pick(0x36, 0x3A, 0x3B), I64 => Pick(0x37, 0x3C, 0x3D, 0x3E), F32 => 0x38, _ => 0x39 };
        Value(type, depth + 1);
        Add(code, 0);
        Add(ModuleBytes.Number(Offset()));
    }

    private uint Offset() => random.Next(100) switch { < 60 => (uint)random.Next(300), 60 => 65_520 + (uint)random.Next(40), 61 => 70_000, _ => 0 };

    // Mostly inside of memory.
    private void Address(int depth)
    {
        Value(I32, depth + 1);
        if (random.Next(100) > 0)
        {
            Number(0x41, random.Next(2) == 0 ? 0xFFF : 0xFF);
            Add(0x71);
        }

        if (random.Next(3) == 0)
        {
            Number(0x41, random.Next(2) == 0 ? random.Next(100) : random.Next(33_000, 50_000));
            Add(0x6A);
        }
        else if (random.Next(3) == 0)
        {
            Value(I32, depth + 2);
            Add(0x41, 15, 0x71, 0x6A);
        }
    }
}
