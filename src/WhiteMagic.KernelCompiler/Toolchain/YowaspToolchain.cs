using System;
using System.Collections.Generic;
using System.IO;

namespace WhiteMagic.KernelCompiler.Toolchain;

/// <summary>clang and wasm-ld as the npm package @yowasp/clang, run by Node: slower, but nothing has to be installed as root.</summary>
internal sealed class YowaspToolchain(string package, string script) : CToolchain
{
    internal override string Name => "@yowasp/clang";

    protected override string HeaderFolder => "/usr/lib/clang/include";

    internal static YowaspToolchain? TryFind(string nodeModules)
    {
        string package = Path.GetFullPath(Path.Combine(nodeModules, "@yowasp", "clang"));
        return Directory.Exists(package) ? new YowaspToolchain(package, "") : null;
    }

    protected override void Compile(IReadOnlyList<string> arguments, string input, string output) =>
        throw new NotSupportedException(package + script);

    protected override void Link(IReadOnlyList<string> arguments, string input, string output) =>
        throw new NotSupportedException();
}
