namespace WhiteMagic.Wasm.Translation;

/// <summary>A function in register code.</summary>
internal readonly struct CompiledFunction(int start, int end, int parameterCount, int localCount, int frameSlots, int cost)
{
    /// <summary>Its first word in the module's code.</summary>
    internal int Start { get; init; } = start;

    /// <summary>The word after its last.</summary>
    internal int End { get; init; } = end;

    /// <summary>Slots that the caller has filled.</summary>
    internal int ParameterCount { get; init; } = parameterCount;

    /// <summary>Slots of parameters and locals; the latter are zero at first.</summary>
    internal int LocalCount { get; init; } = localCount;

    /// <summary>Slots that it needs: operands come after locals.</summary>
    internal int FrameSlots { get; init; } = frameSlots;

    /// <summary>Fuel of a call: of every instruction outside of loops, and one for each local.</summary>
    internal int Cost { get; init; } = cost;
}
