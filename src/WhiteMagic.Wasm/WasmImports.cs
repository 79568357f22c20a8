using System;
using System.Collections.Generic;
using WhiteMagic.Wasm.Execution;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm;

/// <summary>All that a module may import, by exact names. What is not here does not exist for it.</summary>
public sealed class WasmImports
{
    private readonly Dictionary<string, object> _allowed = new(StringComparer.Ordinal);

    internal static WasmImports None { get; } = new();

    /// <summary>Allows a function of the host.</summary>
    /// <param name="module">The name of where it is from.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="parameters">The types of its parameters.</param>
    /// <param name="results">The types of its results.</param>
    /// <param name="function">The function.</param>
    /// <returns>This list.</returns>
    public WasmImports Add(string module, string name, WasmType[] parameters, WasmType[] results, HostFunction function)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(function);
        _allowed[KeyOf(module, name)] = new HostEntry(new FunctionType(parameters.AsSpan().ToArray(), results.AsSpan().ToArray()), function);
        return this;
    }

    /// <summary>Allows all that an instance exports.</summary>
    /// <param name="module">The name that it has here.</param>
    /// <param name="instance">An instance of the same store.</param>
    /// <returns>This list.</returns>
    public WasmImports Add(string module, WasmInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        foreach (Export export in instance.Module.Exports)
        {
            _allowed[KeyOf(module, export.Name)] = new InstanceExport(instance, export);
        }

        return this;
    }

    internal object? Find(Import import) => _allowed.GetValueOrDefault(KeyOf(import.Module, import.Name));

    // Names may hold any character: the length says where the first ends.
    private static string KeyOf(string module, string name) => module.Length + ":" + module + name;
}
