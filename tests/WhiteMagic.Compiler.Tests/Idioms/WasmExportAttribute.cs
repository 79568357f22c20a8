using System;

namespace WhiteMagic.Compiler.Tests.Idioms;

// The compiler knows its attributes by name; these tests use one of their own.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WasmExportAttribute(string name) : Attribute
{
    public string Name => name;
}
