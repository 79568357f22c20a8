using System;

namespace WhiteMagic.Kernels.Modules;

/// <summary>Declares one WebAssembly module: its file name without ending, and the classes whose exports it has.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class WasmModuleAttribute(string name, params Type[] exports) : Attribute
{
    public string Name => name;

    /// <summary>Classes with <see cref="WasmExportAttribute"/> methods.</summary>
    public Type[] Exports => exports;

    /// <summary>Makes the code small instead of fast, except for methods with <c>MethodImplOptions.AggressiveOptimization</c>.</summary>
    public bool Small { get; init; }
}
