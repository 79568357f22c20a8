using System;

namespace WhiteMagic.Wasm;

/// <summary>A module was refused: what is wrong and where.</summary>
public sealed class WasmFormatException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="problem">The kind of it.</param>
    /// <param name="reason">What is wrong, in the words of the official test suite where it has some.</param>
    /// <param name="offset">The byte of the module where it was noticed.</param>
    public WasmFormatException(WasmProblem problem, string reason, int offset)
        : base($"{reason}, at byte {offset}")
    {
        Problem = problem;
        Reason = reason;
        Offset = offset;
    }

    /// <summary>The kind of it.</summary>
    public WasmProblem Problem { get; }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }

    /// <summary>The byte of the module where it was noticed.</summary>
    public int Offset { get; }
}
