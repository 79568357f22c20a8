namespace WhiteMagic.Wasm.Tests.Support;

/// <summary>What the translator makes one operation of, or has to move values for.</summary>
internal sealed partial class RandomModule
{
    // Locals that change places, and values that stay while their locals change.
    private void Shuffle()
    {
        byte type = Type();
        (byte a, byte b, byte c) = (Local(type), Local(type), Local(type));
        Add([.. random.Next(5) switch
        {
            0 => (byte[])[0x20, a, 0x20, b, 0x21, a, 0x21, b],
            1 => [0x20, a, 0x20, b, 0x20, c, 0x21, a, 0x21, b, 0x21, c],
            2 => [0x20, a, 0x22, b, 0x22, c, 0x21, a],
            3 => [0x20, a, 0x20, b, 0x22, a, 0x1A, 0x21, c, 0x20, a, 0x21, b],
            _ => [0x20, a, 0x20, a, 0x20, b, 0x21, a, 0x20, a, 0x21, c, 0x21, b, 0x21, a],
        }]);
    }

    // An address that was added up just before; a constant, a local or something else is stored there.
    private void StoreAtASum(int depth)
    {
        SumForAddress(depth);
        byte type = Type();
        byte code = type switch { I32 => Pick(0x36, 0x3A, 0x3B), I64 => Pick(0x37, 0x3C, 0x3D, 0x3E), F32 => 0x38, _ => 0x39 };
        switch (random.Next(4))
        {
            case 0:
                Value(type, depth + 2);
                break;
            case 1:
                Add(0x20, Local(type));
                break;
            default:
                Constant(type);
                break;
        }

        Add(code, 0);
        Add(ModuleBytes.Number(random.Next(3) > 0 ? 0 : Offset()));
    }

    // A sum, either way round: of a constant, of a local, or of two that were computed.
    private void SumForAddress(int depth)
    {
        switch (random.Next(6))
        {
            case 0:
                Small(depth);
                Number(0x41, Summand());
                break;
            case 1:
                Number(0x41, Summand());
                Small(depth);
                break;
            case 2:
                byte local = Local(I32);
                Small(depth);
                Add(0x22, local);
                Small(depth);
                break;
            case 3:
                Small(depth);
                Add(0x21, Local(I32), 0x41, 8, 0x20, Local(I32), 0x41, 63, 0x71);
                break;
            default:
                Small(depth);
                Small(depth);
                break;
        }

        Add(0x6A);

        int Summand() => random.Next(3) switch { 0 => random.Next(200), 1 => random.Next(32_760, 32_780), _ => random.Next(33_000, 60_000) };
    }

    // A number below 1,024, of some kinds of operation.
    private void Small(int depth)
    {
        Value(I32, depth + 2);
        Add(0x41, 63, 0x71);
        switch (random.Next(3))
        {
            case 0:
                Add(0x41, 4, 0x6C);
                break;
            case 1:
                Add(0x41, (byte)random.Next(4), 0x74);
                break;
        }
    }

    // Ends by a counter down to zero; before that it goes on by any comparison there is.
    private void GuardedLoop(int depth)
    {
        if (_counters == CounterCount)
        {
            StoreAtASum(depth);
            return;
        }

        byte counter = (byte)(_locals.Length - 2 - (2 * CounterCount) + _counters++);
        byte guard = (byte)(counter + CounterCount);
        Number(0x41, random.Next(2, 6));
        Add(0x21, guard);
        Constant(I32);
        Add(0x21, counter, 0x02, Empty, 0x03, Empty);
        for (int statements = random.Next(1, 3); statements > 0; statements--)
        {
            Statement(depth + 1);
        }

        Add(0x20, guard, 0x41, 1, 0x6B, 0x22, guard, 0x45, 0x0D, 1);
        GoesOn(counter, depth);
        Add(0x0D, 0, 0x0B, 0x0B);
        _counters--;
    }

    private void GoesOn(byte counter, int depth)
    {
        switch (random.Next(7))
        {
            case 0:
                // A step, and a comparison with it on either side.
                byte limit = Local(I32);
                bool isLeft = random.Next(3) > 0;
                bool isLocal = random.Next(2) == 0;
                bool isTaken = random.Next(2) == 0;
                if (!isLeft)
                {
                    AddLimit(isLocal, limit);
                }

                Add(0x20, counter);
                Number(0x41, random.Next(3) == 0 ? (int)Integer() : random.Next(-5, 5));
                Add(0x6A);
                Add([.. isTaken ? (byte[])[0x22, counter] : [0x21, counter, 0x20, counter]]);
                if (isLeft)
                {
                    AddLimit(isLocal, limit);
                }

                Add((byte)(0x46 + random.Next(10)));
                break;
            case 1 or 2:
                byte type = random.Next(3) == 0 ? I32 : I64;
                Leaf(type);
                Leaf(type);
                Add((byte)((type == I32 ? 0x46 : 0x51) + random.Next(10)));
                break;
            case 3:
                // A step, and a comparison of something else; a constant may be the number of the local that was stepped.
                Add(0x20, counter, 0x41, 1, 0x6A, 0x21, counter, 0x20, Local(I32));
                Number(random.Next(2) == 0 ? (byte)0x41 : (byte)0x20, counter);
                Add((byte)(0x46 + random.Next(10)));
                break;
            case 4:
                Leaf(I32);
                break;
            case 5:
                bool isNarrow = random.Next(2) == 0;
                Leaf(isNarrow ? I32 : I64);
                Add((byte)(isNarrow ? 0x45 : 0x50));
                break;
            default:
                Condition(depth + 1);
                break;
        }

        if (random.Next(6) == 0)
        {
            Add(0x45);
        }

        void AddLimit(bool isLocal, byte local)
        {
            if (isLocal)
            {
                Add(0x20, local);
            }
            else
            {
                Constant(I32);
            }
        }
    }

