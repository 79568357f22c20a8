using System;
using System.Collections.Generic;

namespace WhiteMagic.Wasm.Tests.Support;

/// <summary>
/// Makes valid modules at random that end: loops have a counter of their own, calls go to functions of higher numbers only. What is not a number is made
/// canonical wherever an operation may give it, so that engines do not differ in it. The function <c>run</c> gives an i32, an i64, an f32 and an f64.
/// </summary>
internal sealed class RandomModule(Random random)
{
    private const byte I32 = 0x7F;
    private const byte I64 = 0x7E;
    private const byte F32 = 0x7D;
    private const byte F64 = 0x7C;
    private const byte Empty = 0x40;
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

        var types = new List<byte> { FunctionCount };
        var bodies = new List<byte> { FunctionCount };
        foreach ((byte[] parameters, byte[] results) in _signatures)
        {
            types.AddRange([0x60, (byte)parameters.Length, .. parameters, (byte)results.Length, .. results]);
        }

        for (int i = 0; i < FunctionCount; i++)
        {
            byte[] body = Body(i);
            bodies.AddRange([.. ModuleBytes.Number((uint)body.Length), .. body]);
        }

        byte[] data = new byte[256];
        random.NextBytes(data);
        return ModuleBytes.Module(
            ModuleBytes.Section(1, [.. types]),
            ModuleBytes.Section(3, [FunctionCount, 0, 1, 2, 3, 4]),
            ModuleBytes.Section(4, [1, 0x70, 0, 8]),
            ModuleBytes.Section(5, [1, 1, 1, 2]),
            ModuleBytes.Section(6, [3, I32, 1, 0x41, 7, 0x0B, I64, 1, 0x42, 9, 0x0B, F64, 1, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0B]),
            ModuleBytes.Section(7, [5, .. ModuleBytes.Name("run"), 0, 0, .. ModuleBytes.Name("memory"), 2, 0, .. ModuleBytes.Name("g0"), 3, 0, .. ModuleBytes.Name("g1"), 3, 1, .. ModuleBytes.Name("g2"), 3, 2]),
            ModuleBytes.Section(9, [1, 0, 0x41, 1, 0x0B, 4, 1, 2, 3, 4]),
            ModuleBytes.Section(10, [.. bodies]),
            ModuleBytes.Section(11, [1, 0, 0x41, 0, 0x0B, .. ModuleBytes.Number((uint)data.Length), .. data]));
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

        // Counters come last, and one more of each kind of number for making it canonical.
        for (int i = 0; i < CounterCount; i++)
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

