namespace WhiteMagic.Wasm.Model;

/// <summary>Where in the module a function's locals and instructions are.</summary>
internal readonly struct CodeRange(int start, int end)
{
    internal int Start { get; init; } = start;

    internal int End { get; init; } = end;
}
