namespace WhiteMagic.Wasm;

/// <summary>How large a module may be before it is refused. The defaults are those of browsers, or less.</summary>
public sealed class ModuleLimits
{
    /// <summary>The defaults.</summary>
    public static ModuleLimits Default { get; } = new();

    /// <summary>Bytes of a module.</summary>
    public int ModuleBytes { get; init; } = 16 << 20;

    /// <summary>Function types.</summary>
    public int Types { get; init; } = 100_000;

    /// <summary>Functions, imported ones too.</summary>
    public int Functions { get; init; } = 100_000;

    /// <summary>Imports, and exports.</summary>
    public int Externs { get; init; } = 100_000;

    /// <summary>Tables.</summary>
    public int Tables { get; init; } = 100;

    /// <summary>Globals, imported ones too.</summary>
    public int Globals { get; init; } = 100_000;

    /// <summary>Segments of elements, and of data.</summary>
    public int Segments { get; init; } = 100_000;

    /// <summary>Parameters of a function or block, and results.</summary>
    public int Parameters { get; init; } = 1000;

    /// <summary>Locals of a function, parameters too.</summary>
    public int Locals { get; init; } = 50_000;

    /// <summary>Blocks in one another.</summary>
    public int Nesting { get; init; } = 10_000;

    /// <summary>Targets of a br_table.</summary>
    public int BranchTargets { get; init; } = 65_520;
}
