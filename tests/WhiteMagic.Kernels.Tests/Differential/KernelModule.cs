using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Tests.Differential;

/// <summary>The C# side of one module: its exports by name, and the classes that hold its state.</summary>
internal sealed class KernelModule
{
    private static readonly Assembly _kernels = typeof(WasmModuleAttribute).Assembly;

    private readonly Dictionary<string, MethodInfo> _exports = new(StringComparer.Ordinal);

    private KernelModule(WasmModuleAttribute declaration)
    {
        Name = declaration.Name;
        Classes = declaration.Exports;
        foreach (MethodInfo method in Classes.SelectMany(c => c.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)))
        {
            if (method.GetCustomAttribute<WasmExportAttribute>() is WasmExportAttribute export)
            {
                _exports.Add(export.Name, method);
            }
        }
    }

    public string Name { get; }

    public IReadOnlyList<Type> Classes { get; }

    public static IEnumerable<string> Names => _kernels.GetCustomAttributes<WasmModuleAttribute>().Select(m => m.Name);

    public static KernelModule Find(string name) =>
        _kernels.GetCustomAttributes<WasmModuleAttribute>().FirstOrDefault(m => m.Name == name) is WasmModuleAttribute declaration
            ? new KernelModule(declaration)
            : throw new ArgumentException($"no module is named {name}; there are {string.Join(", ", Names)}");

    public IEnumerable<string> ExportNames => _exports.Keys;

    public MethodInfo Export(string name) =>
        _exports.GetValueOrDefault(name) ?? throw new ArgumentException($"{Name} exports no {name}; it has {string.Join(", ", _exports.Keys)}");
}
