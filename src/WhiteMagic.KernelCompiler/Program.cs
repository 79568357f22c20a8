using System;
using System.IO;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Commands;

namespace WhiteMagic.KernelCompiler;

/// <summary>The command line.</summary>
internal static class Program
{
    private const string Help = """
        wmc compiles a C# kernel project to WebAssembly modules without imports. docs/kernel-subset.md teaches it.

        wmc build ASSEMBLY -o DIR [--module NAME]... [--toolchain DIR] [--keep-c DIR] [--jobs N]
            writes NAME.wasm and NAME.simd.wasm for each declared module, and manifest.json
        wmc check ASSEMBLY [--module NAME]...
            says what of the code that the exports reach is outside the subset
        wmc explain WMC0007
            what a rule is, why, and what to do

        --toolchain DIR   a node_modules folder with @yowasp/clang (or WM_YOWASP=DIR); otherwise clang-19 and wasm-ld-19,
                          newer ones, or those that WMC_CLANG and WMC_LLD name
        Exit code: 0 done, 1 the code or the toolchain has errors, 2 the command line is wrong.
        """;

    internal static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    internal static int Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            switch (arguments)
            {
                case ["build", .. var rest]:
                    return BuildCommand.Run(BuildOptions.Parse(rest), errors);
                case ["check", .. var rest]:
                    return CheckCommand.Run(BuildOptions.Parse(rest), errors);
                case ["explain", .. var rest]:
                    return ExplainCommand.Run(rest, output);
                case ["help" or "--help" or "-h"]:
                    output.WriteLine(Help);
                    return ExitCode.Success;
                default:
                    errors.WriteLine(Help);
                    return ExitCode.Usage;
            }
        }
        catch (UsageException e)
        {
            errors.WriteLine($"wmc: {e.Message}; see wmc help");
            return ExitCode.Usage;
        }
        catch (CompilationException e)
        {
            errors.WriteLine(e.ToDiagnostic());
            return ExitCode.Failure;
        }
        catch (Exception e) when (e is BadImageFormatException or TypeLoadException or MissingMemberException)
        {
            errors.WriteLine(new Diagnostic(Rules.Assembly, e.Message.ReplaceLineEndings(" ")));
            return ExitCode.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"wmc: {e.Message}");
            return ExitCode.Failure;
        }
#pragma warning disable CA1031 // A damaged assembly can make reflection throw nearly anything, and wherever a member is looked at.
        catch (Exception e)
#pragma warning restore CA1031
        {
            errors.WriteLine(new Diagnostic(Rules.Unexpected, $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}"));
            return ExitCode.Failure;
        }
    }
}
