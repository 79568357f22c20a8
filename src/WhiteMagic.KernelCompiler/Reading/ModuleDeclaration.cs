using System;
using System.Collections.Generic;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>What a <c>WasmModule</c> attribute says.</summary>
/// <param name="Name">The file's name without ending.</param>
/// <param name="Classes">The classes whose exports it has.</param>
/// <param name="IsSmall">Whether code is made small instead of fast, except for methods with AggressiveOptimization.</param>
internal sealed record ModuleDeclaration(string Name, IReadOnlyList<Type> Classes, bool IsSmall = false);
