using System.IO;
using WhiteMagic.Kernels.Tests.Support;

namespace WhiteMagic.Kernels.Tests.Differential;

/// <summary>Runs a tape on the modules of dist/wasm in Node.</summary>
internal static class Replay
{
    public static Script Run(string module, TapeFile tape)
    {
        string folder = WasmModules.FolderOrSkip(), file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, tape.ToArray());
            return Script.Node("wasm-tape.mjs", file, Path.Combine(folder, module + ".wasm"), Path.Combine(folder, module + ".simd.wasm"));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
