using System;

namespace WhiteMagic.Wasm.Translation;

/// <summary>The operand stack while code is translated.</summary>
internal ref partial struct Translator
{
    private void ClearOperands()
    {
        (_operandCount, _mostOperands, _storedCount) = (0, 0, 0);
        (_settledStart, _settledEnd) = (0, 0);

        // The function before has left none in use.
        if (_uses.Length < _localCount)
        {
            _uses = new int[_localCount];
        }
    }

    private readonly int Slot(int height) => _localCount + MostHoisted + height;

    private void Push(Operand operand)
    {
        if (_operandCount == _operands.Length)
        {
            Array.Resize(ref _operands, _operandCount * 2);
        }

        _operands[_operandCount++] = operand;
        _mostOperands = Math.Max(_mostOperands, _operandCount);
        if (Slot(_operandCount) > MostSlots)
        {
            throw _reader.TooLarge("slots of a frame", Slot(_operandCount), MostSlots);
        }
    }

    /// <summary>A result is to be written to the slot that this gives.</summary>
    private int Push()
    {
        Push(new Operand(OperandKind.Slot, 0));
        return Slot(_operandCount - 1);
    }

    private void PushSlots(int count)
    {
        if (count == 0)
        {
            return;
        }

        int first = _operandCount;
        if (first + count > _operands.Length)
        {
            Array.Resize(ref _operands, Math.Max(first + count, _operandCount * 2));
        }

        // The last one sees to the limit.
        _operands.AsSpan(first, count).Clear();
        _operandCount += count - 1;
        Push();
        (_settledStart, _settledEnd) = (_settledEnd == first ? _settledStart : first, _operandCount);
    }

    private void PushConstant(long bits) => Push(new Operand(OperandKind.Constant, bits));

    private void PushLocal(int local)
    {
        if (_operandCount - _storedCount > MostOperandsInLocals)
        {
            StoreLocals();
        }

        _uses[local]++;
        Push(new Operand(OperandKind.Local, local));
    }

    private void Drop()
    {
        Operand dropped = _operands[--_operandCount];
        if (dropped.Kind == OperandKind.Local)
        {
            _uses[dropped.Bits]--;
        }

        _storedCount = Math.Min(_storedCount, _operandCount);
        _settledEnd = Math.Min(_settledEnd, _operandCount);
        _settledStart = Math.Min(_settledStart, _settledEnd);
    }

    private void Truncate(int height)
    {
        // Of those that are in their slots, nothing has to be forgotten but the last one's.
        if (height >= _settledStart && _operandCount == _settledEnd)
        {
            _operandCount = Math.Min(_operandCount, height + 1);
        }

        while (_operandCount > height)
        {
            Drop();
        }
    }

    /// <summary>Takes an operand and gives a slot that it is in.</summary>
    private int PopSlot()
    {
        int slot = TopSlot();
        Drop();
        return slot;
    }

    /// <summary>A slot that the top operand is in.</summary>
    private int TopSlot() => StoredSlot(_operandCount - 1);

    private int StoredSlot(int height)
    {
        Operand operand = _operands[height];
        if (operand.Kind == OperandKind.Local)
        {
            return (int)operand.Bits;
        }

        if (operand.Kind == OperandKind.Constant && _loopCount > 0 && TryHoist(operand.Bits, out int hoisted))
        {
            return hoisted;
        }

        StoreAt(height);
        return Slot(height);
    }

    // A constant in a loop is written to a slot of its own before the outermost loop begins, while there is room for it.
    private bool TryHoist(long bits, out int slot)
    {
        int index = _hoisted.AsSpan(0, _hoistedCount).IndexOf(bits);
        if (index < 0 && _hoistedCount < MostHoisted)
        {
            index = _hoistedCount++;
            _hoisted[index] = bits;
            _code.SetAt(_hoistEnd - (2 * _hoistedCount), new Instruction(Op.Const64, _localCount + index), bits);
        }

        slot = _localCount + index;
        return index >= 0;
    }

    /// <summary>Whether the latest instruction did nothing but write the top operand to its slot.</summary>
    private readonly bool IsTopLatest() => IsLatest(0);

    /// <summary>Whether it did nothing but write the operand that is so deep.</summary>
    private readonly bool IsLatest(int depth) => _code.Latest >= 0 && _operands[_operandCount - 1 - depth].Kind == OperandKind.Slot
        && Shapes.WritesA(_code[_code.Latest].Op) && _code[_code.Latest].A == Slot(_operandCount - 1 - depth);

    /// <summary>Sees to it that so many operands on top are in their own slots.</summary>
    private void Store(int count)
    {
        if (count == 0)
        {
            return;
        }

        int first = _operandCount - count;
        bool isJoined = first <= _settledEnd && _settledStart <= _operandCount;
        if (isJoined)
        {
            StoreBetween(first, _settledStart);
            StoreBetween(Math.Max(first, _settledEnd), _operandCount);
        }
        else
        {
            StoreBetween(first, _operandCount);
        }

        (_settledStart, _settledEnd) = (isJoined ? Math.Min(first, _settledStart) : first, _operandCount);
    }

    private void StoreBetween(int height, int end)
    {
        for (; height < end; height++)
        {
            StoreAt(height);
        }
    }

    /// <summary>Sees to it that no operand is in a local.</summary>
    private void StoreLocals()
    {
        for (; _storedCount < _operandCount; _storedCount++)
        {
            if (_operands[_storedCount].Kind == OperandKind.Local)
            {
                StoreAt(_storedCount);
            }
        }
    }

    /// <summary>Sees to it that no operand is in a local that is about to change.</summary>
    private void StoreUses(int local)
    {
        for (int height = _operandCount - 1; _uses[local] > 0; height--)
        {
            if (_operands[height].Kind == OperandKind.Local && _operands[height].Bits == local)
            {
                StoreAt(height);
            }
        }
    }

    private void StoreAt(int height)
    {
        Operand operand = _operands[height];
        if (operand.Kind != OperandKind.Slot)
        {
            Copy(operand, Slot(height));
            _operands[height] = new Operand(OperandKind.Slot, 0);
            if (operand.Kind == OperandKind.Local)
            {
                _uses[operand.Bits]--;
            }
        }
    }

    // Brings the top operand, which stays, to a slot.
    private readonly void MoveTop(int slot)
    {
        Operand top = _operands[_operandCount - 1];
        if (top.Kind == OperandKind.Slot)
        {
            top = new Operand(OperandKind.Local, Slot(_operandCount - 1));
        }

        Copy(top, slot);
    }

    private readonly void Copy(Operand operand, int slot)
    {
        if (operand.Kind == OperandKind.Local)
        {
            if (operand.Bits != slot)
            {
                _code.AddMove(slot, (int)operand.Bits);
            }
        }
        else if (operand.Bits == (int)operand.Bits)
        {
            _code.Add(Instruction.WithNumber(Op.Const32, slot, (int)operand.Bits));
        }
        else
        {
            _code.Add(new Instruction(Op.Const64, slot), operand.Bits);
        }
    }

    /// <summary>Takes the top operand to a local; the instruction that gave it writes there itself if it can.</summary>
    private void SetLocal(int local)
    {
        if (_uses[local] == 0 && IsTopLatest())
        {
            _code[_code.Latest].A = (ushort)local;
            Drop();
            return;
        }

        Operand top = _operands[_operandCount - 1];
        int slot = Slot(_operandCount - 1);
        Drop();
        StoreUses(local);
        Copy(top.Kind == OperandKind.Slot ? new Operand(OperandKind.Local, slot) : top, local);
    }
}
