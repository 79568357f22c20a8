namespace WhiteMagic.Wasm.Model;

/// <summary>Instructions that are more than a numeric operation, with the numbers of the binary format. Those behind the prefix 0xFC have it in their high byte.</summary>
internal enum Opcode : ushort
{
    Unreachable = 0x00,
    Nop = 0x01,
    Block = 0x02,
    Loop = 0x03,
    If = 0x04,
    Else = 0x05,
    End = 0x0B,
    Branch = 0x0C,
    BranchIf = 0x0D,
    BranchTable = 0x0E,
    Return = 0x0F,
    Call = 0x10,
    CallIndirect = 0x11,
    Drop = 0x1A,
    Select = 0x1B,
    SelectTyped = 0x1C,
    LocalGet = 0x20,
    LocalSet = 0x21,
    LocalTee = 0x22,
    GlobalGet = 0x23,
    GlobalSet = 0x24,
    TableGet = 0x25,
    TableSet = 0x26,
    FirstLoad = 0x28,
    LastLoad = 0x35,
    FirstStore = 0x36,
    LastStore = 0x3E,
    MemorySize = 0x3F,
    MemoryGrow = 0x40,
    I32Constant = 0x41,
    I64Constant = 0x42,
    F32Constant = 0x43,
    F64Constant = 0x44,
    FirstNumeric = 0x45,
    LastNumeric = 0xC4,
    ReferenceNull = 0xD0,
    ReferenceIsNull = 0xD1,
    ReferenceFunction = 0xD2,
    Prefix = 0xFC,
    FirstSaturating = 0xFC00,
    LastSaturating = 0xFC07,
    MemoryInit = 0xFC08,
    DataDrop = 0xFC09,
    MemoryCopy = 0xFC0A,
    MemoryFill = 0xFC0B,
    TableInit = 0xFC0C,
    ElementDrop = 0xFC0D,
    TableCopy = 0xFC0E,
    TableGrow = 0xFC0F,
    TableSize = 0xFC10,
    TableFill = 0xFC11,
}

/// <summary>Which opcodes there are.</summary>
internal static class Opcodes
{
    /// <summary>Whether an opcode of one byte means something in WebAssembly 2.0 without SIMD.</summary>
    internal static bool IsDefined(this Opcode code) => code is <= Opcode.Else or >= Opcode.End and <= Opcode.CallIndirect or >= Opcode.Drop and <= Opcode.SelectTyped
        or >= Opcode.LocalGet and <= Opcode.TableSet or >= Opcode.FirstLoad and <= Opcode.LastNumeric or >= Opcode.ReferenceNull and <= Opcode.ReferenceFunction or Opcode.Prefix;
}
