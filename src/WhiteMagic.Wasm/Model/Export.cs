namespace WhiteMagic.Wasm.Model;

/// <summary>Something that a module offers, by its index among those of its kind.</summary>
internal sealed record Export(string Name, ExternKind Kind, int Index);
