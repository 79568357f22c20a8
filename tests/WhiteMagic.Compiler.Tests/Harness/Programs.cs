using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace WhiteMagic.Compiler.Tests.Harness;

/// <summary>Other programs that the tests run.</summary>
internal static class Programs
{
    internal static string? Find(params string[] names) => names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Runs a program that must succeed; its output.</summary>
    internal static string Run(string program, IEnumerable<string> arguments, string input = "")
    {
        (int code, string output, string errors) = TryRun(program, arguments, input);
        return code == 0 ? output : throw new InvalidOperationException($"{program} ended with {code}: {errors}");
    }

    internal static (int Code, string Output, string Errors) TryRun(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }
}
