using System;
using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>What a <c>WasmModule</c> attribute says.</summary>
internal sealed record ModuleDeclaration(string Name, IReadOnlyList<Type> Classes, string Optimization);
