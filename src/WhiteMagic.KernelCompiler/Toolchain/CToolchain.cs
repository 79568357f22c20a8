using System;
using System.Collections.Generic;
using System.IO;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.KernelCompiler.Toolchain;

/// <summary>Turns C into a module with clang and wasm-ld, which are called one after the other: the clang driver would run wasm-opt by itself.</summary>
internal abstract class CToolchain
{
    internal const int StackBytes = 65_536;

    private static readonly string[] _compileFlags =
    [
        "--target=wasm32-unknown-unknown", "-O3", "-std=gnu11", "-ffreestanding", "-nostdinc", "-ffp-contract=off", "-fno-strict-aliasing",
        "-fno-delete-null-pointer-checks", "-mcpu=mvp", "-mbulk-memory", "-msign-ext", "-mnontrapping-fptoint", "-fvisibility=hidden", "-w",
    ];

    private static readonly string[] _linkFlags =
        ["--no-entry", "--stack-first", "-z", $"stack-size={StackBytes}", "--gc-sections", "--strip-all", "--compress-relocations"];

    /// <summary>What it is, for the progress line.</summary>
    internal abstract string Name { get; }

    /// <summary>The toolchain that is there: clang and wasm-ld of Debian or of WMC_CLANG and WMC_LLD, or else the npm package.</summary>
    /// <exception cref="CompilationException">There is none.</exception>
    internal static CToolchain Find(string? nodeModules)
    {
        if (nodeModules is not null)
        {
            return YowaspToolchain.TryFind(nodeModules) ?? throw new CompilationException(Rules.NoToolchain, $"no @yowasp/clang in {nodeModules}");
        }

        CToolchain? found = NativeToolchain.TryFind();
        string? folder = Environment.GetEnvironmentVariable("WM_YOWASP");
        return found ?? (folder is { Length: > 0 } ? YowaspToolchain.TryFind(folder) : null)
            ?? throw new CompilationException(Rules.NoToolchain, Rules.NoToolchain.Remedy);
    }

    /// <summary>Compiles and links one build of a module.</summary>
    /// <exception cref="CompilationException">The toolchain refused.</exception>
    internal void Build(string cFile, string wasmFile, bool isSimd)
    {
        string objectFile = wasmFile + ".o";
        List<string> compile = [.. _compileFlags, "-c", cFile, "-o", objectFile];
        if (isSimd)
        {
            compile.Insert(0, "-msimd128");
        }

        RunTool(Tool.Clang, compile, cFile, objectFile);
        RunTool(Tool.Linker, [.. _linkFlags, objectFile, "-o", wasmFile], objectFile, wasmFile);
        File.Delete(objectFile);
    }

    /// <summary>Runs one tool, which reads one file and writes another.</summary>
    protected abstract void RunTool(Tool tool, IReadOnlyList<string> arguments, string input, string output);
}
