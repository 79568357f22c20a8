using System.Collections.Generic;
using System.Linq;

namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>One method for one choice of type arguments.</summary>
internal sealed class IrFunction(string name, string source, IrType result, IReadOnlyList<IrLocal> parameters)
{
    /// <summary>Unique within the module, and an identifier.</summary>
    internal string Name => name;

    /// <summary>The method as the source writes it.</summary>
    internal string Source => source;

    internal IrType Result => result;

    internal IReadOnlyList<IrLocal> Parameters => parameters;

    internal IrSignature Signature => new(result, [.. parameters.Select(p => p.Type)]);

    internal List<IrLocal> Locals { get; } = [];

    /// <summary>In the order of the source; the first is the entry.</summary>
    internal List<IrBlock> Blocks { get; } = [];

    internal IrInlining Inlining { get; set; }

    /// <summary>Speed counts here even in a module that is to be small.</summary>
    internal bool IsHot { get; set; }

    /// <summary>The name under which the module exports it; null when it does not.</summary>
    internal string? ExportName { get; set; }
}
