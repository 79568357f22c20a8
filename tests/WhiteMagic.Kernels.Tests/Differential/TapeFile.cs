using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace WhiteMagic.Kernels.Tests.Differential;

/// <summary>The bytes of a tape, little-endian: one operation after another, read by tests/instruments/wasm-tape.mjs.</summary>
internal sealed class TapeFile
{
    private const byte Allocate = 1, Write = 2, Read = 3, Reset = 4, Call = 5;

    // Kinds of values; those of the script must be the same.
    private const byte Nothing = 0, Int32 = 1, Int64 = 2, Float32 = 3, Float64 = 4, Pointer = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>The block gets the next number, from 0; pointers that calls return are counted with the blocks.</summary>
    public void AddAllocate(int bytes)
    {
        AddByte(Allocate);
        AddInt32(bytes);
    }

    public void AddReset() => AddByte(Reset);

    public void AddWrite(Ptr target, ReadOnlySpan<byte> bytes) => AddRange(Write, target, bytes);

    /// <summary>The bytes that must be found.</summary>
    public void AddRead(Ptr source, ReadOnlySpan<byte> expected) => AddRange(Read, source, expected);

    /// <summary>Values are int, uint, long, ulong, float, double or <see cref="Ptr"/>; the expected result may be null for nothing.</summary>
    public void AddCall(string export, ReadOnlySpan<object> arguments, object? expected)
    {
        AddByte(Call);
        AddByte((byte)export.Length);
        _bytes.Write(Encoding.ASCII.GetBytes(export));
        AddByte((byte)arguments.Length);
        foreach (object argument in arguments)
        {
            AddValue(argument);
        }

        AddValue(expected);
    }

    private void AddRange(byte operation, Ptr pointer, ReadOnlySpan<byte> bytes)
    {
        AddByte(operation);
        AddPointer(pointer);
        AddInt32(bytes.Length);
        _bytes.Write(bytes);
    }

    private void AddPointer(Ptr pointer)
    {
        AddInt32(pointer.Block);
        AddInt32(pointer.Offset);
    }

    private void AddValue(object? value)
    {
        switch (value)
        {
            case null:
                AddByte(Nothing);
                break;
            case int or uint:
                AddByte(Int32);
                AddInt32(value is int signed ? signed : (int)(uint)value);
                break;
            case long or ulong:
                AddByte(Int64);
                AddInt64(value is long signed64 ? signed64 : (long)(ulong)value);
                break;
            case float single:
                AddByte(Float32);
                AddInt32(BitConverter.SingleToInt32Bits(single));
                break;
            case double number:
                AddByte(Float64);
                AddInt64(BitConverter.DoubleToInt64Bits(number));
                break;
            case Ptr pointer:
                AddByte(Pointer);
                AddPointer(pointer);
                break;
            default:
                throw new ArgumentException($"an export takes no {value.GetType().Name}");
        }
    }

    private void AddByte(byte value) => _bytes.Write([value]);

    private void AddInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
    }

    private void AddInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }
}
