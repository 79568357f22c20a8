using System;
using System.IO;

namespace WhiteMagic.Kernels.Tests.Support;

/// <summary>The files of dist/wasm: there and as new as the kernels, or the test says what to do.</summary>
internal static class WasmModules
{
    private static readonly string[] _inputs = ["WhiteMagic.Kernels", "WhiteMagic.KernelCompiler"];

    public static string Folder { get; } = Repository.File("dist", "wasm");

    private static readonly Lazy<string?> _missing = new(FindWhatIsMissing);

    /// <summary>The folder of the modules. Skips where no toolchain can make them, fails where it could.</summary>
    public static string FolderOrSkip()
    {
        if (_missing.Value is string missing)
        {
            Script? toolchain = Script.Run("bash", [Repository.File("native", "wasm-toolchain.sh"), "--find"], TimeSpan.FromMinutes(1));
            if (toolchain is not { ExitCode: 0 })
            {
                Assert.Skip(missing + ", and this machine has no toolchain for WebAssembly.");
            }

            Assert.Fail(missing + "; make it with: ./wm build");
        }

        return Folder;
    }

    private static string? FindWhatIsMissing()
    {
        FileInfo stamp = new(Path.Combine(Folder, ".stamp"));
        if (!stamp.Exists)
        {
            return "dist/wasm does not exist";
        }

        foreach (string input in _inputs)
        {
            foreach (string file in Directory.EnumerateFiles(Repository.File("src", input), "*.*", SearchOption.AllDirectories))
            {
                if (File.GetLastWriteTimeUtc(file) > stamp.LastWriteTimeUtc)
                {
                    return $"dist/wasm is older than {Path.GetRelativePath(Repository.Root, file)}";
                }
            }
        }

        return null;
    }
}
