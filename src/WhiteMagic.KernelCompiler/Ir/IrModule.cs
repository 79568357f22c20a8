using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>Everything that makes one module, in an order that depends only on the source.</summary>
internal sealed class IrModule(string name, bool isSmall)
{
    internal string Name => name;

    /// <summary>Its code is to be small instead of fast, except for <see cref="IrFunction.IsHot"/> functions.</summary>
    internal bool IsSmall => isSmall;

    /// <summary>Each after those it contains.</summary>
    internal List<IrStruct> Structs { get; } = [];

    internal List<IrGlobal> Globals { get; } = [];

    internal List<IrFunction> Functions { get; } = [];
}
