using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using WhiteMagic.Wasm.Translation;

namespace WhiteMagic.Wasm.Execution;

/// <summary>The loop that runs register code. It is longer than other files because all of it has to be one method.</summary>
/// <remarks>
/// What it counts on: the translator writes only slots below a function's FrameSlots, targets inside the function, and indexes that validation has
/// seen; a call checks FrameSlots against the end of the slots. A checked build (WASM_CHECKED) verifies that before each instruction.
/// </remarks>
internal sealed unsafe partial class Machine
{
    // An operation a line, as in the specification's tables. It calls nothing, so that everything that is used all the time stays in registers; what it
    // cannot do itself it stops for (Pause), and goes on afterwards.
    // SAFETY: slots, see above. Memory: `at` is a sum of 32-bit numbers in 64 bits, and checked against the size before each access.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private Pause Loop()
    {
        Instruction* p = _p;
        ulong* fp = _fp;
        Frame* top = _top;
        InstanceContext* context = _context;
        byte* memory = context->Memory->Start;
        ulong size = context->Memory->Bytes;
        long fuel = _slice;
        Function* callee;
        ulong* window;
        TableState* table;
        ulong at;
        int left;
        int right;
        long left64;
        long right64;
        float single;
        double real;
        WasmTrap trap;
        Pause pause;

    Next:
        Verify(p, fp);
        switch (p->Op)
        {
            // Control and calls.
            case Op.Unreachable: trap = WasmTrap.Unreachable; goto Trapped;
            case Op.Jump: p += *(int*)&p->B; goto Next;
            case Op.JumpBack: fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } goto Next;
            case Op.BranchIf: if (*(int*)(fp + p->A) != 0) { p += *(int*)&p->B; } else { p++; } goto Next;
            case Op.BranchIfZero: if (*(int*)(fp + p->A) == 0) { p += *(int*)&p->B; } else { p++; } goto Next;
            case Op.BranchIfBack: if (*(int*)(fp + p->A) != 0) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchIfZeroBack: if (*(int*)(fp + p->A) == 0) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchTable:
                at = *(uint*)(fp + p->A);
                left = *(int*)&p->B;
                p += at < (ulong)left ? (int)at : left;
                fuel -= *((int*)(p + 1) + 1);
                p += *(int*)(p + 1);
                if (fuel < 0)
                {
                    goto Refuel;
                }

                goto Next;
            case Op.Move: fp[p->A] = fp[p->B]; p++; goto Next;
            case Op.MoveTwo: fp[p->A] = fp[p->B]; fp[(p + 1)->A] = fp[(p + 1)->B]; p += 2; goto Next;
            case Op.MoveMany:
                for (int i = 0; i < p->C; i++)
                {
                    fp[p->A + i] = fp[p->B + i];
                }

                p++;
                goto Next;
            case Op.Const32: *(long*)(fp + p->A) = *(int*)&p->B; p++; goto Next;
            case Op.Const64: fp[p->A] = *(ulong*)(p + 1); p += 2; goto Next;
            case Op.Call:
                callee = context->Functions + *(int*)&p->B;
                window = fp + p->A;
                p++;
                goto Enter;
            case Op.CallImport:
                callee = context->Functions + *(int*)&p->B;
                window = fp + p->A;
                p++;
                goto Outside;
            case Op.CallIndirect:
                at = *(uint*)(fp + p->B);
                table = context->Tables[*((int*)(p + 1) + 1)];
                if (at >= (ulong)table->Count)
                {
                    trap = WasmTrap.UndefinedElement;
                    goto Trapped;
                }

                callee = (Function*)table->Items[at];
                if (callee == null)
                {
                    trap = WasmTrap.UninitializedElement;
                    goto Trapped;
                }

                if (callee->TypeId != context->TypeIds[*(int*)(p + 1)])
                {
                    trap = WasmTrap.IndirectCallTypeMismatch;
                    goto Trapped;
                }

                window = fp + p->A;
                p += 2;
                if (callee->Owner != context)
                {
                    goto Outside;
                }

                goto Enter;
            case Op.Return:
                top--;
                p = top->Code;
                fp = top->Slots;
                goto Next;
            case Op.ReturnOne:
                fp[0] = fp[p->A];
                top--;
                p = top->Code;
                fp = top->Slots;
                goto Next;
            case Op.Exit: pause = Pause.Returned; goto Paused;
            case Op.Leave:
                top--;
                p = top->Code;
                fp = top->Slots;
                context = top->Context;
                memory = context->Memory->Start;
                size = context->Memory->Bytes;
                goto Next;
            // Variables.
            case Op.GlobalGet: fp[p->A] = context->Globals[p->B]; p++; goto Next;
            case Op.GlobalSet: context->Globals[p->B] = fp[p->A]; p++; goto Next;
            case Op.GlobalGetCell: fp[p->A] = *context->GlobalCells[*(int*)(p + 1)]; p += 2; goto Next;
            case Op.GlobalSetCell: *context->GlobalCells[*(int*)(p + 1)] = fp[p->A]; p += 2; goto Next;
            case Op.Select: fp[p->A] = *(int*)(fp + p->C) != 0 ? fp[p->B] : fp[*(int*)(p + 1)]; p += 2; goto Next;
            case Op.Charge: fuel -= *(int*)&p->B; p += 1 + p->A; if (fuel < 0) { goto Refuel; } goto Next;
            case Op.RefFunc: fp[p->A] = (ulong)(context->Functions + *(int*)&p->B); p++; goto Next;
            // Tables and whole stretches of memory.
            case Op.TableGet:
            case Op.TableSet:
            case Op.TableSize:
            case Op.TableGrow:
            case Op.TableFill:
            case Op.TableCopy:
            case Op.TableInit:
            case Op.ElementDrop:
            case Op.MemoryInit:
            case Op.DataDrop:
            case Op.MemoryCopy:
            case Op.MemoryFill:
            case Op.MemoryGrow:
                pause = Pause.Storage;
                goto Paused;
            // Memory.
            case Op.I32Load: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 4 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(int*)(memory + at); p++; goto Next;
            case Op.I64Load: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 8 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(long*)(memory + at); p++; goto Next;
            case Op.F32Load: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 4 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(int*)(memory + at); p++; goto Next;
            case Op.F64Load: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 8 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(long*)(memory + at); p++; goto Next;
            case Op.I32Load8S: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(sbyte*)(memory + at); p++; goto Next;
            case Op.I32Load8U: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(byte*)(memory + at); p++; goto Next;
            case Op.I32Load16S: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 2 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(short*)(memory + at); p++; goto Next;
            case Op.I32Load16U: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 2 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(ushort*)(memory + at); p++; goto Next;
            case Op.I64Load8S: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 1 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(sbyte*)(memory + at); p++; goto Next;
            case Op.I64Load8U: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 1 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(byte*)(memory + at); p++; goto Next;
            case Op.I64Load16S: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 2 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(short*)(memory + at); p++; goto Next;
            case Op.I64Load16U: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 2 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(ushort*)(memory + at); p++; goto Next;
            case Op.I64Load32S: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 4 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(int*)(memory + at); p++; goto Next;
            case Op.I64Load32U: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 4 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(uint*)(memory + at); p++; goto Next;
            case Op.I32Store: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 4 > size) { goto OutOfBounds; } *(int*)(memory + at) = *(int*)(fp + p->A); p++; goto Next;
            case Op.I64Store: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 8 > size) { goto OutOfBounds; } *(long*)(memory + at) = *(long*)(fp + p->A); p++; goto Next;
            case Op.F32Store: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 4 > size) { goto OutOfBounds; } *(int*)(memory + at) = *(int*)(fp + p->A); p++; goto Next;
            case Op.F64Store: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 8 > size) { goto OutOfBounds; } *(long*)(memory + at) = *(long*)(fp + p->A); p++; goto Next;
            case Op.I32Store8: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 1 > size) { goto OutOfBounds; } *(byte*)(memory + at) = *(byte*)(fp + p->A); p++; goto Next;
            case Op.I32Store16: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 2 > size) { goto OutOfBounds; } *(ushort*)(memory + at) = *(ushort*)(fp + p->A); p++; goto Next;
            case Op.I64Store8: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 1 > size) { goto OutOfBounds; } *(byte*)(memory + at) = *(byte*)(fp + p->A); p++; goto Next;
            case Op.I64Store16: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 2 > size) { goto OutOfBounds; } *(ushort*)(memory + at) = *(ushort*)(fp + p->A); p++; goto Next;
            case Op.I64Store32: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 4 > size) { goto OutOfBounds; } *(uint*)(memory + at) = *(uint*)(fp + p->A); p++; goto Next;
            case Op.MemorySize: *(int*)(fp + p->A) = (int)(size >> PageBits); p++; goto Next;
            // Numbers.
            case Op.I32Eqz: *(int*)(fp + p->A) = *(int*)(fp + p->B) == 0 ? 1 : 0; p++; goto Next;
            case Op.I32Eq: *(int*)(fp + p->A) = *(int*)(fp + p->B) == *(int*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32Ne: *(int*)(fp + p->A) = *(int*)(fp + p->B) != *(int*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32LtS: *(int*)(fp + p->A) = *(int*)(fp + p->B) < *(int*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32LtU: *(int*)(fp + p->A) = *(uint*)(fp + p->B) < *(uint*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32GtS: *(int*)(fp + p->A) = *(int*)(fp + p->B) > *(int*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32GtU: *(int*)(fp + p->A) = *(uint*)(fp + p->B) > *(uint*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32LeS: *(int*)(fp + p->A) = *(int*)(fp + p->B) <= *(int*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32LeU: *(int*)(fp + p->A) = *(uint*)(fp + p->B) <= *(uint*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32GeS: *(int*)(fp + p->A) = *(int*)(fp + p->B) >= *(int*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32GeU: *(int*)(fp + p->A) = *(uint*)(fp + p->B) >= *(uint*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64Eqz: *(int*)(fp + p->A) = *(long*)(fp + p->B) == 0 ? 1 : 0; p++; goto Next;
            case Op.I64Eq: *(int*)(fp + p->A) = *(long*)(fp + p->B) == *(long*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64Ne: *(int*)(fp + p->A) = *(long*)(fp + p->B) != *(long*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64LtS: *(int*)(fp + p->A) = *(long*)(fp + p->B) < *(long*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64LtU: *(int*)(fp + p->A) = *(ulong*)(fp + p->B) < *(ulong*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64GtS: *(int*)(fp + p->A) = *(long*)(fp + p->B) > *(long*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64GtU: *(int*)(fp + p->A) = *(ulong*)(fp + p->B) > *(ulong*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64LeS: *(int*)(fp + p->A) = *(long*)(fp + p->B) <= *(long*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64LeU: *(int*)(fp + p->A) = *(ulong*)(fp + p->B) <= *(ulong*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64GeS: *(int*)(fp + p->A) = *(long*)(fp + p->B) >= *(long*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I64GeU: *(int*)(fp + p->A) = *(ulong*)(fp + p->B) >= *(ulong*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F32Eq: *(int*)(fp + p->A) = *(float*)(fp + p->B) == *(float*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F32Ne: *(int*)(fp + p->A) = *(float*)(fp + p->B) != *(float*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F32Lt: *(int*)(fp + p->A) = *(float*)(fp + p->B) < *(float*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F32Gt: *(int*)(fp + p->A) = *(float*)(fp + p->B) > *(float*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F32Le: *(int*)(fp + p->A) = *(float*)(fp + p->B) <= *(float*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F32Ge: *(int*)(fp + p->A) = *(float*)(fp + p->B) >= *(float*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F64Eq: *(int*)(fp + p->A) = *(double*)(fp + p->B) == *(double*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F64Ne: *(int*)(fp + p->A) = *(double*)(fp + p->B) != *(double*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F64Lt: *(int*)(fp + p->A) = *(double*)(fp + p->B) < *(double*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F64Gt: *(int*)(fp + p->A) = *(double*)(fp + p->B) > *(double*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F64Le: *(int*)(fp + p->A) = *(double*)(fp + p->B) <= *(double*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.F64Ge: *(int*)(fp + p->A) = *(double*)(fp + p->B) >= *(double*)(fp + p->C) ? 1 : 0; p++; goto Next;
            case Op.I32Clz: *(int*)(fp + p->A) = BitOperations.LeadingZeroCount(*(uint*)(fp + p->B)); p++; goto Next;
            case Op.I32Ctz: *(int*)(fp + p->A) = BitOperations.TrailingZeroCount(*(uint*)(fp + p->B)); p++; goto Next;
            case Op.I32Popcnt: *(int*)(fp + p->A) = Numbers.PopCount(*(uint*)(fp + p->B)); p++; goto Next;
            case Op.I32Add: *(int*)(fp + p->A) = *(int*)(fp + p->B) + *(int*)(fp + p->C); p++; goto Next;
            case Op.I32AddWide: *(int*)(fp + p->A) = *(int*)(fp + p->B) + *(int*)(p + 1); p += 2; goto Next;
            case Op.I32Sub: *(int*)(fp + p->A) = *(int*)(fp + p->B) - *(int*)(fp + p->C); p++; goto Next;
            case Op.I32Mul: *(int*)(fp + p->A) = *(int*)(fp + p->B) * *(int*)(fp + p->C); p++; goto Next;
            case Op.I32DivS: left = *(int*)(fp + p->B); right = *(int*)(fp + p->C); if (right == 0) { goto DividedByZero; } if (right == -1 && left == int.MinValue) { goto Overflowed; } *(int*)(fp + p->A) = left / right; p++; goto Next;
            case Op.I32DivU: if (*(uint*)(fp + p->C) == 0) { goto DividedByZero; } *(uint*)(fp + p->A) = *(uint*)(fp + p->B) / *(uint*)(fp + p->C); p++; goto Next;
            case Op.I32RemS: right = *(int*)(fp + p->C); if (right == 0) { goto DividedByZero; } *(int*)(fp + p->A) = right == -1 ? 0 : *(int*)(fp + p->B) % right; p++; goto Next;
            case Op.I32RemU: if (*(uint*)(fp + p->C) == 0) { goto DividedByZero; } *(uint*)(fp + p->A) = *(uint*)(fp + p->B) % *(uint*)(fp + p->C); p++; goto Next;
            case Op.I32And: *(int*)(fp + p->A) = *(int*)(fp + p->B) & *(int*)(fp + p->C); p++; goto Next;
            case Op.I32Or: *(int*)(fp + p->A) = *(int*)(fp + p->B) | *(int*)(fp + p->C); p++; goto Next;
            case Op.I32Xor: *(int*)(fp + p->A) = *(int*)(fp + p->B) ^ *(int*)(fp + p->C); p++; goto Next;
            case Op.I32Shl: *(int*)(fp + p->A) = *(int*)(fp + p->B) << *(int*)(fp + p->C); p++; goto Next;
            case Op.I32ShrS: *(int*)(fp + p->A) = *(int*)(fp + p->B) >> *(int*)(fp + p->C); p++; goto Next;
            case Op.I32ShrU: *(uint*)(fp + p->A) = *(uint*)(fp + p->B) >> *(int*)(fp + p->C); p++; goto Next;
            case Op.I32Rotl: *(uint*)(fp + p->A) = BitOperations.RotateLeft(*(uint*)(fp + p->B), *(int*)(fp + p->C)); p++; goto Next;
            case Op.I32Rotr: *(uint*)(fp + p->A) = BitOperations.RotateRight(*(uint*)(fp + p->B), *(int*)(fp + p->C)); p++; goto Next;
            case Op.I64Clz: *(long*)(fp + p->A) = BitOperations.LeadingZeroCount(*(ulong*)(fp + p->B)); p++; goto Next;
            case Op.I64Ctz: *(long*)(fp + p->A) = BitOperations.TrailingZeroCount(*(ulong*)(fp + p->B)); p++; goto Next;
            case Op.I64Popcnt: *(long*)(fp + p->A) = Numbers.PopCount(*(ulong*)(fp + p->B)); p++; goto Next;
            case Op.I64Add: *(long*)(fp + p->A) = *(long*)(fp + p->B) + *(long*)(fp + p->C); p++; goto Next;
            case Op.I64Sub: *(long*)(fp + p->A) = *(long*)(fp + p->B) - *(long*)(fp + p->C); p++; goto Next;
            case Op.I64Mul: *(long*)(fp + p->A) = *(long*)(fp + p->B) * *(long*)(fp + p->C); p++; goto Next;
            case Op.I64DivS: left64 = *(long*)(fp + p->B); right64 = *(long*)(fp + p->C); if (right64 == 0) { goto DividedByZero; } if (right64 == -1 && left64 == long.MinValue) { goto Overflowed; } *(long*)(fp + p->A) = left64 / right64; p++; goto Next;
            case Op.I64DivU: if (*(ulong*)(fp + p->C) == 0) { goto DividedByZero; } *(ulong*)(fp + p->A) = *(ulong*)(fp + p->B) / *(ulong*)(fp + p->C); p++; goto Next;
            case Op.I64RemS: right64 = *(long*)(fp + p->C); if (right64 == 0) { goto DividedByZero; } *(long*)(fp + p->A) = right64 == -1 ? 0 : *(long*)(fp + p->B) % right64; p++; goto Next;
            case Op.I64RemU: if (*(ulong*)(fp + p->C) == 0) { goto DividedByZero; } *(ulong*)(fp + p->A) = *(ulong*)(fp + p->B) % *(ulong*)(fp + p->C); p++; goto Next;
            case Op.I64And: *(long*)(fp + p->A) = *(long*)(fp + p->B) & *(long*)(fp + p->C); p++; goto Next;
            case Op.I64Or: *(long*)(fp + p->A) = *(long*)(fp + p->B) | *(long*)(fp + p->C); p++; goto Next;
            case Op.I64Xor: *(long*)(fp + p->A) = *(long*)(fp + p->B) ^ *(long*)(fp + p->C); p++; goto Next;
            case Op.I64Shl: *(long*)(fp + p->A) = *(long*)(fp + p->B) << *(int*)(fp + p->C); p++; goto Next;
            case Op.I64ShrS: *(long*)(fp + p->A) = *(long*)(fp + p->B) >> *(int*)(fp + p->C); p++; goto Next;
            case Op.I64ShrU: *(ulong*)(fp + p->A) = *(ulong*)(fp + p->B) >> *(int*)(fp + p->C); p++; goto Next;
            case Op.I64Rotl: *(ulong*)(fp + p->A) = BitOperations.RotateLeft(*(ulong*)(fp + p->B), *(int*)(fp + p->C)); p++; goto Next;
            case Op.I64Rotr: *(ulong*)(fp + p->A) = BitOperations.RotateRight(*(ulong*)(fp + p->B), *(int*)(fp + p->C)); p++; goto Next;
            case Op.F32Abs: *(uint*)(fp + p->A) = *(uint*)(fp + p->B) & ~0x8000_0000u; p++; goto Next;
            case Op.F32Neg: *(uint*)(fp + p->A) = *(uint*)(fp + p->B) ^ 0x8000_0000u; p++; goto Next;
            case Op.F32Ceil: *(float*)(fp + p->A) = (float)Numbers.Ceiling(*(float*)(fp + p->B)); p++; goto Next;
            case Op.F32Floor: *(float*)(fp + p->A) = (float)Numbers.Floor(*(float*)(fp + p->B)); p++; goto Next;
            case Op.F32Trunc: *(float*)(fp + p->A) = (float)Numbers.Truncate(*(float*)(fp + p->B)); p++; goto Next;
            case Op.F32Nearest: *(float*)(fp + p->A) = (float)Numbers.Round(*(float*)(fp + p->B)); p++; goto Next;
            case Op.F32Sqrt: *(float*)(fp + p->A) = MathF.Sqrt(*(float*)(fp + p->B)); p++; goto Next;
            case Op.F32Add: *(float*)(fp + p->A) = *(float*)(fp + p->B) + *(float*)(fp + p->C); p++; goto Next;
            case Op.F32Sub: *(float*)(fp + p->A) = *(float*)(fp + p->B) - *(float*)(fp + p->C); p++; goto Next;
            case Op.F32Mul: *(float*)(fp + p->A) = *(float*)(fp + p->B) * *(float*)(fp + p->C); p++; goto Next;
            case Op.F32Div: *(float*)(fp + p->A) = *(float*)(fp + p->B) / *(float*)(fp + p->C); p++; goto Next;
            case Op.F32Min: *(float*)(fp + p->A) = Numbers.Min(*(float*)(fp + p->B), *(float*)(fp + p->C)); p++; goto Next;
            case Op.F32Max: *(float*)(fp + p->A) = Numbers.Max(*(float*)(fp + p->B), *(float*)(fp + p->C)); p++; goto Next;
            case Op.F32Copysign: *(uint*)(fp + p->A) = (*(uint*)(fp + p->B) & ~0x8000_0000u) | (*(uint*)(fp + p->C) & 0x8000_0000u); p++; goto Next;
            case Op.F64Abs: *(ulong*)(fp + p->A) = *(ulong*)(fp + p->B) & ~0x8000_0000_0000_0000ul; p++; goto Next;
            case Op.F64Neg: *(ulong*)(fp + p->A) = *(ulong*)(fp + p->B) ^ 0x8000_0000_0000_0000ul; p++; goto Next;
            case Op.F64Ceil: *(double*)(fp + p->A) = Numbers.Ceiling(*(double*)(fp + p->B)); p++; goto Next;
            case Op.F64Floor: *(double*)(fp + p->A) = Numbers.Floor(*(double*)(fp + p->B)); p++; goto Next;
            case Op.F64Trunc: *(double*)(fp + p->A) = Numbers.Truncate(*(double*)(fp + p->B)); p++; goto Next;
            case Op.F64Nearest: *(double*)(fp + p->A) = Numbers.Round(*(double*)(fp + p->B)); p++; goto Next;
            case Op.F64Sqrt: *(double*)(fp + p->A) = Math.Sqrt(*(double*)(fp + p->B)); p++; goto Next;
            case Op.F64Add: *(double*)(fp + p->A) = *(double*)(fp + p->B) + *(double*)(fp + p->C); p++; goto Next;
            case Op.F64Sub: *(double*)(fp + p->A) = *(double*)(fp + p->B) - *(double*)(fp + p->C); p++; goto Next;
            case Op.F64Mul: *(double*)(fp + p->A) = *(double*)(fp + p->B) * *(double*)(fp + p->C); p++; goto Next;
            case Op.F64Div: *(double*)(fp + p->A) = *(double*)(fp + p->B) / *(double*)(fp + p->C); p++; goto Next;
            case Op.F64Min: *(double*)(fp + p->A) = Numbers.Min(*(double*)(fp + p->B), *(double*)(fp + p->C)); p++; goto Next;
            case Op.F64Max: *(double*)(fp + p->A) = Numbers.Max(*(double*)(fp + p->B), *(double*)(fp + p->C)); p++; goto Next;
            case Op.F64Copysign: *(ulong*)(fp + p->A) = (*(ulong*)(fp + p->B) & ~0x8000_0000_0000_0000ul) | (*(ulong*)(fp + p->C) & 0x8000_0000_0000_0000ul); p++; goto Next;
            case Op.I32TruncF32S: single = *(float*)(fp + p->B); if (!(single > -2147483904f && single < 2147483648f)) { goto NoNumber32; } *(int*)(fp + p->A) = Numbers.ToInt32(single); p++; goto Next;
            case Op.I32TruncF32U: single = *(float*)(fp + p->B); if (!(single > -1f && single < 4294967296f)) { goto NoNumber32; } *(uint*)(fp + p->A) = Numbers.ToUInt32(single); p++; goto Next;
            case Op.I32TruncF64S: real = *(double*)(fp + p->B); if (!(real > -2147483649.0 && real < 2147483648.0)) { goto NoNumber64; } *(int*)(fp + p->A) = Numbers.ToInt32(real); p++; goto Next;
            case Op.I32TruncF64U: real = *(double*)(fp + p->B); if (!(real > -1.0 && real < 4294967296.0)) { goto NoNumber64; } *(uint*)(fp + p->A) = Numbers.ToUInt32(real); p++; goto Next;
            case Op.I64ExtendI32S: *(long*)(fp + p->A) = *(int*)(fp + p->B); p++; goto Next;
            case Op.I64ExtendI32U: *(ulong*)(fp + p->A) = *(uint*)(fp + p->B); p++; goto Next;
            case Op.I64TruncF32S: single = *(float*)(fp + p->B); if (!(single > -9223373136366403584f && single < 9223372036854775808f)) { goto NoNumber32; } *(long*)(fp + p->A) = Numbers.ToInt64(single); p++; goto Next;
            case Op.I64TruncF32U: single = *(float*)(fp + p->B); if (!(single > -1f && single < 18446744073709551616f)) { goto NoNumber32; } *(ulong*)(fp + p->A) = Numbers.ToUInt64(single); p++; goto Next;
            case Op.I64TruncF64S: real = *(double*)(fp + p->B); if (!(real > -9223372036854777856.0 && real < 9223372036854775808.0)) { goto NoNumber64; } *(long*)(fp + p->A) = Numbers.ToInt64(real); p++; goto Next;
            case Op.I64TruncF64U: real = *(double*)(fp + p->B); if (!(real > -1.0 && real < 18446744073709551616.0)) { goto NoNumber64; } *(ulong*)(fp + p->A) = Numbers.ToUInt64(real); p++; goto Next;
            case Op.F32ConvertI32S: *(float*)(fp + p->A) = (float)*(int*)(fp + p->B); p++; goto Next;
            case Op.F32ConvertI32U: *(float*)(fp + p->A) = (float)*(uint*)(fp + p->B); p++; goto Next;
            case Op.F32ConvertI64S: *(float*)(fp + p->A) = (float)*(long*)(fp + p->B); p++; goto Next;
            case Op.F32ConvertI64U: *(float*)(fp + p->A) = Numbers.ToSingle(*(ulong*)(fp + p->B)); p++; goto Next;
            case Op.F32DemoteF64: *(float*)(fp + p->A) = (float)*(double*)(fp + p->B); p++; goto Next;
            case Op.F64ConvertI32S: *(double*)(fp + p->A) = *(int*)(fp + p->B); p++; goto Next;
            case Op.F64ConvertI32U: *(double*)(fp + p->A) = *(uint*)(fp + p->B); p++; goto Next;
            case Op.F64ConvertI64S: *(double*)(fp + p->A) = *(long*)(fp + p->B); p++; goto Next;
            case Op.F64ConvertI64U: *(double*)(fp + p->A) = Numbers.ToDouble(*(ulong*)(fp + p->B)); p++; goto Next;
            case Op.F64PromoteF32: *(double*)(fp + p->A) = *(float*)(fp + p->B); p++; goto Next;
            case Op.I32Extend8S: *(int*)(fp + p->A) = *(sbyte*)(fp + p->B); p++; goto Next;
            case Op.I32Extend16S: *(int*)(fp + p->A) = *(short*)(fp + p->B); p++; goto Next;
            case Op.I64Extend8S: *(long*)(fp + p->A) = *(sbyte*)(fp + p->B); p++; goto Next;
            case Op.I64Extend16S: *(long*)(fp + p->A) = *(short*)(fp + p->B); p++; goto Next;
            case Op.I64Extend32S: *(long*)(fp + p->A) = *(int*)(fp + p->B); p++; goto Next;
            case Op.I32TruncSatF32S: *(int*)(fp + p->A) = Numbers.SaturateInt32(*(float*)(fp + p->B)); p++; goto Next;
            case Op.I32TruncSatF32U: *(uint*)(fp + p->A) = Numbers.SaturateUInt32(*(float*)(fp + p->B)); p++; goto Next;
            case Op.I32TruncSatF64S: *(int*)(fp + p->A) = Numbers.SaturateInt32(*(double*)(fp + p->B)); p++; goto Next;
            case Op.I32TruncSatF64U: *(uint*)(fp + p->A) = Numbers.SaturateUInt32(*(double*)(fp + p->B)); p++; goto Next;
            case Op.I64TruncSatF32S: *(long*)(fp + p->A) = Numbers.SaturateInt64(*(float*)(fp + p->B)); p++; goto Next;
            case Op.I64TruncSatF32U: *(ulong*)(fp + p->A) = Numbers.SaturateUInt64(*(float*)(fp + p->B)); p++; goto Next;
            case Op.I64TruncSatF64S: *(long*)(fp + p->A) = Numbers.SaturateInt64(*(double*)(fp + p->B)); p++; goto Next;
            case Op.I64TruncSatF64U: *(ulong*)(fp + p->A) = Numbers.SaturateUInt64(*(double*)(fp + p->B)); p++; goto Next;
            // Memory at the sum of a slot and a number, and an offset.
            case Op.I32LoadWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 4 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(int*)(memory + at); p += 2; goto Next;
            case Op.I64LoadWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 8 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(long*)(memory + at); p += 2; goto Next;
            case Op.F32LoadWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 4 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(int*)(memory + at); p += 2; goto Next;
            case Op.F64LoadWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 8 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(long*)(memory + at); p += 2; goto Next;
            case Op.I32Load8SWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(sbyte*)(memory + at); p += 2; goto Next;
            case Op.I32Load8UWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(byte*)(memory + at); p += 2; goto Next;
            case Op.I32Load16SWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 2 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(short*)(memory + at); p += 2; goto Next;
            case Op.I32Load16UWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 2 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(ushort*)(memory + at); p += 2; goto Next;
            case Op.I64Load8SWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 1 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(sbyte*)(memory + at); p += 2; goto Next;
            case Op.I64Load8UWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 1 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(byte*)(memory + at); p += 2; goto Next;
            case Op.I64Load16SWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 2 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(short*)(memory + at); p += 2; goto Next;
            case Op.I64Load16UWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 2 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(ushort*)(memory + at); p += 2; goto Next;
            case Op.I64Load32SWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 4 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(int*)(memory + at); p += 2; goto Next;
            case Op.I64Load32UWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 4 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(uint*)(memory + at); p += 2; goto Next;
            case Op.I32StoreWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 4 > size) { goto OutOfBounds; } *(int*)(memory + at) = *(int*)(fp + p->A); p += 2; goto Next;
            case Op.I64StoreWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 8 > size) { goto OutOfBounds; } *(long*)(memory + at) = *(long*)(fp + p->A); p += 2; goto Next;
            case Op.F32StoreWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 4 > size) { goto OutOfBounds; } *(int*)(memory + at) = *(int*)(fp + p->A); p += 2; goto Next;
            case Op.F64StoreWide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 8 > size) { goto OutOfBounds; } *(long*)(memory + at) = *(long*)(fp + p->A); p += 2; goto Next;
            case Op.I32Store8Wide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 1 > size) { goto OutOfBounds; } *(byte*)(memory + at) = *(byte*)(fp + p->A); p += 2; goto Next;
            case Op.I32Store16Wide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 2 > size) { goto OutOfBounds; } *(ushort*)(memory + at) = *(ushort*)(fp + p->A); p += 2; goto Next;
            case Op.I64Store8Wide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 1 > size) { goto OutOfBounds; } *(byte*)(memory + at) = *(byte*)(fp + p->A); p += 2; goto Next;
            case Op.I64Store16Wide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 2 > size) { goto OutOfBounds; } *(ushort*)(memory + at) = *(ushort*)(fp + p->A); p += 2; goto Next;
            case Op.I64Store32Wide: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 4 > size) { goto OutOfBounds; } *(uint*)(memory + at) = *(uint*)(fp + p->A); p += 2; goto Next;
            // With an immediate operand.
            case Op.I32AddImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) + (short)p->C; p++; goto Next;
            case Op.I32MulImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) * (short)p->C; p++; goto Next;
            case Op.I32AndImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) & (short)p->C; p++; goto Next;
            case Op.I32OrImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) | (int)(short)p->C; p++; goto Next;
            case Op.I32XorImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) ^ (short)p->C; p++; goto Next;
            case Op.I32ShlImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) << (short)p->C; p++; goto Next;
            case Op.I32ShrSImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) >> (short)p->C; p++; goto Next;
            case Op.I32ShrUImmediate: *(uint*)(fp + p->A) = *(uint*)(fp + p->B) >> (short)p->C; p++; goto Next;
            case Op.I32RotlImmediate: *(uint*)(fp + p->A) = BitOperations.RotateLeft(*(uint*)(fp + p->B), (short)p->C); p++; goto Next;
            case Op.I64AddImmediate: *(long*)(fp + p->A) = *(long*)(fp + p->B) + (short)p->C; p++; goto Next;
            case Op.I64MulImmediate: *(long*)(fp + p->A) = *(long*)(fp + p->B) * (short)p->C; p++; goto Next;
            case Op.I64AndImmediate: *(long*)(fp + p->A) = *(long*)(fp + p->B) & (short)p->C; p++; goto Next;
            case Op.I64OrImmediate: *(long*)(fp + p->A) = *(long*)(fp + p->B) | (long)(short)p->C; p++; goto Next;
            case Op.I64XorImmediate: *(long*)(fp + p->A) = *(long*)(fp + p->B) ^ (short)p->C; p++; goto Next;
            case Op.I64ShlImmediate: *(long*)(fp + p->A) = *(long*)(fp + p->B) << (short)p->C; p++; goto Next;
            case Op.I64ShrSImmediate: *(long*)(fp + p->A) = *(long*)(fp + p->B) >> (short)p->C; p++; goto Next;
            case Op.I64ShrUImmediate: *(ulong*)(fp + p->A) = *(ulong*)(fp + p->B) >> (short)p->C; p++; goto Next;
            case Op.I64RotlImmediate: *(ulong*)(fp + p->A) = BitOperations.RotateLeft(*(ulong*)(fp + p->B), (short)p->C); p++; goto Next;
            case Op.I32EqImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) == (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I32NeImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) != (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I32LtSImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) < (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I32LtUImmediate: *(int*)(fp + p->A) = *(uint*)(fp + p->B) < (uint)(short)p->C ? 1 : 0; p++; goto Next;
            case Op.I32GtSImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) > (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I32GtUImmediate: *(int*)(fp + p->A) = *(uint*)(fp + p->B) > (uint)(short)p->C ? 1 : 0; p++; goto Next;
            case Op.I32LeSImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) <= (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I32LeUImmediate: *(int*)(fp + p->A) = *(uint*)(fp + p->B) <= (uint)(short)p->C ? 1 : 0; p++; goto Next;
            case Op.I32GeSImmediate: *(int*)(fp + p->A) = *(int*)(fp + p->B) >= (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I32GeUImmediate: *(int*)(fp + p->A) = *(uint*)(fp + p->B) >= (uint)(short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64EqImmediate: *(int*)(fp + p->A) = *(long*)(fp + p->B) == (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64NeImmediate: *(int*)(fp + p->A) = *(long*)(fp + p->B) != (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64LtSImmediate: *(int*)(fp + p->A) = *(long*)(fp + p->B) < (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64LtUImmediate: *(int*)(fp + p->A) = *(ulong*)(fp + p->B) < (ulong)(short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64GtSImmediate: *(int*)(fp + p->A) = *(long*)(fp + p->B) > (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64GtUImmediate: *(int*)(fp + p->A) = *(ulong*)(fp + p->B) > (ulong)(short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64LeSImmediate: *(int*)(fp + p->A) = *(long*)(fp + p->B) <= (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64LeUImmediate: *(int*)(fp + p->A) = *(ulong*)(fp + p->B) <= (ulong)(short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64GeSImmediate: *(int*)(fp + p->A) = *(long*)(fp + p->B) >= (short)p->C ? 1 : 0; p++; goto Next;
            case Op.I64GeUImmediate: *(int*)(fp + p->A) = *(ulong*)(fp + p->B) >= (ulong)(short)p->C ? 1 : 0; p++; goto Next;
            // Comparison and branch.
            case Op.BranchI32Eq: if (*(int*)(fp + p->B) == *(int*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32Ne: if (*(int*)(fp + p->B) != *(int*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32LtS: if (*(int*)(fp + p->B) < *(int*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32LtU: if (*(uint*)(fp + p->B) < *(uint*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32GtS: if (*(int*)(fp + p->B) > *(int*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32GtU: if (*(uint*)(fp + p->B) > *(uint*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32LeS: if (*(int*)(fp + p->B) <= *(int*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32LeU: if (*(uint*)(fp + p->B) <= *(uint*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32GeS: if (*(int*)(fp + p->B) >= *(int*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32GeU: if (*(uint*)(fp + p->B) >= *(uint*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64Eq: if (*(long*)(fp + p->B) == *(long*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64Ne: if (*(long*)(fp + p->B) != *(long*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64LtS: if (*(long*)(fp + p->B) < *(long*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64LtU: if (*(ulong*)(fp + p->B) < *(ulong*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64GtS: if (*(long*)(fp + p->B) > *(long*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64GtU: if (*(ulong*)(fp + p->B) > *(ulong*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64LeS: if (*(long*)(fp + p->B) <= *(long*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64LeU: if (*(ulong*)(fp + p->B) <= *(ulong*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64GeS: if (*(long*)(fp + p->B) >= *(long*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64GeU: if (*(ulong*)(fp + p->B) >= *(ulong*)(fp + p->C)) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32EqImmediate: if (*(int*)(fp + p->A) == *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32NeImmediate: if (*(int*)(fp + p->A) != *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32LtSImmediate: if (*(int*)(fp + p->A) < *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32LtUImmediate: if (*(uint*)(fp + p->A) < *(uint*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32GtSImmediate: if (*(int*)(fp + p->A) > *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32GtUImmediate: if (*(uint*)(fp + p->A) > *(uint*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32LeSImmediate: if (*(int*)(fp + p->A) <= *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32LeUImmediate: if (*(uint*)(fp + p->A) <= *(uint*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32GeSImmediate: if (*(int*)(fp + p->A) >= *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI32GeUImmediate: if (*(uint*)(fp + p->A) >= *(uint*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64EqImmediate: if (*(long*)(fp + p->A) == *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64NeImmediate: if (*(long*)(fp + p->A) != *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64LtSImmediate: if (*(long*)(fp + p->A) < *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64LtUImmediate: if (*(ulong*)(fp + p->A) < (ulong)*(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64GtSImmediate: if (*(long*)(fp + p->A) > *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64GtUImmediate: if (*(ulong*)(fp + p->A) > (ulong)*(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64LeSImmediate: if (*(long*)(fp + p->A) <= *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64LeUImmediate: if (*(ulong*)(fp + p->A) <= (ulong)*(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64GeSImmediate: if (*(long*)(fp + p->A) >= *(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchI64GeUImmediate: if (*(ulong*)(fp + p->A) >= (ulong)*(int*)&p->B) { p += *(int*)(p + 1); } else { p += 2; } goto Next;
            case Op.BranchBackI32Eq: if (*(int*)(fp + p->B) == *(int*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32Ne: if (*(int*)(fp + p->B) != *(int*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32LtS: if (*(int*)(fp + p->B) < *(int*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32LtU: if (*(uint*)(fp + p->B) < *(uint*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32GtS: if (*(int*)(fp + p->B) > *(int*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32GtU: if (*(uint*)(fp + p->B) > *(uint*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32LeS: if (*(int*)(fp + p->B) <= *(int*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32LeU: if (*(uint*)(fp + p->B) <= *(uint*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32GeS: if (*(int*)(fp + p->B) >= *(int*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32GeU: if (*(uint*)(fp + p->B) >= *(uint*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64Eq: if (*(long*)(fp + p->B) == *(long*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64Ne: if (*(long*)(fp + p->B) != *(long*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64LtS: if (*(long*)(fp + p->B) < *(long*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64LtU: if (*(ulong*)(fp + p->B) < *(ulong*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64GtS: if (*(long*)(fp + p->B) > *(long*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64GtU: if (*(ulong*)(fp + p->B) > *(ulong*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64LeS: if (*(long*)(fp + p->B) <= *(long*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64LeU: if (*(ulong*)(fp + p->B) <= *(ulong*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64GeS: if (*(long*)(fp + p->B) >= *(long*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64GeU: if (*(ulong*)(fp + p->B) >= *(ulong*)(fp + p->C)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32EqImmediate: if (*(int*)(fp + p->A) == *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32NeImmediate: if (*(int*)(fp + p->A) != *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32LtSImmediate: if (*(int*)(fp + p->A) < *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32LtUImmediate: if (*(uint*)(fp + p->A) < *(uint*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32GtSImmediate: if (*(int*)(fp + p->A) > *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32GtUImmediate: if (*(uint*)(fp + p->A) > *(uint*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32LeSImmediate: if (*(int*)(fp + p->A) <= *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32LeUImmediate: if (*(uint*)(fp + p->A) <= *(uint*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32GeSImmediate: if (*(int*)(fp + p->A) >= *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI32GeUImmediate: if (*(uint*)(fp + p->A) >= *(uint*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64EqImmediate: if (*(long*)(fp + p->A) == *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64NeImmediate: if (*(long*)(fp + p->A) != *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64LtSImmediate: if (*(long*)(fp + p->A) < *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64LtUImmediate: if (*(ulong*)(fp + p->A) < (ulong)*(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64GtSImmediate: if (*(long*)(fp + p->A) > *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64GtUImmediate: if (*(ulong*)(fp + p->A) > (ulong)*(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64LeSImmediate: if (*(long*)(fp + p->A) <= *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64LeUImmediate: if (*(ulong*)(fp + p->A) <= (ulong)*(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64GeSImmediate: if (*(long*)(fp + p->A) >= *(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            case Op.BranchBackI64GeUImmediate: if (*(ulong*)(fp + p->A) >= (ulong)*(int*)&p->B) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 2; } goto Next;
            // Memory at the sum of two slots.
            case Op.I32LoadSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 4 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(int*)(memory + at); p++; goto Next;
            case Op.I64LoadSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 8 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(long*)(memory + at); p++; goto Next;
            case Op.F32LoadSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 4 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(int*)(memory + at); p++; goto Next;
            case Op.F64LoadSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 8 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(long*)(memory + at); p++; goto Next;
            case Op.I32Load8SSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(sbyte*)(memory + at); p++; goto Next;
            case Op.I32Load8USum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(byte*)(memory + at); p++; goto Next;
            case Op.I32Load16SSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 2 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(short*)(memory + at); p++; goto Next;
            case Op.I32Load16USum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 2 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(ushort*)(memory + at); p++; goto Next;
            case Op.I64Load8SSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 1 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(sbyte*)(memory + at); p++; goto Next;
            case Op.I64Load8USum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 1 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(byte*)(memory + at); p++; goto Next;
            case Op.I64Load16SSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 2 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(short*)(memory + at); p++; goto Next;
            case Op.I64Load16USum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 2 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(ushort*)(memory + at); p++; goto Next;
            case Op.I64Load32SSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 4 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(int*)(memory + at); p++; goto Next;
            case Op.I64Load32USum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 4 > size) { goto OutOfBounds; } *(long*)(fp + p->A) = *(uint*)(memory + at); p++; goto Next;
            case Op.I32StoreSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 4 > size) { goto OutOfBounds; } *(int*)(memory + at) = *(int*)(fp + p->A); p++; goto Next;
            case Op.I64StoreSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 8 > size) { goto OutOfBounds; } *(long*)(memory + at) = *(long*)(fp + p->A); p++; goto Next;
            case Op.F32StoreSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 4 > size) { goto OutOfBounds; } *(int*)(memory + at) = *(int*)(fp + p->A); p++; goto Next;
            case Op.F64StoreSum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 8 > size) { goto OutOfBounds; } *(long*)(memory + at) = *(long*)(fp + p->A); p++; goto Next;
            case Op.I32Store8Sum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 1 > size) { goto OutOfBounds; } *(byte*)(memory + at) = *(byte*)(fp + p->A); p++; goto Next;
            case Op.I32Store16Sum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 2 > size) { goto OutOfBounds; } *(ushort*)(memory + at) = *(ushort*)(fp + p->A); p++; goto Next;
            case Op.I64Store8Sum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 1 > size) { goto OutOfBounds; } *(byte*)(memory + at) = *(byte*)(fp + p->A); p++; goto Next;
            case Op.I64Store16Sum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 2 > size) { goto OutOfBounds; } *(ushort*)(memory + at) = *(ushort*)(fp + p->A); p++; goto Next;
            case Op.I64Store32Sum: at = *(uint*)(fp + p->B) + *(uint*)(fp + p->C); if (at + 4 > size) { goto OutOfBounds; } *(uint*)(memory + at) = *(uint*)(fp + p->A); p++; goto Next;
            // Addition, comparison of the sum, and branch back: the end of most loops.
            case Op.AddBranchBackI32Eq: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left == *(int*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32Ne: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left != *(int*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32LtS: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left < *(int*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32LtU: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if ((uint)left < *(uint*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32GtS: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left > *(int*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32GtU: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if ((uint)left > *(uint*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32LeS: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left <= *(int*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32LeU: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if ((uint)left <= *(uint*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32GeS: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left >= *(int*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32GeU: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if ((uint)left >= *(uint*)(fp + *(int*)(p + 2))) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32EqImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left == *(int*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32NeImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left != *(int*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32LtSImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left < *(int*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32LtUImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if ((uint)left < *(uint*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32GtSImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left > *(int*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32GtUImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if ((uint)left > *(uint*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32LeSImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left <= *(int*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32LeUImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if ((uint)left <= *(uint*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32GeSImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if (left >= *(int*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            case Op.AddBranchBackI32GeUImmediate: left = *(int*)(fp + p->B) + (short)p->C; *(int*)(fp + p->A) = left; if ((uint)left >= *(uint*)(p + 2)) { fuel -= *((int*)(p + 1) + 1); p += *(int*)(p + 1); if (fuel < 0) { goto Refuel; } } else { p += 3; } goto Next;
            // A slot and a shifted one.
            case Op.I32AddShl: *(int*)(fp + p->A) = *(int*)(fp + p->B) + (*(int*)(fp + p->C) << *(int*)(p + 1)); p += 2; goto Next;
            case Op.I32AddShrU: *(int*)(fp + p->A) = *(int*)(fp + p->B) + (int)(*(uint*)(fp + p->C) >> *(int*)(p + 1)); p += 2; goto Next;
            case Op.I32AddRotl: *(int*)(fp + p->A) = *(int*)(fp + p->B) + (int)BitOperations.RotateLeft(*(uint*)(fp + p->C), *(int*)(p + 1)); p += 2; goto Next;
            case Op.I32XorShl: *(int*)(fp + p->A) = *(int*)(fp + p->B) ^ (*(int*)(fp + p->C) << *(int*)(p + 1)); p += 2; goto Next;
            case Op.I32XorShrU: *(int*)(fp + p->A) = *(int*)(fp + p->B) ^ (int)(*(uint*)(fp + p->C) >> *(int*)(p + 1)); p += 2; goto Next;
            case Op.I32XorRotl: *(int*)(fp + p->A) = *(int*)(fp + p->B) ^ (int)BitOperations.RotateLeft(*(uint*)(fp + p->C), *(int*)(p + 1)); p += 2; goto Next;
            // An operation, and the branch that comes next, without looking what that is.
            case Op.I32Load8UThenEq: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(byte*)(memory + at); p++; goto case Op.BranchI32EqImmediate;
            case Op.I32Load8UThenNe: at = *(uint*)(fp + p->B) + (ulong)p->C; if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(byte*)(memory + at); p++; goto case Op.BranchI32NeImmediate;
            case Op.I32Load8UWideThenEq: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(byte*)(memory + at); p += 2; goto case Op.BranchI32EqImmediate;
            case Op.I32Load8UWideThenNe: at = (*(uint*)(fp + p->B) + *(uint*)(p + 1)) + (ulong)*((uint*)(p + 1) + 1); if (at + 1 > size) { goto OutOfBounds; } *(int*)(fp + p->A) = *(byte*)(memory + at); p += 2; goto case Op.BranchI32NeImmediate;
            case Op.MoveThenEq: fp[p->A] = fp[p->B]; p++; goto case Op.BranchI32EqImmediate;
            case Op.MoveThenNe: fp[p->A] = fp[p->B]; p++; goto case Op.BranchI32NeImmediate;
            default:
                trap = WasmTrap.Unreachable;
                goto Trapped;
        }

    Enter:
        // A function of this instance, to return to p.
        if (window + callee->FrameSlots > _slotsEnd || top == _framesEnd)
        {
            goto Exhausted;
        }

        top->Code = p;
        top->Slots = fp;
        top++;
        fp = window;
        for (int i = callee->ParameterCount; i < callee->LocalCount; i++)
        {
            fp[i] = 0;
        }

        p = callee->Code;
        fuel -= callee->Cost;
        if (fuel >= 0)
        {
            goto Next;
        }

    Refuel:
        pause = Pause.Slice;
        goto Paused;
    Outside:
        _callee = callee;
        _window = window;
        pause = Pause.Call;
        goto Paused;
    OutOfBounds:
        trap = WasmTrap.OutOfBoundsMemoryAccess;
        goto Trapped;
    DividedByZero:
        trap = WasmTrap.IntegerDivideByZero;
        goto Trapped;
    Overflowed:
        trap = WasmTrap.IntegerOverflow;
        goto Trapped;
    NoNumber32:
        trap = float.IsNaN(single) ? WasmTrap.InvalidConversionToInteger : WasmTrap.IntegerOverflow;
        goto Trapped;
    NoNumber64:
        trap = double.IsNaN(real) ? WasmTrap.InvalidConversionToInteger : WasmTrap.IntegerOverflow;
        goto Trapped;
    Exhausted:
        trap = WasmTrap.CallStackExhausted;
    Trapped:
        _trap = trap;
        pause = Pause.Trapped;
    Paused:
        _p = p;
        _fp = fp;
        _top = top;
        _context = context;
        _slice = fuel;
        return pause;
    }
}
