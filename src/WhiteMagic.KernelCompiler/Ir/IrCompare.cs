namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>
/// Comparisons; the result is 0 or 1. The Unsigned ones take integers as unsigned, and are true of floating-point numbers also when one is NaN.
/// </summary>
internal enum IrCompare
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    LessUnsigned,
    LessOrEqualUnsigned,
    GreaterUnsigned,
    GreaterOrEqualUnsigned,
}
