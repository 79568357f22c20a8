using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Ir;

internal sealed record IrSignature(IrType Result, IReadOnlyList<IrType> Parameters);
