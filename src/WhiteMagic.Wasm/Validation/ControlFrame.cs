using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Validation;

/// <summary>A block that is open.</summary>
/// <param name="Code">What opened it; Block for the body itself.</param>
/// <param name="Type">What it takes and gives.</param>
/// <param name="Height">Operands below it.</param>
internal record struct ControlFrame(Opcode Code, FunctionType Type, int Height)
{
    /// <summary>Whether what follows in it is never reached, and so has any operands.</summary>
    internal bool IsUnreachable { get; set; }

    /// <summary>What a branch to it brings.</summary>
    internal readonly WasmType[] Label => Code == Opcode.Loop ? Type.Parameters : Type.Results;
}
