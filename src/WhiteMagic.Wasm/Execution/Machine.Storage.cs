using System;
using WhiteMagic.Wasm.Translation;

namespace WhiteMagic.Wasm.Execution;

/// <summary>Instructions on tables and on whole stretches of memory. Their operands are checked in 64 bits, and paid for by length, before anything is done.</summary>
internal sealed unsafe partial class Machine
{
    private WasmTrap Storage(InstanceContext* context, Instruction* p, ulong* fp)
    {
        WasmInstance instance = _instances[context->Number];
        switch (p->Op)
        {
            case Op.TableGet:
                Span<ulong> read = instance.Tables[p->C].Items;
                uint from = *(uint*)(fp + p->B);
                if (from >= (uint)read.Length)
                {
                    return WasmTrap.OutOfBoundsTableAccess;
                }

                fp[p->A] = read[(int)from];
                return WasmTrap.None;
            case Op.TableSet:
                Span<ulong> written = instance.Tables[p->C].Items;
                uint to = *(uint*)(fp + p->A);
                if (to >= (uint)written.Length)
                {
                    return WasmTrap.OutOfBoundsTableAccess;
                }

                written[(int)to] = fp[p->B];
                return WasmTrap.None;
            case Op.TableSize:
                fp[p->A] = (uint)instance.Tables[p->B].Items.Length;
                return WasmTrap.None;
            case Op.ElementDrop:
                instance.DropElements(*(int*)&p->B);
                return WasmTrap.None;
            case Op.DataDrop:
                instance.DropData(*(int*)&p->B);
                return WasmTrap.None;
            case Op.MemoryGrow:
                fp[p->A] = (uint)instance.Memory.Grow(*(uint*)(fp + p->B));
                return WasmTrap.None;
            default:
                return OfThree(instance, p, fp);
        }
    }

    // Those whose operands are all slots: in others they may be numbers, beyond the end of the slots.
    private WasmTrap OfThree(WasmInstance instance, Instruction* p, ulong* fp)
    {
        uint a = *(uint*)(fp + p->A);
        uint b = *(uint*)(fp + p->B);
        uint c = *(uint*)(fp + p->C);
        int first = *(int*)(p + 1);
        int second = *((int*)(p + 1) + 1);
        switch (p->Op)
        {
            case Op.TableGrow:
                int grown = instance.Tables[first].Grow(c, fp[p->B]);
                _slice -= grown < 0 ? 0 : c;
                fp[p->A] = (uint)grown;
                return WasmTrap.None;
            case Op.TableFill:
                return TableFill(instance.Tables[first], a, fp[p->B], c);
            case Op.TableCopy:
                return Copy<ulong>(instance.Tables[first].Items, a, instance.Tables[second].Items, b, c, WasmTrap.OutOfBoundsTableAccess);
            case Op.TableInit:
                return TableInit(instance, instance.Tables[first], second, a, b, c);
            case Op.MemoryInit:
                return Copy(instance.Memory.Bytes, a, instance.DataOf(first), b, c, WasmTrap.OutOfBoundsMemoryAccess);
            case Op.MemoryCopy:
                return Copy<byte>(instance.Memory.Bytes, a, instance.Memory.Bytes, b, c, WasmTrap.OutOfBoundsMemoryAccess);
            default:
                return MemoryFill(instance.Memory.Bytes, a, (byte)b, c);
        }
    }

    private WasmTrap TableFill(Table table, uint at, ulong value, uint count)
    {
        if (at + (ulong)count > (ulong)table.Items.Length)
        {
            return WasmTrap.OutOfBoundsTableAccess;
        }

        WasmTrap trap = Pay(count);
        if (trap == WasmTrap.None)
        {
            table.Items.Slice((int)at, (int)count).Fill(value);
        }

        return trap;
    }

    // Only the references that are asked for are made.
    private WasmTrap TableInit(WasmInstance instance, Table table, int segment, uint at, uint start, uint count)
    {
        if (at + (ulong)count > (ulong)table.Items.Length || start + (ulong)count > (ulong)instance.ElementCount(segment))
        {
            return WasmTrap.OutOfBoundsTableAccess;
        }

        WasmTrap trap = Pay(count);
        if (trap == WasmTrap.None)
        {
            instance.CopyElements(segment, (int)start, table.Items.Slice((int)at, (int)count));
        }

        return trap;
    }

    private WasmTrap MemoryFill(Span<byte> memory, uint at, byte value, uint count)
    {
        if (at + (ulong)count > (ulong)memory.Length)
        {
            return WasmTrap.OutOfBoundsMemoryAccess;
        }

        WasmTrap trap = Pay(count);
        if (trap == WasmTrap.None)
        {
            memory.Slice((int)at, (int)count).Fill(value);
        }

        return trap;
    }

    private WasmTrap Copy<T>(Span<T> to, uint at, ReadOnlySpan<T> from, uint start, uint count, WasmTrap beyond)
    {
        if (at + (ulong)count > (ulong)to.Length || start + (ulong)count > (ulong)from.Length)
        {
            return beyond;
        }

        WasmTrap trap = Pay(count);
        if (trap == WasmTrap.None)
        {
            from.Slice((int)start, (int)count).CopyTo(to[(int)at..]);
        }

        return trap;
    }

    // Before it is done: what cannot be paid for is not begun.
    private WasmTrap Pay(uint count)
    {
        _slice -= count;
        return _slice >= 0 ? WasmTrap.None : NextSlice();
    }
}
