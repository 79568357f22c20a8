using System;
using WhiteMagic.Wasm.Model;
using WhiteMagic.Wasm.Validation;

namespace WhiteMagic.Wasm.Reading;

/// <summary>What fills tables and memories, and constant expressions.</summary>
internal ref partial struct ModuleReader
{
    private void ReadElements()
    {
        var segments = new ElementSegment[_reader.Count("segments of elements", _limits.Segments)];
        foreach (ref ElementSegment segment in segments.AsSpan())
        {
            segment = ElementSegment();
        }

        _module.Elements = segments;
    }

    // Bit 0: not active; bit 1: with a table's index, or declarative; bit 2: expressions instead of functions.
    private ElementSegment ElementSegment()
    {
        uint flags = _reader.UInt32();
        if (flags > 7)
        {
            throw _reader.Malformed("malformed elements segment kind");
        }

        bool hasExpressions = (flags & 4) != 0;
        SegmentMode mode = (flags & 1) == 0 ? SegmentMode.Active : (flags & 2) == 0 ? SegmentMode.Passive : SegmentMode.Declarative;
        int table = 0;
        Constant offset = default;
        if (mode == SegmentMode.Active)
        {
            table = (flags & 2) == 0 ? 0 : (int)Math.Min(_reader.UInt32(), int.MaxValue);
            if (table >= _tables.Count)
            {
                throw _reader.Invalid($"unknown table {table}");
            }

            offset = Constant(WasmType.I32);
        }

        var type = WasmType.FunctionReference;
        if ((flags & 3) != 0)
        {
            if (hasExpressions)
            {
                type = _reader.ReferenceType();
            }
            else if (_reader.Byte() != 0)
            {
                throw _reader.Malformed("malformed element kind");
            }
        }

        var items = new Constant[_reader.Count("elements", int.MaxValue)];
        foreach (ref Constant item in items.AsSpan())
        {
            item = hasExpressions ? Constant(type) : new Constant(Opcode.ReferenceFunction, (uint)Declare());
        }

        return mode != SegmentMode.Active || _tables[table].Element == type ? new ElementSegment(type, mode, table, offset, items) : throw _reader.Invalid("type mismatch");
    }

    private int Declare()
    {
        int function = _reader.Index(_functions.Count, "function");
        _context.Declared.Add(function);
        return function;
    }

    private void ReadData()
    {
        var segments = new DataSegment[_reader.Count("segments of data", _limits.Segments)];
        foreach (ref DataSegment segment in segments.AsSpan())
        {
            uint flags = _reader.UInt32();
            if (flags > 2)
            {
                throw _reader.Malformed("malformed data segment kind");
            }

            Constant offset = default;
            if (flags != 1)
            {
                uint memory = flags == 2 ? _reader.UInt32() : 0;
                if (memory >= (uint)_memories.Count)
                {
                    throw _reader.Invalid($"unknown memory {memory}");
                }

                offset = Constant(WasmType.I32);
            }

            int length = _reader.Length();
            segment = new DataSegment(flags == 1 ? SegmentMode.Passive : SegmentMode.Active, offset, _reader.At, length);
            _reader.Take(length);
        }

        _module.Data = segments;
    }

    // One instruction and the end. More of them are never of one value.
    private Constant Constant(WasmType wanted)
    {
        Constant value = default;
        var type = TypeStack.Any;
        int count = 0;
        for (var code = (Opcode)_reader.Byte(); code != Opcode.End; code = (Opcode)_reader.Byte())
        {
            (ulong bits, type) = code switch
            {
                Opcode.I32Constant => ((uint)_reader.Int32(), WasmType.I32),
                Opcode.I64Constant => ((ulong)_reader.Int64(), WasmType.I64),
                Opcode.F32Constant => (_reader.Bits32(), WasmType.F32),
                Opcode.F64Constant => (_reader.Bits64(), WasmType.F64),
                Opcode.ReferenceNull => (0ul, _reader.ReferenceType()),
                Opcode.ReferenceFunction => ((uint)Declare(), WasmType.FunctionReference),
                Opcode.GlobalGet => ConstantGlobal(),
                _ => throw (code.IsDefined() ? _reader.Invalid("constant expression required") : _reader.IllegalOpcode(code)),
            };
            value = new Constant(code, bits);
            count++;
        }

        return count == 1 && type == wanted ? value : throw _reader.Invalid("type mismatch");
    }

    private (ulong Index, WasmType Type) ConstantGlobal()
    {
        int index = _reader.Index(_importedGlobalCount, "global");
        return _globals[index].IsMutable ? throw _reader.Invalid("constant expression required") : ((uint)index, _globals[index].Value);
    }
}
