namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>How a conversion takes its operand, and what it does with a value that does not fit.</summary>
internal enum IrConversion
{
    /// <summary>Integers wrap, floating-point numbers saturate and NaN becomes 0.</summary>
    Plain,

    /// <summary>As <see cref="Plain"/>, of an integer taken as unsigned.</summary>
    Unsigned,

    /// <summary>Traps when the value does not fit.</summary>
    Checked,

    /// <summary>As <see cref="Checked"/>, of an integer taken as unsigned.</summary>
    CheckedUnsigned,
}
