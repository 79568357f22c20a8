using System;

namespace WhiteMagic.Kernels.Modules;

/// <summary>
/// Says that this method's body is for .NET only: in a WebAssembly module the function <paramref name="name"/> of the module's runtime stands
/// in its place and promises the same.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WasmRuntimeAttribute(string name) : Attribute
{
    public string Name => name;
}
