namespace WhiteMagic.Wasm.Model;

/// <summary>What can be imported and exported, with the numbers of the binary format.</summary>
internal enum ExternKind : byte
{
    Function = 0,
    Table = 1,
    Memory = 2,
    Global = 3,
}
