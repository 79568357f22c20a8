using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Validation;

/// <summary>A block that is open.</summary>
internal struct ControlFrame(Opcode code, FunctionType type, int height)
{
    /// <summary>What opened it; Block for the body itself.</summary>
    internal Opcode Code { get; init; } = code;

    /// <summary>What it takes and gives.</summary>
    internal FunctionType Type { get; init; } = type;

    /// <summary>Operands below it.</summary>
    internal int Height { get; init; } = height;

    /// <summary>Whether what follows in it is never reached, and so has any operands.</summary>
    internal bool IsUnreachable { get; set; }

    /// <summary>What a branch to it brings.</summary>
    internal readonly WasmType[] Label => Code == Opcode.Loop ? Type.Parameters : Type.Results;
}
