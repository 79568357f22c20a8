using System;
using System.Collections.Generic;
using WhiteMagic.Wasm.Model;
using WhiteMagic.Wasm.Reading;

namespace WhiteMagic.Wasm.Validation;

/// <summary>Validates the bodies of a module's functions, one pass over each.</summary>
internal ref partial struct BodyValidator
{
    private readonly ModuleContext _context;
    private readonly WasmModule _module;
    private readonly ModuleLimits _limits;
    private readonly TypeStack _stack = new();
    private readonly List<WasmType> _locals = [];
    private ByteReader _reader;

    private BodyValidator(ModuleContext context, ModuleLimits limits)
    {
        _context = context;
        _module = context.Module;
        _limits = limits;
    }

    internal static void Validate(ModuleContext context, ModuleLimits limits)
    {
        var validator = new BodyValidator(context, limits);
        WasmModule module = context.Module;
        int first = module.Functions.Length - module.Bodies.Length;
        for (int i = 0; i < module.Bodies.Length; i++)
        {
            validator.Validate(module.Types[module.Functions[first + i]], module.Bodies[i]);
        }
    }

    private void Validate(FunctionType type, CodeRange body)
    {
        _reader = new ByteReader(_module.Bytes, body.Start, body.End);
        ReadLocals(type);
        _stack.Clear();
        _stack.Open(Opcode.Block, new FunctionType([], type.Results));
        while (_stack.Depth > 0)
        {
            Instruction(_reader.Instruction());
        }

        if (!_reader.IsAtEnd)
        {
            throw _reader.Malformed("END opcode expected");
        }
    }

    private void ReadLocals(FunctionType type)
    {
        _locals.Clear();
        _locals.AddRange(type.Parameters);
        long total = 0;
        int groups = _reader.Count("groups of locals", int.MaxValue);
        for (int i = 0; i < groups; i++)
        {
            uint count = _reader.UInt32();
            total += count;
            if (total > uint.MaxValue)
            {
                throw _reader.Malformed("too many locals");
            }

            WasmType local = _reader.Type();
            for (uint k = 0; k < count && _locals.Count <= _limits.Locals; k++)
            {
                _locals.Add(local);
            }
        }

        if (_locals.Count > _limits.Locals)
        {
            throw _reader.TooLarge("locals", total + type.Parameters.Length, _limits.Locals);
        }
    }

    private void Instruction(Opcode code)
    {
        switch (code)
        {
            case Opcode.Nop:
                break;
            case <= Opcode.Return:
                Control(code);
                break;
            case Opcode.Call:
                Call(_module.Types[_module.Functions[_reader.Index(_module.Functions.Length, "function")]]);
                break;
            case Opcode.CallIndirect:
                CallIndirect();
                break;
            case Opcode.Drop:
                Match(_stack.TryPop(out _));
                break;
            case Opcode.Select:
                Select();
                break;
            case Opcode.SelectTyped:
                SelectTyped();
                break;
            case >= Opcode.LocalGet and <= Opcode.TableSet:
                Variable(code);
                break;
            case >= Opcode.FirstLoad and <= Opcode.LastStore:
                Access(code);
                break;
            case Opcode.MemorySize:
                MemoryOperand();
                _stack.Push(WasmType.I32);
                break;
            case Opcode.MemoryGrow:
                MemoryOperand();
                Pop(WasmType.I32);
                _stack.Push(WasmType.I32);
                break;
            case Opcode.I32Constant:
                _reader.Int32();
                _stack.Push(WasmType.I32);
                break;
            case Opcode.I64Constant:
                _reader.Int64();
                _stack.Push(WasmType.I64);
                break;
            case Opcode.F32Constant:
                _reader.Bits32();
                _stack.Push(WasmType.F32);
                break;
            case Opcode.F64Constant:
                _reader.Bits64();
                _stack.Push(WasmType.F64);
                break;
            case >= Opcode.FirstNumeric and <= Opcode.LastNumeric:
                Numeric(NumericSignatures.Of(code));
                break;
            case >= Opcode.ReferenceNull and <= Opcode.ReferenceFunction:
                Reference(code);
                break;
            case >= Opcode.FirstSaturating and <= Opcode.LastSaturating:
                (WasmType from, WasmType to) = NumericSignatures.OfSaturating(code);
                Pop(from);
                _stack.Push(to);
                break;
            case >= Opcode.MemoryInit and <= Opcode.TableFill:
                Bulk(code);
                break;
            default:
                throw _reader.IllegalOpcode(code);
        }
    }

    private void Control(Opcode code)
    {
        switch (code)
        {
            case Opcode.Unreachable:
                _stack.CutOff();
                break;
            case Opcode.Block or Opcode.Loop or Opcode.If:
                Open(code);
                break;
            case Opcode.Else:
                Else();
                break;
            case Opcode.End:
                End();
                break;
            case Opcode.Branch:
                Match(_stack.TryPop(Label()));
                _stack.CutOff();
                break;
            case Opcode.BranchIf:
                WasmType[] label = Label();
                Pop(WasmType.I32);
                Match(_stack.TryPop(label));
                _stack.Push(label);
                break;
            case Opcode.BranchTable:
                BranchTable();
                break;
            case Opcode.Return:
                Match(_stack.TryPop(_stack.Frame(_stack.Depth - 1).Type.Results));
                _stack.CutOff();
                break;
            default:
                throw _reader.IllegalOpcode(code);
        }
    }

    private void Open(Opcode code)
    {
        FunctionType type = BlockTypes.Read(ref _reader, _module);
        if (code == Opcode.If)
        {
            Pop(WasmType.I32);
        }

        Match(_stack.TryPop(type.Parameters));
        if (_stack.Depth > _limits.Nesting)
        {
            throw _reader.TooLarge("blocks in one another", _stack.Depth, _limits.Nesting);
        }

        _stack.Open(code, type);
    }

    private void Else()
    {
        if (_stack.Frame(0).Code != Opcode.If)
        {
            throw _reader.Malformed("else without if");
        }

        Match(_stack.TryClose(out ControlFrame closed));
        _stack.Open(Opcode.Else, closed.Type);
    }

    private void End()
    {
        Match(_stack.TryClose(out ControlFrame closed));

        // Without else, what came goes.
        Match(closed.Code != Opcode.If || closed.Type.Parameters.AsSpan().SequenceEqual(closed.Type.Results));
        if (_stack.Depth > 0)
        {
            _stack.Push(closed.Type.Results);
        }
    }

    private WasmType[] Label()
    {
        uint outside = _reader.UInt32();
        return outside < (uint)_stack.Depth ? _stack.Frame((int)outside).Label : throw _reader.Invalid($"unknown label {outside}");
    }

    // All targets take as many; the last one's types are taken from the stack.
    private void BranchTable()
    {
        int count = _reader.Count("targets", _limits.BranchTargets);
        Pop(WasmType.I32);
        int arity = -1;
        for (int i = 0; i <= count; i++)
        {
            WasmType[] label = Label();
            Match((arity < 0 || label.Length == arity) && _stack.HasOnTop(label));
            arity = label.Length;
        }

        _stack.CutOff();
    }

    private void Call(FunctionType type)
    {
        Match(_stack.TryPop(type.Parameters));
        _stack.Push(type.Results);
    }

    private void CallIndirect()
    {
        FunctionType type = _module.Types[_reader.Index(_module.Types.Length, "type")];
        Match(Table() == WasmType.FunctionReference);
        Pop(WasmType.I32);
        Call(type);
    }

    private void Select()
    {
        Pop(WasmType.I32);
        Match(_stack.TryPop(out WasmType second));
        Match(_stack.TryPop(out WasmType first));
        Match(!ByteReader.IsReference(first) && !ByteReader.IsReference(second));
        Match(first == second || first == TypeStack.Any || second == TypeStack.Any);
        _stack.Push(first == TypeStack.Any ? second : first);
    }

    private void SelectTyped()
    {
        WasmType[] types = _reader.Types(_limits.Parameters);
        if (types.Length != 1)
        {
            throw _reader.Invalid("invalid result arity");
        }

        Pop(WasmType.I32);
        Pop(types[0]);
        Pop(types[0]);
        _stack.Push(types[0]);
    }

    private void Numeric(NumericSignatures.Signature signature)
    {
        Pop(signature.Operand);
        if (signature.Arity == 2)
        {
            Pop(signature.Operand);
        }

        _stack.Push(signature.Result);
    }

    private void Reference(Opcode code)
    {
        switch (code)
        {
            case Opcode.ReferenceNull:
                _stack.Push(_reader.ReferenceType());
                break;
            case Opcode.ReferenceIsNull:
                Match(_stack.TryPop(out WasmType type) && (type == TypeStack.Any || ByteReader.IsReference(type)));
                _stack.Push(WasmType.I32);
                break;
            default:
                int function = _reader.Index(_module.Functions.Length, "function");
                _stack.Push(_context.Declared.Contains(function) ? WasmType.FunctionReference : throw _reader.Invalid("undeclared function reference"));
                break;
        }
    }

    private readonly void Pop(WasmType wanted) => Match(_stack.TryPop(wanted));

    private readonly void Match(bool isMatch)
    {
        if (!isMatch)
        {
            throw _reader.Invalid("type mismatch");
        }
    }
}
