// wmc knows its attributes by name: these few lines are all that a policy needs.
using System;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class WasmExportAttribute(string name) : Attribute
{
    public string Name => name;
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class WasmRuntimeAttribute(string name) : Attribute
{
    public string Name => name;
}

[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class WasmModuleAttribute(string name, params Type[] exports) : Attribute
{
    public string Name => name;

    public Type[] Exports => exports;
}
