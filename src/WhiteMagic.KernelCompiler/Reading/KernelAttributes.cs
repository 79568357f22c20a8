using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>The attributes that the compiler looks for. They are known by name, so that anybody can declare their own.</summary>
internal static class KernelAttributes
{
    internal const string Export = "WasmExportAttribute";
    internal const string Module = "WasmModuleAttribute";
    internal const string Runtime = "WasmRuntimeAttribute";

    /// <summary>The optional property of a module's attribute: true makes its code small instead of fast.</summary>
    internal const string Small = "Small";

    /// <summary>The first argument of the method's attribute of this name; null when it has none.</summary>
    internal static string? NameIn(MethodBase method, string attribute) =>
        method.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == attribute)?.ConstructorArguments
            .Select(a => a.Value).OfType<string>().FirstOrDefault();

    internal static IEnumerable<CustomAttributeData> ModulesOf(Assembly assembly) =>
        assembly.CustomAttributes.Where(a => a.AttributeType.Name == Module);

    internal static bool Has(MemberInfo member, string attribute) => member.CustomAttributes.Any(a => a.AttributeType.Name == attribute);

    internal static IEnumerable<Type> TypesIn(CustomAttributeData attribute) => attribute.ConstructorArguments
        .Select(a => a.Value).OfType<IEnumerable<CustomAttributeTypedArgument>>().SelectMany(a => a).Select(a => a.Value).OfType<Type>();
}
