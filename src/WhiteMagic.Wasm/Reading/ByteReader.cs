using System;
using System.Buffers.Binary;
using System.Text;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Reading;

/// <summary>Reads the numbers, names and types of the binary format between two bytes of a module, and never beyond.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> module, int start, int end)
{
    private const int MoreBit = 0x80;
    private const int GroupBits = 7;
    private const byte VectorType = 0x7B;
    private const string NoSimd = ": SIMD is not supported";

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _module = module;

    internal int At { get; private set; } = start;

    internal int End { get; } = end;

    internal readonly bool IsAtEnd => At == End;

    internal readonly WasmFormatException Malformed(string reason) => new(WasmProblem.Malformed, reason, At);

    internal readonly WasmFormatException Invalid(string reason) => new(WasmProblem.Invalid, reason, At);

    internal readonly WasmFormatException TooShort() => Malformed(End < _module.Length ? "unexpected end of section or function" : "unexpected end");

    internal readonly WasmFormatException TooLarge(string what, long count, long most) =>
        new(WasmProblem.TooLarge, $"{count} {what}, where {most} are allowed", At);

    internal readonly byte Peek() => At < End ? _module[At] : throw TooShort();

    internal byte Byte()
    {
        byte value = Peek();
        At++;
        return value;
    }

    internal uint UInt32()
    {
        uint value = 0;
        for (int shift = 0; ; shift += GroupBits)
        {
            byte next = Byte();
            if (shift == 28)
            {
                Bound((next & MoreBit) == 0, (next & 0x70) == 0);
            }

            value |= (uint)(next & ~MoreBit) << shift;
            if ((next & MoreBit) == 0)
            {
                return value;
            }
        }
    }

    /// <summary>An instruction's opcode. Those behind the prefix have it in their high byte.</summary>
    internal Opcode Instruction()
    {
        var code = (Opcode)Byte();
        if (code != Opcode.Prefix)
        {
            return code;
        }

        uint number = UInt32();
        return number <= byte.MaxValue ? (Opcode)(((uint)code << 8) | number) : throw IllegalOpcode(code);
    }

    /// <summary>What is no instruction here. Compilers can leave those out that belong to an extension.</summary>
    internal readonly WasmFormatException IllegalOpcode(Opcode code) => Malformed("illegal opcode" + (int)code switch
    {
        0xFD => NoSimd,
        0xFE => ": threads are not supported",
        0x12 or 0x13 => ": tail calls are not supported",
        _ => "",
    });

    /// <summary>Passes over what stands behind an opcode, of an instruction that is no block and was validated.</summary>
    internal void SkipOperands(Opcode code)
    {
        switch (code)
        {
            case Opcode.BranchTable:
                for (uint left = UInt32() + 1; left > 0; left--)
                {
                    UInt32();
                }

                break;
            case Opcode.SelectTyped:
                for (uint left = UInt32(); left > 0; left--)
                {
                    Byte();
                }

                break;
            case Opcode.I32Constant or Opcode.I64Constant:
                Int64();
                break;
            case Opcode.F32Constant:
                Bits32();
                break;
            case Opcode.F64Constant:
                Bits64();
                break;
            case >= Opcode.FirstLoad and <= Opcode.LastStore or Opcode.CallIndirect
                or Opcode.MemoryInit or Opcode.MemoryCopy or Opcode.TableInit or Opcode.TableCopy:
                UInt32();
                UInt32();
                break;
            case Opcode.Branch or Opcode.BranchIf or Opcode.Call or >= Opcode.LocalGet and <= Opcode.TableSet
                or Opcode.MemorySize or Opcode.MemoryGrow or Opcode.ReferenceNull or Opcode.ReferenceFunction or >= Opcode.DataDrop:
                UInt32();
                break;
        }
    }

    internal int Int32() => (int)Signed(32);

    internal long Int64() => Signed(64);

    /// <summary>A number with a sign, of so many bits.</summary>
    internal long Signed(int bits)
    {
        long value = 0;
        for (int shift = 0; ; shift += GroupBits)
        {
            byte next = Byte();
            int left = bits - shift;
            if (left <= GroupBits)
            {
                // What is beyond the number repeats its sign.
                int beyond = (next & ~MoreBit) >> (left - 1);
                Bound((next & MoreBit) == 0, beyond == 0 || beyond == (1 << (GroupBits + 1 - left)) - 1);
            }

            value |= (long)(next & ~MoreBit) << shift;
            if ((next & MoreBit) == 0)
            {
                int unused = 64 - shift - GroupBits;
                return unused > 0 ? value << unused >> unused : value;
            }
        }
    }

    internal uint Bits32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    internal ulong Bits64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>A number of things that take a byte each at least.</summary>
    internal int Count(string what, int most)
    {
        uint count = UInt32();
        if (count > (uint)(End - At))
        {
            throw TooShort();
        }

        return count <= (uint)most ? (int)count : throw TooLarge(what, count, most);
    }

    /// <summary>A length in bytes that lie here.</summary>
    internal int Length()
    {
        uint length = UInt32();
        return length <= (uint)(End - At) ? (int)length : throw Malformed("length out of bounds");
    }

    internal ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > End - At)
        {
            throw TooShort();
        }

        ReadOnlySpan<byte> taken = _module.Slice(At, bytes);
        At += bytes;
        return taken;
    }

    internal string Name()
    {
        ReadOnlySpan<byte> name = Take(Length());
        try
        {
            return _utf8.GetString(name);
        }
        catch (ArgumentException)
        {
            throw Malformed("malformed UTF-8 encoding");
        }
    }

    /// <summary>An index below a count.</summary>
    internal int Index(int count, string what)
    {
        uint index = UInt32();
        return index < (uint)count ? (int)index : throw Invalid($"unknown {what} {index}");
    }

    internal void Zero()
    {
        if (Byte() != 0)
        {
            throw Malformed("zero byte expected");
        }
    }

    internal WasmType Type() => IsValueType(Peek()) ? (WasmType)Byte() : throw Malformed("malformed value type" + (Peek() == VectorType ? NoSimd : ""));

    internal WasmType ReferenceType() => (WasmType)Byte() is var type && IsReference(type) ? type : throw Malformed("malformed reference type");

    internal WasmType[] Types(int most)
    {
        var types = new WasmType[Count("parameters or results", most)];
        foreach (ref WasmType type in types.AsSpan())
        {
            type = Type();
        }

        return types;
    }

    internal static bool IsValueType(byte code) => code is >= (byte)WasmType.F64 and <= (byte)WasmType.I32 || IsReference((WasmType)code);

    internal static bool IsReference(WasmType type) => type is WasmType.FunctionReference or WasmType.ExternReference;

    private readonly void Bound(bool isLast, bool isInRange)
    {
        if (!isLast)
        {
            throw Malformed("integer representation too long");
        }

        if (!isInRange)
        {
            throw Malformed("integer too large");
        }
    }
}
