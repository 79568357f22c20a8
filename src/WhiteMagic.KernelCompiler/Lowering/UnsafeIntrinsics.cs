using System.Collections.Generic;
using System.Reflection;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>The methods of Unsafe, which are single instructions to the JIT.</summary>
internal static class UnsafeIntrinsics
{
    private const string Prefix = "System.Runtime.CompilerServices.Unsafe.";

    internal static readonly Dictionary<string, Intrinsic> All = new()
    {
        [Prefix + "Add"] = (frame, method) => Elements(frame, method, isBackward: false),
        [Prefix + "Subtract"] = (frame, method) => Elements(frame, method, isBackward: true),
        [Prefix + "AddByteOffset"] = (frame, _) => Bytes(frame, isBackward: false),
        [Prefix + "SubtractByteOffset"] = (frame, _) => Bytes(frame, isBackward: true),
        [Prefix + "ByteOffset"] = ByteOffset,
        [Prefix + "As"] = SameAddress,
        [Prefix + "AsRef"] = SameAddress,
        [Prefix + "AsPointer"] = SameAddress,
        [Prefix + "SizeOf"] = SizeOf,
        [Prefix + "Read"] = Read,
        [Prefix + "ReadUnaligned"] = Read,
        [Prefix + "Write"] = Write,
        [Prefix + "WriteUnaligned"] = Write,
        [Prefix + "Copy"] = Copy,
        [Prefix + "CopyBlock"] = CopyBlock,
        [Prefix + "CopyBlockUnaligned"] = CopyBlock,
        [Prefix + "InitBlock"] = InitBlock,
        [Prefix + "InitBlockUnaligned"] = InitBlock,
        [Prefix + "NullRef"] = NullRef,
        [Prefix + "IsNullRef"] = IsNullRef,
        [Prefix + "SkipInit"] = SkipInit,
        [Prefix + "AreSame"] = (frame, _) => Compare(frame, IrCompare.Equal),
        [Prefix + "IsAddressLessThan"] = (frame, _) => Compare(frame, IrCompare.LessUnsigned),
        [Prefix + "IsAddressGreaterThan"] = (frame, _) => Compare(frame, IrCompare.GreaterUnsigned),
        [Prefix + "IsAddressLessThanOrEqualTo"] = (frame, _) => Compare(frame, IrCompare.LessOrEqualUnsigned),
        [Prefix + "IsAddressGreaterThanOrEqualTo"] = (frame, _) => Compare(frame, IrCompare.GreaterOrEqualUnsigned),
    };

    private static IrType TypeArgument(MethodFrame frame, MethodBase method) => frame.Types.Of(method.GetGenericArguments()[0]);

    private static bool Elements(MethodFrame frame, MethodBase method, bool isBackward)
    {
        Address.Scale(frame, TypeArgument(frame, method));
        return Bytes(frame, isBackward);
    }

    private static bool Bytes(MethodFrame frame, bool isBackward)
    {
        Address.Move(frame, isBackward);
        return true;
    }

    private static bool ByteOffset(MethodFrame frame, MethodBase method)
    {
        IrOperand target = frame.PopAddress();
        IrOperand origin = frame.PopAddress();
        IrLocal result = frame.Temporary(IrType.Native);
        frame.Emit(new IrInstruction.Binary(result, IrBinary.Subtract, target, origin));
        frame.Push(result);
        return true;
    }

    private static bool SameAddress(MethodFrame frame, MethodBase method)
    {
        // As<T>(object) is a cast of a reference.
        if (TypeLowering.IsReference(method.GetParameters()[0].ParameterType))
        {
            return false;
        }

        frame.Push(frame.PopAddress());
        return true;
    }

    private static bool SizeOf(MethodFrame frame, MethodBase method)
    {
        frame.Push(MethodFrame.SizeOf(TypeArgument(frame, method)));
        return true;
    }

    private static bool Read(MethodFrame frame, MethodBase method)
    {
        MemoryLowering.Load(frame, TypeArgument(frame, method), frame.PopAddress());
        return true;
    }

    private static bool Write(MethodFrame frame, MethodBase method)
    {
        IrOperand value = frame.Pop().Operand;
        frame.Emit(new IrInstruction.Store(TypeArgument(frame, method), frame.PopAddress(), value));
        return true;
    }

    private static bool Copy(MethodFrame frame, MethodBase method)
    {
        IrOperand source = frame.PopAddress();
        frame.Emit(new IrInstruction.CopyMemory(frame.PopAddress(), source, MethodFrame.SizeOf(TypeArgument(frame, method))));
        return true;
    }

    private static bool CopyBlock(MethodFrame frame, MethodBase method)
    {
        IrOperand bytes = frame.Pop().Operand;
        IrOperand source = frame.PopAddress();
        frame.Emit(new IrInstruction.CopyMemory(frame.PopAddress(), source, bytes));
        return true;
    }

    private static bool InitBlock(MethodFrame frame, MethodBase method)
    {
        IrOperand bytes = frame.Pop().Operand;
        IrOperand value = frame.Pop().Operand;
        frame.Emit(new IrInstruction.FillMemory(frame.PopAddress(), value, bytes));
        return true;
    }

    private static bool NullRef(MethodFrame frame, MethodBase method)
    {
        frame.Push(IrConstant.Null);
        return true;
    }

    private static bool IsNullRef(MethodFrame frame, MethodBase method)
    {
        frame.Push(IrConstant.Null);
        return Compare(frame, IrCompare.Equal);
    }

    private static bool SkipInit(MethodFrame frame, MethodBase method)
    {
        frame.PopAddress();
        return true;
    }

    private static bool Compare(MethodFrame frame, IrCompare operation)
    {
        frame.Push(Comparisons.Lower(frame, operation));
        return true;
    }
}
