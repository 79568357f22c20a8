using System;
using System.Collections.Generic;

namespace WhiteMagic.Wasm.Tests.Support;

/// <summary>Values: operations, conversions, constants.</summary>
internal sealed partial class RandomModule
{
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

        switch (random.Next(22))
        {
            case < 4:
                Leaf(type);
                break;
            case < 12:
                Operation(type, depth);
                break;
            case 12:
                if (random.Next(2) == 0)
                {
                    Address(depth + 1);
                }
                else
                {
                    SumForAddress(depth);
                }

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
            case 18:
                Leaf(type);
                break;
            case 19:
                TableOfValues(type, depth);
                break;
            case 20 when type == I64:
                Value(I32, depth + 1);
                Value(I64, depth + 1);
                Add(0x10, 0);
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
            Add(0x10, (byte)(callee + 1));
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
                1 => Rare((F32, [Pick(0xA8, 0xA9)])),
                2 => Rare((F64, [Pick(0xAA, 0xAB)])),
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
                2 => Rare((F32, [Pick(0xAE, 0xAF)])),
                3 => Rare((F64, [Pick(0xB0, 0xB1)])),
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
        else if (type != F32 && random.Next(8) == 0)
        {
            Add(0x23, (byte)(type switch { I32 => 0, I64 => 1, _ => 2 }));
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
        Add(ModuleBytes.Signed(value));
    }

    private void Add(params ReadOnlySpan<byte> bytes) => _code.AddRange(bytes);
}
