
namespace WhiteMagic.Wasm.Translation;

/// <summary>Branches and returns.</summary>
internal ref partial struct Translator
{
    /// <summary>Takes what a branch depends on; when that was compared just before, the comparison becomes part of the branch.</summary>
    private Condition PopCondition()
    {
        if (_comparison is { } compared)
        {
            _comparison = null;
            Drop();
            return compared;
        }

        if (!IsTopLatest())
        {
            return Condition.NotZero(PopSlot());
        }

        Instruction latest = _code[_code.Latest];
        if (latest.Op == Op.I32Eqz)
        {
            TakeTop();
            return new Condition(-1, false, false, isNegated: true, latest.B, 0);
        }

        if (latest.Op == Op.I64Eqz)
        {
            TakeTop();
            return new Condition(0, is64: true, isImmediate: true, false, latest.B, 0);
        }

        if (Comparison(latest.Op, out bool is64, out bool isImmediate) is >= 0 and int comparison)
        {
            TakeTop();
            return new Condition(comparison, is64, isImmediate, false, latest.B, isImmediate ? (short)latest.C : latest.C);
        }

        return Condition.NotZero(PopSlot());
    }

    // The number of an operation among the comparisons of integers, or -1.
    private static int Comparison(Op op, out bool is64, out bool isImmediate)
    {
        is64 = op is >= Op.I64Eq and <= Op.I64GeU or >= Op.I64EqImmediate and <= Op.I64GeUImmediate;
        isImmediate = op is >= Op.I32EqImmediate and <= Op.I64GeUImmediate;
        return op switch
        {
            >= Op.I32Eq and <= Op.I32GeU => op - Op.I32Eq,
            >= Op.I64Eq and <= Op.I64GeU => op - Op.I64Eq,
            >= Op.I32EqImmediate and <= Op.I32GeUImmediate => op - Op.I32EqImmediate,
            >= Op.I64EqImmediate and <= Op.I64GeUImmediate => op - Op.I64EqImmediate,
            _ => -1,
        };
    }

    private void TakeTop()
    {
        _code.TakeBack();
        Drop();
    }

    /// <summary>Branches to what is still to come, always or on a condition, and gives the chain of such branches with this one.</summary>
    private readonly int EmitForward(Condition? condition, int chain)
    {
        Instruction branch = condition?.ToBranch(isBack: false) ?? new Instruction(Op.Jump);
        int half = _code.Count * 2;
        if (branch.Op >= Op.BranchI32Eq)
        {
            if (_code.Latest >= 0 && (branch.Op is Op.BranchI32EqImmediate or Op.BranchI32NeImmediate))
            {
                ref Op latest = ref _code[_code.Latest].Op;
                latest = Shapes.Before(latest, branch.Op == Op.BranchI32EqImmediate);
            }

            _code.Add(branch, chain, 0);
            return half + 2;
        }

        _code.Add(Instruction.WithNumber(branch.Op, branch.A, chain));
        return half + 1;
    }

    // To a label whose values are in their places.
    private readonly void EmitBranch(Condition? condition, ref Label label)
    {
        if (label.IsLoop)
        {
            Condition compared = condition ?? default;
            Instruction branch = default;
            bool isAdded = condition is not null && TryAdd(ref compared, ref branch);
            if (!isAdded)
            {
                branch = condition?.ToBranch(isBack: true) ?? new Instruction(Op.JumpBack);
            }

            int half = (_code.Count * 2) + 2;
            _code.Add(branch, label.Branches, 0);
            label.Branches = half;
            if (isAdded)
            {
                _code.AddNumber(compared.Right);
            }
        }
        else
        {
            label.Branches = EmitForward(condition, label.Branches);
        }
    }

    // A sum of a constant that was made just before becomes part of the branch that compares it.
    private readonly bool TryAdd(ref Condition condition, ref Instruction branch)
    {
        if (condition.Comparison < 0 || condition.Is64 || _code.Latest < 0 || _code[_code.Latest].Op != Op.I32AddImmediate)
        {
            return false;
        }

        Instruction sum = _code[_code.Latest];
        if (condition.Left != sum.A)
        {
            if (condition.IsImmediate || condition.Right != sum.A)
            {
                return false;
            }

            condition = condition with { Comparison = Shapes.Mirrored(condition.Comparison), Left = condition.Right, Right = condition.Left };
        }

        branch = _code.TakeBack();
        branch.Op = (condition.IsImmediate ? Op.AddBranchBackI32EqImmediate : Op.AddBranchBackI32Eq) + (ushort)condition.Comparison;
        return true;
    }

    private readonly ref Label Label(int outside) => ref _labels[_labelCount - 1 - outside];

    private void Branch(int outside)
    {
        ref Label label = ref Label(outside);
        if (outside == _labelCount - 1)
        {
            Return(label.Arity);
            return;
        }

        MoveTo(ref label);
        EmitBranch(null, ref label);
    }

    private void BranchIf(int outside)
    {
        ref Label label = ref Label(outside);
        Condition condition = PopCondition();
        Store(label.Arity);
        if (IsInPlace(ref label))
        {
            EmitBranch(condition, ref label);
            return;
        }

        int past = EmitForward(condition.Opposite(), -1);
        MoveTo(ref label);
        EmitBranch(null, ref label);
        _code.Bind(past, _code.Count, 0);
        _code.Mark();
    }

    // A target whose values have to be moved gets there by a few words behind the table.
    private void BranchTable()
    {
        int count = (int)_reader.UInt32();
        int index = PopSlot();
        int targets = _reader.At;
        Store(Label((int)_reader.UInt32()).Arity);
        int table = _code.Count + 1;
        _code.Add(Instruction.WithNumber(Op.BranchTable, index, count));
        for (int i = 0; i <= count; i++)
        {
            _code.AddWord(default);
        }

        _reader = new Reading.ByteReader(_module.Bytes, targets, _reader.End);
        for (int i = 0; i <= count; i++)
        {
            ref Label label = ref Label((int)_reader.UInt32());
            int half = (table + i) * 2;
            if (IsInPlace(ref label))
            {
                _code.Number(half) = label.Branches;
                label.Branches = half;
                continue;
            }

            // Cases that share a target share what gets there.
            bool isKnown = label.LandingTable == table;
            (label.LandingTable, label.Landing) = (table, isKnown ? label.Landing : _code.Count);
            _code.Number(half) = -1;
            _code.Bind(half, label.Landing, 0);
            if (!isKnown)
            {
                _code.Mark();
                MoveTo(ref label);
                EmitBranch(null, ref label);
            }
        }
    }

    private readonly bool IsInPlace(ref Label label) => label.Arity == 0 || _operandCount - label.Arity == label.Height;

    // Brings the values on top to where a label expects them.
    private void MoveTo(ref Label label)
    {
        int count = label.Arity;
        _cost += count;
        if (count == 1)
        {
            MoveTop(Slot(label.Height));
            return;
        }

        Store(count);
        if (!IsInPlace(ref label))
        {
            _code.Add(new Instruction(Op.MoveMany, Slot(label.Height), Slot(_operandCount - count), count));
        }
    }

    private void Return(int count)
    {
        switch (count)
        {
            case 0:
                _code.Add(new Instruction(Op.Return));
                break;
            case 1:
                _code.Add(new Instruction(Op.ReturnOne, TopSlot()));
                break;
            default:
                _cost += count;
                Store(count);
                _code.Add(new Instruction(Op.MoveMany, 0, Slot(_operandCount - count), count));
                _code.Add(new Instruction(Op.Return));
                break;
        }
    }
}
