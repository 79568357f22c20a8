using System.Collections.Generic;
using System.IO;

namespace WhiteMagic.KernelCompiler.Toolchain;

/// <summary>clang and wasm-ld as the npm package @yowasp/clang, run by Node: slower, but nothing has to be installed as root.</summary>
internal sealed class YowaspToolchain(string package) : CToolchain
{
    private const string ScriptName = "yowasp.mjs";

    internal override string Name => "@yowasp/clang";

    internal static YowaspToolchain? TryFind(string nodeModules)
    {
        string package = Path.GetFullPath(Path.Combine(nodeModules, "@yowasp", "clang"));
        return Directory.Exists(package) ? new YowaspToolchain(package) : null;
    }

    protected override void RunTool(Tool tool, IReadOnlyList<string> arguments, string input, string output)
    {
        string folder = Directory.CreateTempSubdirectory("wmc").FullName;
        try
        {
            string script = Path.Combine(folder, ScriptName);
            File.WriteAllText(script, Resources.Read(ScriptName));
            ToolProcess.Run("node", [script, package, input, output, tool == Tool.Clang ? "clang" : "wasm-ld", .. arguments]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
