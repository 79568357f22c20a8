namespace WhiteMagic.KernelCompiler.Ir;

internal enum IrUnary
{
    Negate,
    Not,
}
