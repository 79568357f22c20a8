namespace WhiteMagic.Wasm.Model;

/// <summary>The types of values, with the numbers of the binary format.</summary>
internal enum WasmType : byte
{
    /// <summary>Whatever is asked for: what code that is never reached takes from the stack.</summary>
    Any = 0,

    ExternReference = 0x6F,
    FunctionReference = 0x70,
    F64 = 0x7C,
    F32 = 0x7D,
    I64 = 0x7E,
    I32 = 0x7F,
}
