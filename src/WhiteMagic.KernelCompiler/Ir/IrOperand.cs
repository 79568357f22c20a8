namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>What an instruction works on: a local or a constant.</summary>
internal abstract class IrOperand(IrType type)
{
    internal IrType Type => type;
}
