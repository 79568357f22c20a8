using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>Everything that makes one module, in an order that depends only on the source.</summary>
internal sealed class IrModule(string name)
{
    internal string Name => name;

    /// <summary>Each after those it contains.</summary>
    internal List<IrStruct> Structs { get; } = [];

    internal List<IrGlobal> Globals { get; } = [];

    internal List<IrFunction> Functions { get; } = [];
}
