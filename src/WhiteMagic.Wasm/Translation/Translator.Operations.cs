using WhiteMagic.Wasm.Model;
using WhiteMagic.Wasm.Validation;

namespace WhiteMagic.Wasm.Translation;

/// <summary>Variables, memory, tables, numbers and calls.</summary>
internal ref partial struct Translator
{
    private void Variable(Opcode code)
    {
        int index = (int)_reader.UInt32();
        switch (code)
        {
            case Opcode.LocalGet:
                PushLocal(index);
                break;
            case Opcode.LocalSet:
                SetLocal(index);
                break;
            case Opcode.LocalTee:
                SetLocal(index);
                PushLocal(index);
                break;
            case Opcode.GlobalGet:
                int read = Push();
                Global(Op.GlobalGet, Op.GlobalGetCell, read, index);
                break;
            case Opcode.GlobalSet:
                Global(Op.GlobalSet, Op.GlobalSetCell, PopSlot(), index);
                break;
            case Opcode.TableGet:
                int element = PopSlot();
                _code.Add(new Instruction(Op.TableGet, Push(), element, index));
                break;
            case Opcode.TableSet:
                int value = PopSlot();
                _code.Add(new Instruction(Op.TableSet, PopSlot(), value, index));
                break;
        }
    }

    // A global of the module's own is found by its number; one that is imported is elsewhere.
    private readonly void Global(Op own, Op other, int slot, int index)
    {
        int number = index - _importedGlobalCount;
        if (number is >= 0 and <= ushort.MaxValue)
        {
            _code.Add(new Instruction(own, slot, number));
        }
        else
        {
            _code.Add(new Instruction(other, slot), index, 0);
        }
    }

    private void Access(Opcode code)
    {
        _reader.UInt32();
        uint offset = _reader.UInt32();
        bool isStore = code >= Opcode.FirstStore;
        Instruction access = Address(isStore ? 1 : 0, offset, out int addend);
        access.Op += (ushort)(code - Opcode.FirstLoad);
        access.A = (ushort)(isStore ? PopSlot() : 0);
        Drop();
        if (!isStore)
        {
            access.A = (ushort)Push();
        }

        if (Shapes.Words(access.Op) == 1)
        {
            _code.Add(access);
        }
        else
        {
            _code.Add(access, addend, (int)offset);
        }
    }

    // The address, which is so deep on the stack, as operands of a load of 32 bits. Where it was added up just before, the access does that.
    private Instruction Address(int depth, uint offset, out int addend)
    {
        addend = 0;
        bool isValueStored = depth == 1 && _operands[_operandCount - 1].Kind == OperandKind.Slot;

        // A constant that is to be stored may get the slot above the address, which the sum reads when its right operand was there.
        int taken = depth == 1 && _operands[_operandCount - 1].Kind == OperandKind.Constant ? Slot(_operandCount - 1) : -1;
        if (!isValueStored && IsLatest(depth))
        {
            Instruction latest = _code[_code.Latest];
            switch (latest.Op)
            {
                case Op.I32AddImmediate when latest.B != taken:
                    addend = (short)latest.C;
                    _code.TakeBack();
                    return new Instruction(Op.I32LoadWide, 0, latest.B);
                case Op.I32AddWide when latest.B != taken:
                    addend = _code.Number((_code.Latest + 1) * 2);
                    _code.TakeBack();
                    return new Instruction(Op.I32LoadWide, 0, latest.B);
                case Op.I32Add when offset == 0 && latest.C != taken:
                    _code.TakeBack();
                    return new Instruction(Op.I32LoadSum, 0, latest.B, latest.C);
            }
        }

        int slot = StoredSlot(_operandCount - 1 - depth);
        return offset <= ushort.MaxValue ? new Instruction(Op.I32Load, 0, slot, (int)offset) : new Instruction(Op.I32LoadWide, 0, slot);
    }

    private void Bulk(Opcode code)
    {
        switch (code)
        {
            case Opcode.MemoryInit:
                uint data = _reader.UInt32();
                _reader.Byte();
                OfThree(Op.MemoryInit, (int)data, 0);
                break;
            case Opcode.DataDrop:
                _code.Add(Instruction.WithNumber(Op.DataDrop, 0, (int)_reader.UInt32()));
                break;
            case Opcode.MemoryCopy:
                _reader.Byte();
                _reader.Byte();
                OfThree(Op.MemoryCopy);
                break;
            case Opcode.MemoryFill:
                _reader.Byte();
                OfThree(Op.MemoryFill);
                break;
            case Opcode.TableInit:
                int segment = (int)_reader.UInt32();
                OfThree(Op.TableInit, (int)_reader.UInt32(), segment);
                break;
            case Opcode.ElementDrop:
                _code.Add(Instruction.WithNumber(Op.ElementDrop, 0, (int)_reader.UInt32()));
                break;
            case Opcode.TableCopy:
                int to = (int)_reader.UInt32();
                OfThree(Op.TableCopy, to, (int)_reader.UInt32());
                break;
            case Opcode.TableGrow:
                int count = PopSlot();
                int value = PopSlot();
                _code.Add(new Instruction(Op.TableGrow, Push(), value, count), (int)_reader.UInt32(), 0);
                break;
            case Opcode.TableSize:
                int table = (int)_reader.UInt32();
                _code.Add(new Instruction(Op.TableSize, Push(), table));
                break;
            case Opcode.TableFill:
                OfThree(Op.TableFill, (int)_reader.UInt32(), 0);
                break;
        }
    }

    private Instruction OfThree(Op op)
    {
        int third = PopSlot();
        int second = PopSlot();
        var instruction = new Instruction(op, PopSlot(), second, third);
        if (Shapes.Words(op) == 1)
        {
            _code.Add(instruction);
        }

        return instruction;
    }

    private void OfThree(Op op, int first, int second) => _code.Add(OfThree(op), first, second);

    private void Numeric(Opcode code)
    {
        if (NumericSignatures.Of(code).Arity == 2)
        {
            Binary(code);
        }
        else if (code == (Opcode)Op.I32WrapI64)
        {
            Wrap();
        }
        else if (!IsReinterpretation(code) && (code != (Opcode)Op.I32Eqz || !TryNegate()))
        {
            Unary((Op)code);
        }
    }

    // Slots have no type.
    private static bool IsReinterpretation(Opcode code) => code is >= Opcode.FirstReinterpretation and <= Opcode.LastReinterpretation;

    // Operations of 32 bits read the low half of a slot; there is nothing to do but for a constant, which has to be one of theirs.
    private readonly void Wrap()
    {
        ref Operand top = ref _operands[_operandCount - 1];
        if (top.Kind == OperandKind.Constant)
        {
            top = top with { Bits = (int)top.Bits };
        }
    }

    // i32.eqz of a comparison is the opposite comparison.
    private readonly bool TryNegate()
    {
        if (!IsTopLatest())
        {
            return false;
        }

        ref Instruction latest = ref _code[_code.Latest];
        int comparison = Comparison(latest.Op, out _, out _);
        if (comparison < 0)
        {
            return false;
        }

        latest.Op = latest.Op - (ushort)comparison + (ushort)Shapes.Opposite(comparison);
        return true;
    }

    private void Unary(Op op)
    {
        int operand = PopSlot();
        _code.Add(new Instruction(op, Push(), operand));
    }

    private void Binary(Opcode code)
    {
        if (TryImmediate(code) || TryShifted((Op)code))
        {
            return;
        }

        int right = PopSlot();
        int left = PopSlot();
        _code.Add(new Instruction((Op)code, Push(), left, right));
    }

    // A sum, or exclusive or, of something and what was shifted by a constant just before: indexes into arrays, and hashes.
    private bool TryShifted(Op op)
    {
        // Which operand was shifted, and may the other one still be read afterwards? It may when nothing was done for it since.
        int depth = IsLatest(0) ? 0 : _operands[_operandCount - 1].Kind == OperandKind.Local && IsLatest(1) ? 1 : -1;
        if (depth < 0 || op is not (Op.I32Add or Op.I32Xor))
        {
            return false;
        }

        Instruction shift = _code[_code.Latest];
        int number = shift.Op switch
        {
            Op.I32ShlImmediate => 0,
            Op.I32ShrUImmediate => 1,
            Op.I32RotlImmediate => 2,
            _ => -1,
        };
        if (number < 0)
        {
            return false;
        }

        _code.TakeBack();
        int other = StoredSlot(_operandCount - 2 + depth);
        Drop();
        Drop();
        _code.Add(new Instruction((op == Op.I32Add ? Op.I32AddShl : Op.I32XorShl) + (ushort)number, Push(), other, shift.B), shift.C, 0);
        return true;
    }

    // An operation of a slot and a constant of 16 bits, which may have been the left operand.
    private bool TryImmediate(Opcode code)
    {
        Operand right = _operands[_operandCount - 1];
        Operand left = _operands[_operandCount - 2];
        bool isSwapped = right.Kind != OperandKind.Constant && left.Kind == OperandKind.Constant;
        long constant = isSwapped ? left.Bits : right.Bits;
        if (!isSwapped && right.Kind != OperandKind.Constant)
        {
            return false;
        }

        if (!Immediates.TryFind((Op)code, isSwapped, ref constant, out Op op))
        {
            // Wider constants have a place in comparisons that are for a branch, and in sums, which are most often addresses.
            if (op == (Op)code || constant != (int)constant || !(op == Op.I32AddImmediate || (op >= Op.I32EqImmediate && IsBranchNext())))
            {
                return false;
            }
        }

        int slot;
        if (isSwapped)
        {
            slot = PopSlot();
            Drop();
        }
        else
        {
            Drop();
            slot = PopSlot();
        }

        int result = Push();
        if (constant == (short)constant)
        {
            _code.Add(new Instruction(op, result, slot, (short)constant));
        }
        else if (op == Op.I32AddImmediate)
        {
            _code.Add(new Instruction(Op.I32AddWide, result, slot), constant);
        }
        else
        {
            _comparison = new Condition(Comparison(op, out bool is64, out _), is64, isImmediate: true, false, slot, (int)constant);
        }

        return true;
    }

    private readonly bool IsBranchNext() => (Opcode)_reader.Peek() is Opcode.BranchIf or Opcode.If;

    private void Select(Opcode code)
    {
        if (code == Opcode.SelectTyped)
        {
            _reader.SkipOperands(code);
        }

        int condition = PopSlot();
        int otherwise = PopSlot();
        int value = PopSlot();
        _code.Add(new Instruction(Op.Select, Push(), value, condition), otherwise, 0);
    }

    private void Call(FunctionType type, Instruction call, int table = -1, int typeIndex = 0)
    {
        Store(type.Parameters.Length);
        int height = _operandCount - type.Parameters.Length;
        Truncate(height);
        call.A = (ushort)Slot(height);
        if (table < 0)
        {
            _code.Add(call);
        }
        else
        {
            _code.Add(call, typeIndex, table);
        }

        PushSlots(type.Results.Length);
    }

    private void CallIndirect()
    {
        int type = (int)_reader.UInt32();
        int table = (int)_reader.UInt32();
        Call(_module.Types[type], new Instruction(Op.CallIndirect, 0, PopSlot()), table, type);
    }
}
