using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>A value type with the layout it has in WebAssembly: .NET's, with pointers of 4 bytes.</summary>
internal sealed class IrStruct(string name, string source)
{
    /// <summary>Unique within the module, and an identifier.</summary>
    internal string Name => name;

    /// <summary>What the source calls it.</summary>
    internal string Source => source;

    internal List<IrField> Fields { get; } = [];

    internal int Bytes { get; set; }

    internal int Alignment { get; set; } = 1;

    /// <summary>Fields have the places they were given, and may overlap.</summary>
    internal bool IsExplicit { get; set; }

    /// <summary>What <c>Pack</c> limits alignment to; 0 means no limit.</summary>
    internal int Pack { get; set; }

    /// <summary>What <c>Size</c> asks for at least; 0 when it does not.</summary>
    internal int LeastBytes { get; set; }

    /// <summary>How often an inline array repeats its only field; 1 for everything else.</summary>
    internal int Repeat { get; set; } = 1;

    internal bool HasPointers { get; set; }
}
