namespace WhiteMagic.Wasm.Model;

/// <summary>Something that a module asks for.</summary>
/// <param name="Module">The name of where it comes from.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Index">Its index among those of its kind, where its type is found.</param>
internal sealed record Import(string Module, string Name, ExternKind Kind, int Index);
