using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>Turns the bytes of a method into instructions; the only place that knows how IL is encoded (ECMA-335, III.1.9).</summary>
internal ref struct IlDecoder(ReadOnlySpan<byte> il)
{
    private const int TwoByteLead = 0xFE;

    private static readonly Dictionary<int, OperandType> _operands = ReadTable();

    private readonly ReadOnlySpan<byte> _il = il;
    private int _at;

    /// <exception cref="CompilationException">The bytes are cut off, or not an instruction.</exception>
    internal static List<IlInstruction> Decode(ReadOnlySpan<byte> il)
    {
        var decoder = new IlDecoder(il);
        var instructions = new List<IlInstruction>();
        while (decoder._at < il.Length)
        {
            instructions.Add(decoder.Next());
        }

        return instructions;
    }

    private IlInstruction Next()
    {
        int start = _at;
        int constrained = 0;
        while (true)
        {
            int value = Take(1)[0];
            if (value == TwoByteLead)
            {
                value = (value << 8) | Take(1)[0];
            }

            if (!_operands.TryGetValue(value, out OperandType kind))
            {
                throw new CompilationException(Rules.InvalidIl, $"no instruction 0x{value:x} at IL_{start:x4}");
            }

            switch ((ILOpCode)value)
            {
                case ILOpCode.Constrained:
                    constrained = TakeInt32();
                    break;
                case ILOpCode.Unaligned:
                    Take(1);
                    break;
                case ILOpCode.Volatile or ILOpCode.Readonly or ILOpCode.Tail:
                    break;
                default:
                    return Finish(start, (ILOpCode)value, kind, constrained);
            }
        }
    }

    private IlInstruction Finish(int start, ILOpCode code, OperandType kind, int constrained)
    {
        long operand = 0;
        double real = 0;
        int[] targets = [];
        switch (kind)
        {
            case OperandType.InlineNone:
                break;
            case OperandType.ShortInlineBrTarget:
                operand = (sbyte)Take(1)[0];
                operand += _at;
                break;
            case OperandType.InlineBrTarget:
                operand = TakeInt32();
                operand += _at;
                break;
            case OperandType.ShortInlineI:
                operand = (sbyte)Take(1)[0];
                break;
            case OperandType.ShortInlineVar:
                operand = Take(1)[0];
                break;
            case OperandType.InlineVar:
                operand = BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));
                break;
            case OperandType.InlineI8:
                operand = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));
                break;
            case OperandType.InlineR:
                real = BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));
                break;
            case OperandType.ShortInlineR:
                real = BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
                break;
            case OperandType.InlineSwitch:
                targets = TakeTargets();
                break;
            default:
                operand = TakeInt32();
                break;
        }

        (ILOpCode longForm, long? implied) = LongForms.Of(code);
        return new IlInstruction(start, _at, longForm, implied ?? operand, real, targets, constrained);
    }

    private int[] TakeTargets()
    {
        int count = TakeInt32();
        if (count < 0 || count > (_il.Length - _at) / sizeof(int))
        {
            throw new CompilationException(Rules.InvalidIl, $"a switch of {count} targets at IL_{_at:x4}");
        }

        int[] targets = new int[count];
        int end = _at + (count * sizeof(int));
        for (int i = 0; i < count; i++)
        {
            targets[i] = end + TakeInt32();
        }

        return targets;
    }

    private int TakeInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > _il.Length - _at)
        {
            throw new CompilationException(Rules.InvalidIl, $"cut off at IL_{_at:x4}");
        }

        ReadOnlySpan<byte> taken = _il.Slice(_at, bytes);
        _at += bytes;
        return taken;
    }

    private static Dictionary<int, OperandType> ReadTable()
    {
        var table = new Dictionary<int, OperandType>();
        foreach (System.Reflection.FieldInfo field in typeof(OpCodes).GetFields())
        {
            if (field.GetValue(null) is OpCode { OpCodeType: not OpCodeType.Nternal } code)
            {
                table[(ushort)code.Value] = code.OperandType;
            }
        }

        return table;
    }
}
