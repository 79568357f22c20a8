namespace WhiteMagic.KernelCompiler.Ir;

internal enum IrInlining
{
    Free,
    Always,
    Never,
}
