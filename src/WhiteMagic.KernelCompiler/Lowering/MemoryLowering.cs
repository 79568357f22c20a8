using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Reading and writing through addresses.</summary>
internal static class MemoryLowering
{
    /// <summary>False when the instruction is none of them.</summary>
    internal static bool TryLower(MethodFrame frame, IlInstruction instruction)
    {
        if (IndirectKind(instruction.Code) is { } kind)
        {
            bool isStore = instruction.Code is >= ILOpCode.Stind_ref and <= ILOpCode.Stind_r8 or ILOpCode.Stind_i;
            Access(frame, IrType.Of(kind), isStore);
            return true;
        }

        switch (instruction.Code)
        {
            case ILOpCode.Ldobj:
                Access(frame, frame.Types.Of(frame.ResolveType(instruction.Int32)), isStore: false);
                return true;
            case ILOpCode.Stobj:
                Access(frame, frame.Types.Of(frame.ResolveType(instruction.Int32)), isStore: true);
                return true;
            case ILOpCode.Cpobj:
                Copy(frame, frame.Types.Of(frame.ResolveType(instruction.Int32)));
                return true;
            case ILOpCode.Initobj:
                IrType type = frame.Types.Of(frame.ResolveType(instruction.Int32));
                frame.Emit(new IrInstruction.FillMemory(frame.PopAddress(), IrConstant.I32(0), MethodFrame.SizeOf(type)));
                return true;
            case ILOpCode.Sizeof:
                frame.Push(MethodFrame.SizeOf(frame.Types.Of(frame.ResolveType(instruction.Int32))));
                return true;
            case ILOpCode.Localloc:
                Allocate(frame);
                return true;
            case ILOpCode.Initblk or ILOpCode.Cpblk:
                Block(frame, instruction.Code == ILOpCode.Cpblk);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Reads a value of a type; the address is on the stack.</summary>
    internal static void Load(MethodFrame frame, IrType type, IrOperand address)
    {
        IrLocal result = frame.Temporary(type.OnStack);
        frame.Emit(new IrInstruction.Load(result, type, address));
        frame.Push(result);
    }

    /// <summary>Reads or writes a value of a type; the address, and what is written, are on the stack.</summary>
    internal static void Access(MethodFrame frame, IrType type, bool isStore)
    {
        if (isStore)
        {
            IrOperand value = frame.Pop().Operand;
            frame.Emit(new IrInstruction.Store(type, frame.PopAddress(), value));
            return;
        }

        Load(frame, type, frame.PopAddress());
    }

    private static void Copy(MethodFrame frame, IrType type)
    {
        IrOperand source = frame.PopAddress();
        IrOperand target = frame.PopAddress();
        frame.Emit(new IrInstruction.CopyMemory(target, source, MethodFrame.SizeOf(type)));
    }

    private static void Allocate(MethodFrame frame)
    {
        IrOperand bytes = frame.Pop().Operand;
        IrLocal result = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.Allocate(result, bytes, frame.Code.Body.InitLocals));
        frame.Push(result);
    }

    private static void Block(MethodFrame frame, bool isCopy)
    {
        IrOperand bytes = frame.Pop().Operand;
        IrOperand second = isCopy ? frame.PopAddress() : frame.Pop().Operand;
        IrOperand target = frame.PopAddress();
        frame.Emit(isCopy ? new IrInstruction.CopyMemory(target, second, bytes) : new IrInstruction.FillMemory(target, second, bytes));
    }

    private static IrKind? IndirectKind(ILOpCode code) => code switch
    {
        ILOpCode.Ldind_i1 or ILOpCode.Stind_i1 => IrKind.I8,
        ILOpCode.Ldind_u1 => IrKind.U8,
        ILOpCode.Ldind_i2 or ILOpCode.Stind_i2 => IrKind.I16,
        ILOpCode.Ldind_u2 => IrKind.U16,
        ILOpCode.Ldind_i4 or ILOpCode.Stind_i4 => IrKind.I32,
        ILOpCode.Ldind_u4 => IrKind.U32,
        ILOpCode.Ldind_i8 or ILOpCode.Stind_i8 => IrKind.I64,
        ILOpCode.Ldind_r4 or ILOpCode.Stind_r4 => IrKind.F32,
        ILOpCode.Ldind_r8 or ILOpCode.Stind_r8 => IrKind.F64,
        // A pointer in memory is read as one, so that the C compiler can follow it.
        ILOpCode.Ldind_i or ILOpCode.Stind_i => IrKind.Pointer,
        _ => null,
    };
}
