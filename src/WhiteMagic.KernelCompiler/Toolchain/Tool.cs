namespace WhiteMagic.KernelCompiler.Toolchain;

internal enum Tool
{
    Clang,
    Linker,
}
