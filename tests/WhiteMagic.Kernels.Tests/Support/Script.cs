using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Tasks;

namespace WhiteMagic.Kernels.Tests.Support;

/// <summary>A program that ran to its end, with all it wrote.</summary>
internal sealed record Script(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs a script of tests/instruments; without Node the test is skipped.</summary>
    public static Script Node(string name, params string[] arguments) =>
        Run("node", [Repository.File("tests", "instruments", name), .. arguments], TimeSpan.FromMinutes(8))
        ?? Skip("node is not installed.");

    /// <summary>Runs a program without a shell; null when there is no such program.</summary>
    public static Script? Run(string program, string[] arguments, TimeSpan limit)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = new() { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {limit}");
        }

        return new Script(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>Fails with everything the program wrote unless it ended with 0.</summary>
    public Script ShouldSucceed(string what)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Output);
        Assert.True(ExitCode == 0, $"{what}: exit {ExitCode}{Environment.NewLine}{Output}{Errors}");
        return this;
    }

    private static Script Skip(string reason)
    {
        Assert.Skip(reason);
        return null!;
    }
}
