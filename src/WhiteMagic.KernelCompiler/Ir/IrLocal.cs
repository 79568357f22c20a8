namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>An argument, local or temporary of a function.</summary>
internal sealed class IrLocal(string name, IrType type) : IrOperand(type)
{
    internal string Name => name;
}
