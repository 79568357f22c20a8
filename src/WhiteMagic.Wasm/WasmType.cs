namespace WhiteMagic.Wasm;

/// <summary>The types of values, with the numbers of the binary format.</summary>
public enum WasmType
{
    /// <summary>A reference to something of the host: any number but zero, which is null.</summary>
    ExternReference = 0x6F,

    /// <summary>A reference to a function; zero is null.</summary>
    FunctionReference = 0x70,

    /// <summary>A number of 64 bits with a fraction, as its bits.</summary>
    F64 = 0x7C,

    /// <summary>A number of 32 bits with a fraction, as its bits.</summary>
    F32 = 0x7D,

    /// <summary>An integer of 64 bits.</summary>
    I64 = 0x7E,

    /// <summary>An integer of 32 bits.</summary>
    I32 = 0x7F,
}