    // Takes two values and brings two back each time, over others that have to go or not.
    private void LoopWithValues(int depth)
    {
        if (_counters == CounterCount)
        {
            Blocks(depth);
            return;
        }

        byte guard = (byte)(_locals.Length - 2 - CounterCount + _counters++);
        Number(0x41, random.Next(1, 5));
        Add(0x21, guard);
        Value(I32, depth + 1);
        Value(F64, depth + 1);
        Add(0x03, PairType, 0x21, Local(F64), 0x21, Local(I32));
        Statement(depth + 1);
        bool isOver = random.Next(2) == 0;
        if (isOver)
        {
            Value(Type(), depth + 2);
        }

        Value(I32, depth + 1);
        Value(F64, depth + 1);
        Add(0x20, guard, 0x41, 1, 0x6B, 0x22, guard, 0x0D, 0);
        if (isOver)
        {
            byte real = Local(F64);
            byte whole = Local(I32);
            Add(0x21, real, 0x21, whole, 0x1A, 0x20, whole, 0x20, real);
        }

        Add(0x0B, 0x21, Local(F64), 0x21, Local(I32));
        _counters--;
    }

    // Blocks and ifs that take and give several values, and branches that bring them.
    private void Blocks(int depth)
    {
        switch (random.Next(3))
        {
            case 0:
                Value(I32, depth + 1);
                Value(F64, depth + 1);
                bool isIf = random.Next(2) == 0;
                if (isIf)
                {
                    Condition(depth + 1);
                }

                Add([isIf ? (byte)0x04 : (byte)0x02, PairType]);
                if (random.Next(2) == 0)
                {
                    Condition(depth + 2);
                    Add(0x0D, 0);
                }

                Add(0x21, Local(F64), 0x1A);
                Statement(depth + 1);
                Value(I32, depth + 2);
                Value(F64, depth + 2);
                if (isIf && random.Next(2) == 0)
                {
                    Add(0x05);
                    Statement(depth + 1);
                }

                Add(0x0B, 0x21, Local(F64), 0x21, Local(I32));
                break;
            case 1:
                Value(I64, depth + 1);
                Add(0x02, WideningType, 0x22, Local(I64));
                Value(I32, depth + 1);
                Condition(depth + 2);
                Add(0x0D, 0, 0x1A);
                Statement(depth + 1);
                Value(I32, depth + 2);
                Add(0x0B, 0x21, Local(I32), 0x21, Local(I64));
                break;
            default:
                // Three values over another one.
                Add(0x02, TripleType);
                Value(Type(), depth + 2);
                Value(I32, depth + 1);
                Value(I64, depth + 1);
                Value(F64, depth + 1);
                Condition(depth + 2);
                (byte whole, byte wide, byte real) = (Local(I32), Local(I64), Local(F64));
                Add(0x0D, 0, 0x21, real, 0x21, wide, 0x21, whole, 0x1A, 0x20, whole, 0x20, wide, 0x20, real, 0x0B, 0x21, Local(F64), 0x21, Local(I64), 0x21, Local(I32));
                break;
        }
    }

    // A table of branches that bring a value, maybe over another one.
    private void TableOfValues(byte type, int depth)
    {
        Add(0x02, type, 0x02, type, 0x02, type);
        if (random.Next(2) == 0)
        {
            Value(Type(), depth + 2);
        }

        Value(type, depth + 1);
        Value(I32, depth + 2);
        Add(0x41, 3, 0x71, 0x0E, 3, (byte)random.Next(3), (byte)random.Next(3), (byte)random.Next(3), (byte)random.Next(3), 0x0B, 0x22, Local(type), 0x0B);
        Add(0x1A);
        Value(type, depth + 1);
        Add(0x0B);
    }

    private void TableOrSegment(int depth)
    {
        byte element = (byte)random.Next(random.Next(8) == 0 ? 14 : 8);
        byte other = (byte)random.Next(8);
        byte count = (byte)random.Next(random.Next(8) == 0 ? 6 : 2);
        switch (random.Next(11))
        {
            case 0:
                Add(0x41, element, 0xD2, (byte)random.Next(1, FunctionCount + 1), 0x26, 0);
                break;
            case 1:
                Add(0x41, element, 0x25, 0, 0xD1, 0x21, Local(I32));
                break;
            case 2:
                Add(0x41, element, 0x41, other, 0x41, count, 0xFC, 14, 0, 0);
                break;
            case 3:
                Add(0x41, element, 0xD0, 0x70, 0x41, count, 0xFC, 17, 0);
                break;
            case 4:
                Add(0x41, element, 0x41, (byte)random.Next(3), 0x41, count, 0xFC, 12, 1, 0);
                break;
            case 5:
                Add(0xD2, (byte)random.Next(1, FunctionCount + 1), 0x41, count, 0xFC, 15, 0, 0x21, Local(I32));
                break;
            case 6:
                Add(0xFC, 16, 0, 0x21, Local(I32));
                break;
            case 7:
                Add([.. random.Next(10) > 0 ? (byte[])[] : random.Next(2) == 0 ? [0xFC, 13, 1] : [0xFC, 9, 1]]);
                break;
            case 8:
                Condition(depth + 1);
                Add(0x04, Empty, 0x20, Local(I32), 0x45, 0x04, Empty, 0x00, 0x0B, 0x0B);
                break;
            default:
                Address(depth + 1);
                Number(0x41, random.Next(random.Next(8) == 0 ? 30 : 10));
                Number(0x41, random.Next(10));
                Add(0xFC, 8, 1, 0);
                break;
        }
    }
}
