using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Address arithmetic in elements.</summary>
internal static class Address
{
    /// <summary>Turns the count of elements on top of the stack into bytes.</summary>
    internal static void Scale(MethodFrame frame, IrType element)
    {
        if (frame.Stack is [.., { Type: var type }] && type == IrType.I32)
        {
            ConversionLowering.Convert(frame, IrKind.Native, IrConversion.Plain);
        }

        IrOperand count = frame.Pop().Operand;
        IrLocal bytes = frame.Temporary(IrType.Native);
        frame.Emit(new IrInstruction.Binary(bytes, IrBinary.Multiply, count, MethodFrame.SizeOf(element)));
        frame.Push(bytes);
    }

    /// <summary>Pushes the address on the stack moved by the bytes above it.</summary>
    internal static void Move(MethodFrame frame, bool isBackward)
    {
        IrOperand bytes = frame.Pop().Operand;
        IrOperand address = frame.PopAddress();
        IrLocal result = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.Offset(result, address, bytes, isBackward));
        frame.Push(result);
    }
}
