namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>
/// What kind of value a place holds. On the evaluation stack the integers narrower than 32 bits and <see cref="U32"/> are
/// <see cref="I32"/>, and <see cref="U64"/> is <see cref="I64"/>: there the instruction says whether a value counts as unsigned.
/// </summary>
internal enum IrKind
{
    Void,
    I8,
    U8,
    I16,
    U16,
    I32,
    U32,
    I64,
    U64,
    F32,
    F64,

    /// <summary>An integer as wide as a pointer: 32 bits in WebAssembly.</summary>
    Native,
    UNative,
    Pointer,
    Struct,

    /// <summary>128 bits in lanes.</summary>
    Vector,
}
