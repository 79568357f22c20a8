using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.KernelCompiler.Toolchain;

/// <summary>Runs a program to its end.</summary>
internal static class ToolProcess
{
    private const int MostErrorCharacters = 2000;

    /// <summary>What the program wrote to its output.</summary>
    /// <exception cref="CompilationException">It could not be started, or failed.</exception>
    internal static string Run(string program, IReadOnlyList<string> arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string said = errors.Result.Trim();
            return process.ExitCode == 0
                ? output
                : throw new CompilationException(Rules.Toolchain,
                    $"{Path.GetFileName(program)} ended with {process.ExitCode}: {(said.Length > MostErrorCharacters ? said[..MostErrorCharacters] : said)}");
        }
        catch (Win32Exception e)
        {
            throw new CompilationException(Rules.NoToolchain, $"{program}: {e.Message}");
        }
    }
}
