using System;
using WhiteMagic.Wasm.Model;
using WhiteMagic.Wasm.Reading;

namespace WhiteMagic.Wasm.Translation;

/// <summary>
/// Turns the stack code of validated bodies into register code, in one pass over each. Locals and constants become operands where they can, a result
/// is written to the local it is for, a comparison and its branch are one operation, and so are an operation and a small constant.
/// </summary>
/// <remarks>
/// The value at height h of the operand stack has the slot LocalCount + MostHoisted + h. Where code meets, at labels and calls, every value that is passed on is
/// there; between them it may be elsewhere (<see cref="OperandKind"/>). Code that is never reached is left out.
/// </remarks>
internal ref partial struct Translator
{
    // What a slot of 16 bits can name; the rest is for what calls need above their operands.
    private const int MostSlots = 65_000;

    // Constants that are kept in slots during a loop, between locals and operands.
    private const int MostHoisted = 4;

    // Operands above the lowest one in a local. No compiler leaves so many; without a limit, finding those of one local could take long.
    private const int MostOperandsInLocals = 256;

    private readonly WasmModule _module;
    private readonly int _importedFunctionCount;
    private readonly int _importedGlobalCount;
    private readonly CodeBuffer _code = new();
    private ByteReader _reader;
    private Label[] _labels = new Label[16];
    private int _labelCount;
    private int _localCount;
    private long _cost;
    private bool _isReached;

    private Operand[] _operands = new Operand[64];
    private int _operandCount;
    private int _mostOperands;

    // Below this height no operand is in a local.
    private int _storedCount;

    // Between these heights every operand is in its slot.
    private int _settledStart;
    private int _settledEnd;

    // A comparison with a constant that only a branch has room for; that branch comes next.
    private Condition? _comparison;

    // Loops that are open, and the constants kept in slots for them: the last of two words each ends before this word.
    private int _loopCount;
    private readonly long[] _hoisted = new long[MostHoisted];
    private int _hoistedCount;
    private int _hoistEnd;

    // How many operands are in each local.
    private int[] _uses = new int[64];

    private Translator(WasmModule module)
    {
        _module = module;
        _importedFunctionCount = module.Functions.Length - module.Bodies.Length;
        _importedGlobalCount = module.GlobalTypes.Length - module.GlobalValues.Length;
    }

    /// <summary>Translates all bodies of a module that was validated.</summary>
    internal static void Translate(WasmModule module)
    {
        var translator = new Translator(module);
        var functions = new CompiledFunction[module.Bodies.Length];
        for (int i = 0; i < functions.Length; i++)
        {
            functions[i] = translator.Function(module.Types[module.Functions[translator._importedFunctionCount + i]], module.Bodies[i]);
        }

        module.Code = translator._code.ToPinned();
        module.Compiled = functions;
    }

    private CompiledFunction Function(FunctionType type, CodeRange body)
    {
        _reader = new ByteReader(_module.Bytes, body.Start, body.End);
        _localCount = type.Parameters.Length;
        for (uint groups = _reader.UInt32(); groups > 0; groups--)
        {
            _localCount += (int)_reader.UInt32();
            _reader.Type();
        }

        if (Slot(0) > MostSlots)
        {
            throw _reader.TooLarge("slots of a frame", Slot(0), MostSlots);
        }

        ClearOperands();
        _labelCount = 0;
        _cost = _localCount - type.Parameters.Length + 1;
        _isReached = true;
        int start = _code.Count;
        _code.Mark();
        Push(new Label(Opcode.Block, type, 0));
        while (_labelCount > 0)
        {
            if (_isReached)
            {
                _cost++;
                Translate(_reader.Instruction());
            }
            else
            {
                SkipToEnd();
            }
        }

        Truncate(0);
        int frame = Math.Max(Slot(_mostOperands), type.Results.Length);
        return new CompiledFunction(start, _code.Count, type.Parameters.Length, _localCount, frame, Cost);
    }

    private void Translate(Opcode code)
    {
        switch (code)
        {
            case Opcode.Nop:
                break;
            case <= Opcode.Return:
                Control(code);
                break;
            case Opcode.Call:
                int function = (int)_reader.UInt32();
                FunctionType called = _module.Types[_module.Functions[function]];
                Call(called, Instruction.WithNumber(function < _importedFunctionCount ? Op.CallImport : Op.Call, 0, function));
                break;
            case Opcode.CallIndirect:
                CallIndirect();
                break;
            case Opcode.Drop:
                Drop();
                break;
            case Opcode.Select or Opcode.SelectTyped:
                Select(code);
                break;
            case >= Opcode.LocalGet and <= Opcode.TableSet:
                Variable(code);
                break;
            case >= Opcode.FirstLoad and <= Opcode.LastStore:
                Access(code);
                break;
            case Opcode.MemorySize:
                _reader.Byte();
                _code.Add(new Instruction(Op.MemorySize, Push()));
                break;
            case Opcode.MemoryGrow:
                _reader.Byte();
                Unary(Op.MemoryGrow);
                break;
            case >= Opcode.I32Constant and <= Opcode.F64Constant:
                PushConstant(code switch
                {
                    Opcode.I32Constant => _reader.Int32(),
                    Opcode.I64Constant => _reader.Int64(),
                    Opcode.F32Constant => (int)_reader.Bits32(),
                    _ => (long)_reader.Bits64(),
                });
                break;
            case >= Opcode.FirstNumeric and <= Opcode.LastNumeric:
                Numeric(code);
                break;
            case Opcode.ReferenceNull:
                _reader.Byte();
                PushConstant(0);
                break;
            case Opcode.ReferenceIsNull:
                Unary(Op.I64Eqz);
                break;
            case Opcode.ReferenceFunction:
                uint referred = _reader.UInt32();
                _code.Add(Instruction.WithNumber(Op.RefFunc, Push(), (int)referred));
                break;
            case <= Opcode.LastSaturating:
                Unary(Op.I32TruncSatF32S + (code - Opcode.FirstSaturating));
                break;
            default:
                Bulk(code);
                break;
        }
    }

    private void Control(Opcode code)
    {
        switch (code)
        {
            case Opcode.Unreachable:
                _code.Add(new Instruction(Op.Unreachable));
                CutOff();
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
                Branch((int)_reader.UInt32());
                CutOff();
                break;
            case Opcode.BranchIf:
                BranchIf((int)_reader.UInt32());
                break;
            case Opcode.BranchTable:
                BranchTable();
                CutOff();
                break;
            default:
                Return(_labels[0].Type.Results.Length);
                CutOff();
                break;
        }
    }

    private void Open(Opcode code)
    {
        FunctionType type = BlockTypes.Read(ref _reader, _module);
        Condition condition = code == Opcode.If ? PopCondition() : default;

        // Code inside may change locals, and may be left out.
        StoreLocals();
        Store(type.Parameters.Length);
        var label = new Label(code, type, _operandCount - type.Parameters.Length);
        if (code == Opcode.If)
        {
            label.Otherwise = EmitForward(condition.Opposite(), -1);
        }
        else if (code == Opcode.Loop)
        {
            OpenLoop(ref label);
        }

        Push(label);
    }

    private void OpenLoop(ref Label label)
    {
        label.Charge = _code.Count;
        _code.Add(new Instruction(Op.Charge));
        if (_loopCount++ == 0)
        {
            _hoistedCount = 0;
            for (int i = 0; i < 2 * MostHoisted; i++)
            {
                _code.AddWord(default);
            }

            _hoistEnd = _code.Count;
        }

        _code.Mark();
        (label.Start, label.OuterCost, _cost) = (_code.Count, _cost, 1);
    }

    private void CloseLoop(ref Label label)
    {
        // What entering it costs; room for constants that was not used is passed over.
        _code.Number((label.Charge * 2) + 1) = Cost;
        if (--_loopCount == 0)
        {
            _code[label.Charge].A = (ushort)(2 * (MostHoisted - _hoistedCount));
        }

        _code.Bind(label.Branches, label.Start, Cost);
        _cost = label.OuterCost;
    }

    private void Else()
    {
        ref Label label = ref _labels[_labelCount - 1];
        if (_isReached)
        {
            Store(label.Type.Results.Length);
            label.Branches = EmitForward(null, label.Branches);
        }

        Bind(ref label, otherwise: true);
        Truncate(label.Height);
        PushSlots(label.Type.Parameters.Length);
        _isReached = true;
    }

    private void End()
    {
        Label label = _labels[--_labelCount];
        int resultCount = label.Type.Results.Length;
        if (label.IsLoop)
        {
            CloseLoop(ref label);
        }
        else if (label.Branches >= 0 || label.Otherwise >= 0)
        {
            if (_isReached)
            {
                Store(resultCount);
            }

            Bind(ref label, otherwise: true);
            Bind(ref label, otherwise: false);
            Truncate(label.Height);
            PushSlots(resultCount);
            _isReached = true;
        }

        if (_labelCount == 0 && _isReached)
        {
            Return(resultCount);
        }
    }

    private readonly void Bind(ref Label label, bool otherwise)
    {
        int chain = otherwise ? label.Otherwise : label.Branches;
        if (chain >= 0)
        {
            _code.Bind(chain, _code.Count, 0);
            _code.Mark();
        }

        if (otherwise)
        {
            label.Otherwise = -1;
        }
    }

    private void CutOff()
    {
        _isReached = false;
        Truncate(_labels[_labelCount - 1].Height);
    }

    // Branches that bring many values can cost more than a number of 32 bits: then it is the highest there is.
    private readonly int Cost => (int)Math.Min(_cost, int.MaxValue);

    private void Push(Label label)
    {
        if (_labelCount == _labels.Length)
        {
            Array.Resize(ref _labels, _labelCount * 2);
        }

        _labels[_labelCount++] = label;
    }

    // Passes over what is never reached, to the else or end of the innermost block.
    private void SkipToEnd()
    {
        for (int depth = 0; ;)
        {
            Opcode code = _reader.Instruction();
            switch (code)
            {
                case Opcode.Block or Opcode.Loop or Opcode.If:
                    BlockTypes.Read(ref _reader, _module);
                    depth++;
                    break;
                case Opcode.Else when depth == 0:
                    Else();
                    return;
                case Opcode.End when depth == 0:
                    End();
                    return;
                case Opcode.End:
                    depth--;
                    break;
                default:
                    _reader.SkipOperands(code);
                    break;
            }
        }
    }
}
