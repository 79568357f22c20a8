namespace WhiteMagic.Wasm.Model;

/// <summary>Something that a module asks for.</summary>
internal sealed class Import(string module, string name, ExternKind kind, int index)
{
    /// <summary>The name of where it comes from.</summary>
    internal string Module => module;

    /// <summary>Its name there.</summary>
    internal string Name => name;

    /// <summary>What it is.</summary>
    internal ExternKind Kind => kind;

    /// <summary>Its index among those of its kind, where its type is found.</summary>
    internal int Index => index;
}
