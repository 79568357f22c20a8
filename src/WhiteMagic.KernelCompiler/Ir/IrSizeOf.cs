namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>The size of a type that contains pointers; every other size is an <see cref="IrConstant"/>.</summary>
internal sealed class IrSizeOf(IrType measured) : IrOperand(IrType.I32)
{
    internal IrType Measured => measured;
}
