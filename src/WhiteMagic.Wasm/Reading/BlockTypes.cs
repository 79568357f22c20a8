using System;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Reading;

/// <summary>The types of blocks as they stand in code: nothing, one result, or a function's type.</summary>
internal static class BlockTypes
{
    private const byte Empty = 0x40;

    private static readonly FunctionType _empty = new([], []);

    private static readonly FunctionType[] _ofResult =
    [
        new([], [WasmType.I32]), new([], [WasmType.I64]), new([], [WasmType.F32]), new([], [WasmType.F64]),
        new([], [WasmType.FunctionReference]), new([], [WasmType.ExternReference]),
    ];

    internal static FunctionType Read(ref ByteReader reader, WasmModule module)
    {
        byte first = reader.Peek();
        if (first == Empty)
        {
            reader.Byte();
            return _empty;
        }

        if (ByteReader.IsValueType(first))
        {
            WasmType result = reader.Type();
            return Array.Find(_ofResult, type => type.Results[0] == result)!;
        }

        long index = reader.Signed(33);
        return index >= 0 && index < module.Types.Length ? module.Types[(int)index] : throw reader.Invalid($"unknown type {index}");
    }
}
