using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Validation;

/// <summary>Instructions that reach locals, globals, tables and memory.</summary>
internal ref partial struct BodyValidator
{
    private const uint MemoryFlagsEnd = 32;

    private void Variable(Opcode code)
    {
        switch (code)
        {
            case Opcode.LocalGet:
                _stack.Push(Local());
                break;
            case Opcode.LocalSet:
                Pop(Local());
                break;
            case Opcode.LocalTee:
                WasmType local = Local();
                Pop(local);
                _stack.Push(local);
                break;
            case Opcode.GlobalGet:
                _stack.Push(Global().Value);
                break;
            case Opcode.GlobalSet:
                GlobalType global = Global();
                Pop(global.IsMutable ? global.Value : throw _reader.Invalid("global is immutable"));
                break;
            case Opcode.TableGet:
                WasmType read = Table();
                Pop(WasmType.I32);
                _stack.Push(read);
                break;
            case Opcode.TableSet:
                Pop(Table());
                Pop(WasmType.I32);
                break;
        }
    }

    private void Access(Opcode code)
    {
        uint alignment = _reader.UInt32();
        if (alignment >= MemoryFlagsEnd)
        {
            throw _reader.Malformed("malformed memop flags");
        }

        _reader.UInt32();
        Memory();
        if (alignment > NumericSignatures.NaturalAlignment(code))
        {
            throw _reader.Invalid("alignment must not be larger than natural");
        }

        WasmType type = NumericSignatures.AccessType(code);
        if (code >= Opcode.FirstStore)
        {
            Pop(type);
            Pop(WasmType.I32);
        }
        else
        {
            Pop(WasmType.I32);
            _stack.Push(type);
        }
    }

    private void Bulk(Opcode code)
    {
        switch (code)
        {
            case Opcode.MemoryInit:
                uint copied = _reader.UInt32();
                MemoryOperand();
                Data(copied);
                PopThree();
                break;
            case Opcode.DataDrop:
                Data(_reader.UInt32());
                break;
            case Opcode.MemoryCopy:
                MemoryOperand();
                MemoryOperand();
                PopThree();
                break;
            case Opcode.MemoryFill:
                MemoryOperand();
                PopThree();
                break;
            case Opcode.TableInit:
                uint element = _reader.UInt32();
                WasmType into = Table();
                Match(Element(element) == into);
                PopThree();
                break;
            case Opcode.ElementDrop:
                Element(_reader.UInt32());
                break;
            case Opcode.TableCopy:
                WasmType to = Table();
                Match(to == Table());
                PopThree();
                break;
            case Opcode.TableGrow:
                WasmType grown = Table();
                Pop(WasmType.I32);
                Pop(grown);
                _stack.Push(WasmType.I32);
                break;
            case Opcode.TableSize:
                Table();
                _stack.Push(WasmType.I32);
                break;
            case Opcode.TableFill:
                WasmType filled = Table();
                Pop(WasmType.I32);
                Pop(filled);
                Pop(WasmType.I32);
                break;
        }
    }

    private WasmType Local() => _locals[_reader.Index(_locals.Count, "local")];

    private GlobalType Global() => _module.GlobalTypes[_reader.Index(_module.GlobalTypes.Length, "global")];

    private WasmType Table() => _module.Tables[_reader.Index(_module.Tables.Length, "table")].Element;

    private readonly WasmType Element(uint segment) =>
        segment < (uint)_module.Elements.Length ? _module.Elements[segment].Type : throw _reader.Invalid($"unknown elem segment {segment}");

    private readonly void Data(uint segment)
    {
        if (_context.DataCount is null && _module.Data.Length > 0)
        {
            throw _reader.Malformed("data count section required");
        }

        if (segment >= (uint)_module.Data.Length)
        {
            throw _reader.Invalid($"unknown data segment {segment}");
        }
    }

    private void MemoryOperand()
    {
        _reader.Zero();
        Memory();
    }

    private readonly void Memory()
    {
        if (_module.Memories.Length == 0)
        {
            throw _reader.Invalid("unknown memory 0");
        }
    }

    private void PopThree()
    {
        Pop(WasmType.I32);
        Pop(WasmType.I32);
        Pop(WasmType.I32);
    }
}
