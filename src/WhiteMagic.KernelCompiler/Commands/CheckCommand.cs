using System.IO;
using System.Linq;

namespace WhiteMagic.KernelCompiler.Commands;

/// <summary><c>wmc check</c>: the subset check without a toolchain.</summary>
internal static class CheckCommand
{
    internal static int Run(BuildOptions options, TextWriter errors)
    {
        if (Compilation.Run(options, errors) is not { } modules)
        {
            return ExitCode.Failure;
        }

        errors.WriteLine($"wmc: {modules.Count} modules, {modules.Sum(m => m.Module.Functions.Count)} functions, all in the subset");
        return ExitCode.Success;
    }
}
