using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace WhiteMagic.KernelCompiler.Toolchain;

/// <summary>clang and wasm-ld as programs.</summary>
internal sealed class NativeToolchain(string clang, string linker) : CToolchain
{
    // Version 19 first, because the modules' sizes are measured with it; then newer ones, then whatever has no number.
    private static readonly string[] _suffixes = ["-19", "-20", "-21", "-22", ""];

    internal override string Name => Path.GetFileName(clang);

    internal static NativeToolchain? TryFind()
    {
        string? namedClang = Environment.GetEnvironmentVariable("WMC_CLANG");
        string? namedLinker = Environment.GetEnvironmentVariable("WMC_LLD");
        foreach (string suffix in _suffixes)
        {
            string? clang = namedClang is { Length: > 0 } ? namedClang : OnPath("clang" + suffix);
            string? linker = namedLinker is { Length: > 0 } ? namedLinker : OnPath("wasm-ld" + suffix);
            if (clang is not null && linker is not null)
            {
                return new NativeToolchain(clang, linker);
            }
        }

        return null;
    }

    protected override void RunTool(Tool tool, IReadOnlyList<string> arguments, string input, string output) =>
        ToolProcess.Run(tool == Tool.Clang ? clang : linker, arguments);

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
