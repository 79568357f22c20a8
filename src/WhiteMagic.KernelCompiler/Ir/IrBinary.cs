namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>
/// Operations on two values of one type. Integers wrap; shift counts are masked to the width; division by zero and the overflow of a quotient
/// or remainder trap; the Checked ones trap when the result does not fit.
/// </summary>
internal enum IrBinary
{
    Add,
    Subtract,
    Multiply,
    Divide,
    DivideUnsigned,
    Remainder,
    RemainderUnsigned,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
    ShiftRightUnsigned,
    AddChecked,
    AddCheckedUnsigned,
    SubtractChecked,
    SubtractCheckedUnsigned,
    MultiplyChecked,
    MultiplyCheckedUnsigned,
}
