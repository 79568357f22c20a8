namespace WhiteMagic.Wasm.Model;

/// <summary>Something that a module offers, by its index among those of its kind.</summary>
internal sealed class Export(string name, ExternKind kind, int index)
{
    internal string Name => name;

    internal ExternKind Kind => kind;

    internal int Index => index;
}
