using System;

namespace WhiteMagic.Kernels.Modules;

/// <summary>Makes a static method a function that a WebAssembly module exports under <paramref name="name"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WasmExportAttribute(string name) : Attribute
{
    /// <summary>The exported name, the same in every module that has the function.</summary>
    public string Name => name;
}
