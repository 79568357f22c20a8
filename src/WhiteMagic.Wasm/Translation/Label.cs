using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Translation;

/// <summary>A block that is open, and the branches to it. A chain of branches is kept in their own fields for the distance; -1 ends it.</summary>
internal struct Label(Opcode code, FunctionType type, int height)
{
    internal Opcode Code { get; init; } = code;

    internal FunctionType Type { get; init; } = type;

    internal int Height { get; init; } = height;

    /// <summary>Branches to the end, or back to the start of a loop.</summary>
    internal int Branches { get; set; } = -1;

    /// <summary>The branch of an if whose condition is false.</summary>
    internal int Otherwise { get; set; } = -1;

    /// <summary>Of a loop: the word that charges for entering it.</summary>
    internal int Charge { get; set; }

    /// <summary>Of a loop: its first word.</summary>
    internal int Start { get; set; }

    /// <summary>Of a loop: the cost so far of what is around it.</summary>
    internal long OuterCost { get; set; }

    /// <summary>The words behind the latest table of branches that bring values to their places and go here, and that table's first word.</summary>
    internal int Landing { get; set; }

    internal int LandingTable { get; set; }

    internal readonly bool IsLoop => Code == Opcode.Loop;

    /// <summary>How many values a branch to it brings.</summary>
    internal readonly int Arity => IsLoop ? Type.Parameters.Length : Type.Results.Length;
}