        return [7, LocalsOfType, I32, LocalsOfType, I64, LocalsOfType, F32, LocalsOfType, F64, CounterCount, I32, 1, F32, 1, F64, .. _code, 0x0B];
    }

    private void Statement(int depth)
    {
        if (depth >= MostDepth || _code.Count > MostBytes)
        {
            Set(Type(), depth + 2);
            return;
        }

        switch (random.Next(16))
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
            default:
                Value(Type(), depth + 1);
                Add(0x1A);
                break;
        }
    }

    // The counter goes up to a limit, or down; the comparison may stand either way round, and the limit may be in a local.
    private void Loop(int depth)
    {
        if (_counters == CounterCount)
        {
            Set(I32, depth);
            return;
        }

        byte counter = (byte)(_locals.Length - 2 - CounterCount + _counters++);
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

    private void Condition(int depth)
    {
        switch (random.Next(5))
        {
            case 0:
                Value(I32, depth + 1);
                break;
            case 1:
                bool isNarrow = random.Next(2) == 0;
                Value(isNarrow ? I32 : I64, depth + 1);
                Add((byte)(isNarrow ? 0x45 : 0x50));
                break;
            case 2:
                // Of a byte in memory.
                Address(depth + 1);
                Add(0x2D, 0, (byte)random.Next(100));
                Number(0x41, random.Next(3));
                Add(random.Next(2) == 0 ? (byte)0x46 : (byte)0x47);
                break;
            default:
                byte type = random.Next(2) == 0 ? I32 : I64;
                Value(type, depth + 1);
                Constant(type);
                Add((byte)((type == I32 ? 0x46 : 0x51) + random.Next(10)));
                if (random.Next(3) == 0)
                {
                    Add(0x45);
                }

                break;
        }
    }

    private void Value(byte type, int depth)
    {
        if (depth >= MostDepth || _code.Count > MostBytes)
        {
            Leaf(type);
            return;
        }

        switch (random.Next(20))
        {
            case < 4:
                Leaf(type);
                break;
            case < 12:
                Operation(type, depth);
                break;
            case 12:
                Address(depth + 1);
                Add(type switch { I32 => Pick(0x28, 0x2C, 0x2D, 0x2E, 0x2F), I64 => Pick(0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35), F32 => (byte)0x2A, _ => (byte)0x2B }, 0);
                Add(ModuleBytes.Number(Offset()));
                Canonical(type);
                break;
            case 13:
                Value(type, depth + 1);
                Value(type, depth + 1);
                Condition(depth + 1);
                Add(0x1B);
                break;
            case 14:
                Value(I32, depth + 1);
                Add(0x04, type);
                Value(type, depth + 1);
                Add(0x05);
                Value(type, depth + 1);
                Add(0x0B);
                break;
            case 15:
                // A branch that brings a value, with another one below it that has to go.
                Add(0x02, type);
                Value(Type(), depth + 2);
                Value(type, depth + 1);
                Condition(depth + 1);
                Add(0x0D, 0, 0x21, Local(type), 0x1A);
                Value(type, depth + 1);
                Add(0x0B);
                break;
            case 16:
                Value(type, depth + 1);
                byte local = Local(type);
                Add(0x22, local);
                break;
            case 17 when _function + 1 < FunctionCount:
                Call(type, depth);
                break;
            case 18 when type == I32:
                Add([.. random.Next(2) == 0 ? (byte[])[0x3F, 0] : [0x41, 1, 0x40, 0]]);
                break;
            default:
                // Below a value that changes its local.
                byte shared = Local(type);
                Add(0x20, shared);
                Value(type, depth + 1);
                Add(0x21, shared, 0x20, shared, type switch { I32 => (byte)0x6A, I64 => (byte)0x7C, F32 => (byte)0x92, _ => (byte)0xA0 });
                Canonical(type);
                break;
        }
    }

    private void Call(byte type, int depth)
    {
        int callee = random.Next(_function + 1, FunctionCount);
        (byte[] parameters, byte[] results) = _signatures[callee];
        if (results[0] != type)
        {
            Leaf(type);
            return;
        }

        foreach (byte parameter in parameters)
        {
            Value(parameter, depth + 1);
        }

        if (random.Next(3) == 0)
        {
            // The table has them from 1 on; now and then nothing, or one of another type, or beyond.
            Number(0x41, random.Next(30) == 0 ? random.Next(9) : callee);
            Add(0x11, (byte)callee, 0);
        }
        else
        {
            Add(0x10, (byte)callee);
        }
    }

    private void Operation(byte type, int depth)
    {
        bool isInteger = type is I32 or I64;
        int first = type switch { I32 => 0x67, I64 => 0x79, F32 => 0x8B, _ => 0x99 };
        int unary = isInteger ? 3 : 7;
        int all = isInteger ? 18 : 14;
        switch (random.Next(10))
        {
            case 0:
                Value(type, depth + 1);
                Add((byte)(first + random.Next(unary)));
                break;
            case 1:
                Convert(type, depth);
                break;
            case 2 when type == I32:
                byte compared = Type();
                Value(compared, depth + 1);
                Value(compared, depth + 1);
                Add((byte)(compared switch { I32 => 0x46 + random.Next(10), I64 => 0x51 + random.Next(10), F32 => 0x5B + random.Next(6), _ => 0x61 + random.Next(6) }));
                break;
            case 3 when type == I32:
                Condition(depth + 1);
                break;
            case < 7:
                // With a constant, on either side.
                bool isLeft = random.Next(3) == 0;
                if (isLeft)
                {
                    Constant(type);
                }

                Value(type, depth + 1);
                if (!isLeft)
                {
                    Constant(type);
                }

                Add(Binary(first, unary, all));
                break;
            case 7 when isInteger:
                // Shifted and added, or or-ed exclusively.
                bool isRight = random.Next(2) == 0;
                if (isRight)
                {
                    Value(type, depth + 1);
                }

                Value(type, depth + 1);
                Number(type == I32 ? (byte)0x41 : (byte)0x42, random.Next(40));
                Add((byte)(first + 13 + random.Next(5)));
                if (!isRight)
                {
                    Value(type, random.Next(2) == 0 ? MostDepth : depth + 1);
                }

                Add((byte)(first + (random.Next(2) == 0 ? 3 : 12)));
                break;
            default:
                Value(type, depth + 1);
                Value(type, depth + 1);
                Add(Binary(first, unary, all));
                break;
        }

        Canonical(type);
    }

    // Most divisions would end in a trap, and what comes after them would not be seen.
    private byte Binary(int first, int unary, int all)
    {
        int number = random.Next(unary, all);
        bool isDivision = all == 18 && number is >= 6 and <= 9;
        return (byte)(first + (isDivision && random.Next(10) > 0 ? 3 : number));
    }

    private void Convert(byte type, int depth)
    {
        (byte From, byte[] Code) conversion = type switch
        {
            I32 => random.Next(9) switch
            {
                0 => (I64, [0xA7]),
                1 => Rare((F32, [0xA8])),
                2 => Rare((F64, [0xAB])),
                3 => (F32, [0xBC]),
                4 => (I32, [0xC0]),
                5 => (I32, [0xC1]),
                6 => (F32, [0xFC, (byte)random.Next(2)]),
                7 => (F64, [0xFC, (byte)random.Next(2, 4)]),
                _ => (I64, [0x50]),
            },
            I64 => random.Next(9) switch
            {
                0 => (I32, [0xAC]),
                1 => (I32, [0xAD]),
                2 => Rare((F32, [0xAE])),
                3 => Rare((F64, [0xB1])),
                4 => (F64, [0xBD]),
                5 => (I64, [(byte)random.Next(0xC2, 0xC5)]),
                6 => (F32, [0xFC, (byte)random.Next(4, 6)]),
                7 => (F64, [0xFC, (byte)random.Next(6, 8)]),
                _ => (I32, [0xAC]),
            },
            F32 => random.Next(6) switch { 0 => (I32, [0xB2]), 1 => (I32, [0xB3]), 2 => (I64, [0xB4]), 3 => (I64, [0xB5]), 4 => (F64, [0xB6]), _ => (I32, [0xBE]) },
            _ => random.Next(6) switch { 0 => (I32, [0xB7]), 1 => (I32, [0xB8]), 2 => (I64, [0xB9]), 3 => (I64, [0xBA]), 4 => (F32, [0xBB]), _ => (I64, [0xBF]) },
        };
        Value(conversion.From, depth + 1);
        Add(conversion.Code);

        // A truncation may end in a trap; the same one that saturates has an opcode of its own.
        (byte, byte[]) Rare((byte From, byte[] Code) trapping) =>
            random.Next(10) == 0 ? trapping : (trapping.From, [0xFC, (byte)(trapping.Code[0] - (type == I32 ? 0xA8 : 0xAE - 4))]);
    }

    // x, or the one form of what is not a number.
    private void Canonical(byte type)
    {
        if (type == F32)
        {
            byte local = (byte)(_locals.Length - 2);
            Add(0x22, local, 0x43, 0, 0, 0xC0, 0x7F, 0x20, local, 0x20, local, 0x5B, 0x1B);
        }
        else if (type == F64)
        {
            byte local = (byte)(_locals.Length - 1);
            Add(0x22, local, 0x44, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F, 0x20, local, 0x20, local, 0x61, 0x1B);
        }
    }

    private void Leaf(byte type)
    {
        if (random.Next(3) == 0)
        {
            Constant(type);
        }
        else
        {
            Add(0x20, Local(type));
        }
    }

    private void Constant(byte type)
    {
        switch (type)
        {
            case I32:
                Number(0x41, (int)Integer());
                break;
            case I64:
                Number(0x42, Integer());
                break;
            case F32:
                Add(0x43);
                Add(BitConverter.GetBytes((float)Real()));
                break;
            default:
                Add(0x44);
                Add(BitConverter.GetBytes(Real()));
                break;
        }
    }

    private long Integer() => random.Next(8) switch
    {
        0 => 0,
        1 => -1,
        2 => random.Next(-10, 70),
        3 => random.Next(-33_000, 33_000),
        4 => int.MinValue,
        5 => random.NextInt64(),
        6 => 1L << random.Next(64),
        _ => random.Next(),
    };

    private double Real() => random.Next(8) switch
    {
        0 => 0,
        1 => -0.0,
        2 => double.PositiveInfinity,
        3 => random.Next(-100, 100) / 2.0,
        4 => random.NextDouble() * 1e19,
        5 => -random.NextDouble() * 1e10,
        6 => BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000),
        _ => random.NextDouble(),
    };

    private byte Type() => _types[random.Next(4)];

    private byte Pick(params ReadOnlySpan<byte> codes) => codes[random.Next(codes.Length)];

    // A local of a type; neither a counter nor one for making numbers canonical.
    private byte Local(byte type)
    {
        int parameters = _signatures[_function].Parameters.Length;
        int first = parameters + (Array.IndexOf(_types, type) * LocalsOfType);
        int parameter = Array.IndexOf(_signatures[_function].Parameters, type);
        return (byte)(parameter >= 0 && random.Next(4) == 0 ? parameter : first + random.Next(LocalsOfType));
    }

    private void Number(byte code, long value)
    {
        Add(code);
        while (true)
        {
            byte next = (byte)(value & 0x7F);
            value >>= 7;
            bool isLast = (value == 0 && (next & 0x40) == 0) || (value == -1 && (next & 0x40) != 0);
            Add((byte)(isLast ? next : next | 0x80));
            if (isLast)
            {
                return;
            }
        }
    }

    private void Add(params ReadOnlySpan<byte> bytes) => _code.AddRange(bytes);
}
