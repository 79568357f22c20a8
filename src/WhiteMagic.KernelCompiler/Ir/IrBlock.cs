using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>Instructions that run one after the other; only the last one goes elsewhere.</summary>
internal sealed class IrBlock(string label)
{
    internal string Label => label;

    internal List<IrInstruction> Instructions { get; } = [];
}
