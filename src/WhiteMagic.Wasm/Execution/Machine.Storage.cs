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
                return Fill(instance.Tables[first].Items, a, fp[p->B], c, WasmTrap.OutOfBoundsTableAccess);
            case Op.TableCopy:
                return Copy<ulong>(instance.Tables[first].Items, a, instance.Tables[second].Items, b, c, WasmTrap.OutOfBoundsTableAccess);
            case Op.TableInit:
                return TableInit(instance, instance.Tables[first].Items, second, a, b, c);
            case Op.MemoryInit:
                return Copy(instance.Memory.Bytes, a, instance.DataOf(first), b, c, WasmTrap.OutOfBoundsMemoryAccess);
            case Op.MemoryCopy:
                return Copy<byte>(instance.Memory.Bytes, a, instance.Memory.Bytes, b, c, WasmTrap.OutOfBoundsMemoryAccess);
            default:
                return Fill(instance.Memory.Bytes, a, (byte)b, c, WasmTrap.OutOfBoundsMemoryAccess);
        }
    }

    private WasmTrap Fill<T>(Span<T> room, uint at, T value, uint count, WasmTrap beyond)
    {
        WasmTrap trap = Claim(at, room.Length, count, beyond);
        if (trap == WasmTrap.None)
        {
            room.Slice((int)at, (int)count).Fill(value);
        }

        return trap;
    }

    private WasmTrap Copy<T>(Span<T> to, uint at, ReadOnlySpan<T> from, uint start, uint count, WasmTrap beyond)
    {
        WasmTrap trap = start + (ulong)count > (ulong)from.Length ? beyond : Claim(at, to.Length, count, beyond);
        if (trap == WasmTrap.None)
        {
            from.Slice((int)start, (int)count).CopyTo(to[(int)at..]);
        }

        return trap;
    }

    // Only the references that are asked for are made.
    private WasmTrap TableInit(WasmInstance instance, Span<ulong> items, int segment, uint at, uint start, uint count)
    {
        const WasmTrap Beyond = WasmTrap.OutOfBoundsTableAccess;
        WasmTrap trap = start + (ulong)count > (ulong)instance.ElementCount(segment) ? Beyond : Claim(at, items.Length, count, Beyond);
        if (trap == WasmTrap.None)
        {
            instance.CopyElements(segment, (int)start, items.Slice((int)at, (int)count));
        }

        return trap;
    }

    // Checks that so many lie inside, and pays for them before anything is done: what cannot be paid for is not begun.
    private WasmTrap Claim(uint at, int length, uint count, WasmTrap beyond)
    {
        if (at + (ulong)count > (ulong)length)
        {
            return beyond;
        }

        _slice -= count;
        return _slice >= 0 ? WasmTrap.None : NextSlice();
    }
}
