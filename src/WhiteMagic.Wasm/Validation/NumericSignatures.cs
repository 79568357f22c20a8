using System;
using WhiteMagic.Wasm.Model;
using static WhiteMagic.Wasm.WasmType;

namespace WhiteMagic.Wasm.Validation;

/// <summary>What memory accesses and numeric operations take and give.</summary>
internal static class NumericSignatures
{
    private static readonly Signature[] _all = MakeAll();

    // By opcode from i32.load to i64.store32: the value's type, and the binary logarithm of its bytes in memory.
    private static ReadOnlySpan<WasmType> AccessTypes =>
        [I32, I64, F32, F64, I32, I32, I32, I32, I64, I64, I64, I64, I64, I64, I32, I64, F32, F64, I32, I32, I64, I64, I64];

    private static ReadOnlySpan<byte> AccessAlignments => [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];

    internal static WasmType AccessType(Opcode code) => AccessTypes[code - Opcode.FirstLoad];

    internal static uint NaturalAlignment(Opcode code) => AccessAlignments[code - Opcode.FirstLoad];

    internal static Signature Of(Opcode code) => _all[code - Opcode.FirstNumeric];

    /// <summary>Of a truncation that saturates.</summary>
    internal static (WasmType From, WasmType To) OfSaturating(Opcode code)
    {
        int number = code - Opcode.FirstSaturating;
        return ((number & 2) == 0 ? F32 : F64, number < 4 ? I32 : I64);
    }

    private static Signature[] MakeAll()
    {
        var all = new Signature[Opcode.LastNumeric - Opcode.FirstNumeric + 1];
        int at = 0;
        void Next(int count, WasmType operand, int arity, WasmType result)
        {
            all.AsSpan(at, count).Fill(new Signature(operand, arity, result));
            at += count;
        }

        // i32.eqz, comparisons, and the same of the other types
        Next(1, I32, 1, I32);
        Next(10, I32, 2, I32);
        Next(1, I64, 1, I32);
        Next(10, I64, 2, I32);
        Next(6, F32, 2, I32);
        Next(6, F64, 2, I32);

        // clz, ctz, popcnt; add to rotr; abs to sqrt; add to copysign
        Next(3, I32, 1, I32);
        Next(15, I32, 2, I32);
        Next(3, I64, 1, I64);
        Next(15, I64, 2, I64);
        Next(7, F32, 1, F32);
        Next(7, F32, 2, F32);
        Next(7, F64, 1, F64);
        Next(7, F64, 2, F64);

        // i32.wrap_i64 and i32.trunc
        Next(1, I64, 1, I32);
        Next(2, F32, 1, I32);
        Next(2, F64, 1, I32);

        // i64.extend and i64.trunc
        Next(2, I32, 1, I64);
        Next(2, F32, 1, I64);
        Next(2, F64, 1, I64);

        // f32.convert and f32.demote
        Next(2, I32, 1, F32);
        Next(2, I64, 1, F32);
        Next(1, F64, 1, F32);

        // f64.convert and f64.promote
        Next(2, I32, 1, F64);
        Next(2, I64, 1, F64);
        Next(1, F32, 1, F64);

        // reinterpret
        Next(1, F32, 1, I32);
        Next(1, F64, 1, I64);
        Next(1, I32, 1, F32);
        Next(1, I64, 1, F64);

        // extend8_s, extend16_s, extend32_s
        Next(2, I32, 1, I32);
        Next(3, I64, 1, I64);
        return all;
    }

    /// <summary>So many operands of one type, and a result.</summary>
    internal readonly struct Signature(WasmType operand, int arity, WasmType result)
    {
        internal WasmType Operand { get; init; } = operand;

        internal int Arity { get; init; } = arity;

        internal WasmType Result { get; init; } = result;
    }
}
