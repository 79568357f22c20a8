namespace WhiteMagic.Wasm;

/// <summary>Why a module was refused.</summary>
public enum WasmProblem
{
    /// <summary>The bytes are no module.</summary>
    Malformed,

    /// <summary>It is a module that breaks a rule of validation.</summary>
    Invalid,

    /// <summary>It is larger than <see cref="ModuleLimits"/> allow.</summary>
    TooLarge,
}
