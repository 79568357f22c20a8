using System;
using WhiteMagic.Compiler.Tests.Idioms;

[assembly: WasmModule("idioms", typeof(IntegerIdioms), typeof(FloatIdioms), typeof(ControlIdioms), typeof(StructIdioms), typeof(MemoryIdioms), typeof(GenericIdioms),
    typeof(VectorIdioms))]
[assembly: WasmModule("rejected", typeof(ManyViolations), Small = true)]

namespace WhiteMagic.Compiler.Tests.Idioms;

[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class WasmModuleAttribute(string name, params Type[] exports) : Attribute
{
    public string Name => name;

    public Type[] Exports => exports;

    public bool Small { get; init; }
}
