using System;
using WhiteMagic.Wasm.Model;
using WhiteMagic.Wasm.Reading;
using WhiteMagic.Wasm.Translation;
using WhiteMagic.Wasm.Validation;

namespace WhiteMagic.Wasm;

/// <summary>A module of WebAssembly 2.0 without SIMD that was read, validated and translated as a whole. It never changes.</summary>
/// <remarks>Source: WebAssembly Core Specification, release 2.0, chapters 3 (validation) and 5 (binary format).</remarks>
public sealed class WasmModule
{
    internal WasmModule(byte[] bytes) => Bytes = bytes;

    /// <summary>Its bytes, which segments and bodies lie in.</summary>
    internal byte[] Bytes { get; }

    internal FunctionType[] Types { get; set; } = [];

    internal Import[] Imports { get; set; } = [];

    internal Export[] Exports { get; set; } = [];

    /// <summary>The index of each function's type, imported ones first.</summary>
    internal int[] Functions { get; set; } = [];

    internal TableType[] Tables { get; set; } = [];

    internal Extent[] Memories { get; set; } = [];

    /// <summary>The type of each global, imported ones first.</summary>
    internal GlobalType[] GlobalTypes { get; set; } = [];

    /// <summary>The values of the globals that are not imported.</summary>
    internal Constant[] GlobalValues { get; set; } = [];

    internal ElementSegment[] Elements { get; set; } = [];

    internal DataSegment[] Data { get; set; } = [];

    /// <summary>Where the functions that are not imported are.</summary>
    internal CodeRange[] Bodies { get; set; } = [];

    /// <summary>All bodies in register code, pinned.</summary>
    internal Instruction[] Code { get; set; } = [];

    /// <summary>Where each body is in it.</summary>
    internal CompiledFunction[] Compiled { get; set; } = [];

    /// <summary>The function to call first, or null.</summary>
    internal int? Start { get; set; }

    /// <summary>What it exports under a name: <c>function</c>, <c>table</c>, <c>memory</c> or <c>global</c>; null when it exports nothing of that name.</summary>
    public string? FindExport(string name) => Array.Find(Exports, export => string.Equals(export.Name, name, StringComparison.Ordinal))?.Kind switch
    {
        null => null,
        ExternKind.Function => "function",
        ExternKind.Table => "table",
        ExternKind.Memory => "memory",
        _ => "global",
    };

    /// <summary>Reads, validates and translates a module.</summary>
    /// <param name="bytes">The binary format. They are copied.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="WasmFormatException">It is malformed, invalid, or beyond a limit.</exception>
    public static WasmModule Parse(ReadOnlySpan<byte> bytes, ModuleLimits? limits = null)
    {
        limits ??= ModuleLimits.Default;
        if (bytes.Length > limits.ModuleBytes)
        {
            throw new WasmFormatException(WasmProblem.TooLarge, $"{bytes.Length} bytes, where {limits.ModuleBytes} are allowed", 0);
        }

        ModuleContext context = ModuleReader.Read(bytes.ToArray(), limits);
        BodyValidator.Validate(context, limits);
        Translator.Translate(context.Module);
        return context.Module;
    }
}
