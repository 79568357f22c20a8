using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>An entry of IL's evaluation stack.</summary>
internal readonly record struct StackValue(IrOperand Operand, Known? Known = null)
{
    internal IrType Type => Operand.Type;

    internal long? Constant => Known is null && Operand is IrConstant { Type.IsFloat: false } constant ? constant.Bits : null;
}
