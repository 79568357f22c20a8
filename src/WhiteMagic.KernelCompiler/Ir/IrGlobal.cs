namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>A static field or a table of constants.</summary>
internal sealed class IrGlobal(string name, IrType type, byte[]? initial, int alignment, bool isConstant)
{
    internal string Name => name;

    /// <summary>What it holds when it has no initial bytes.</summary>
    internal IrType Type => type;

    /// <summary>Null means zeroes.</summary>
    internal byte[]? Initial => initial;

    internal int Alignment { get; set; } = alignment;

    /// <summary>Never written; all others get their initial value back when the module is reset.</summary>
    internal bool IsConstant => isConstant;
}
