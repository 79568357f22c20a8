namespace WhiteMagic.Wasm.Translation;

/// <summary>A function in register code.</summary>
/// <param name="Start">Its first word in the module's code.</param>
/// <param name="End">The word after its last.</param>
/// <param name="ParameterCount">Slots that the caller has filled.</param>
/// <param name="LocalCount">Slots of parameters and locals; the latter are zero at first.</param>
/// <param name="FrameSlots">Slots that it needs: operands come after locals.</param>
/// <param name="Cost">Fuel of a call: of every instruction outside of loops, and one for each local.</param>
internal readonly record struct CompiledFunction(int Start, int End, int ParameterCount, int LocalCount, int FrameSlots, int Cost);
