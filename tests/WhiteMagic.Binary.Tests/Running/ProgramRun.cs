using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace WhiteMagic.Binary.Tests.Running;

/// <summary>A program that ran to its end, or to its time limit, with all it wrote.</summary>
internal sealed record ProgramRun(string Name, int ExitCode, bool TimedOut, string Output, string Errors)
{
    private const int ShownChars = 8000;

    /// <summary>Runs a program without a shell; null when there is no such program.</summary>
    public static async Task<ProgramRun?> StartAsync(string program, IEnumerable<string> arguments, TimeSpan limit, IReadOnlyDictionary<string, string>? onlyEnvironment = null)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (onlyEnvironment is not null)
        {
            start.Environment.Clear();
            foreach ((string name, string value) in onlyEnvironment)
            {
                start.Environment[name] = value;
            }
        }

        using Process process = new() { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close();
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timer.CancelAfter(limit);
        Task<string> output = ReadAllAsync(process.StandardOutput.BaseStream), errors = ReadAllAsync(process.StandardError.BaseStream);
        bool timedOut = false;
        try
        {
            await process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException)
        {
            timedOut = true;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return new ProgramRun(program, process.ExitCode, timedOut, await output, await errors);
    }

    /// <summary>Fails with everything the program wrote unless it ended by itself with 0.</summary>
    public void ShouldSucceed(string what)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Tail(Output));
        if (TimedOut || ExitCode != 0)
        {
            string how = TimedOut ? "did not end in time" : $"exited with {ExitCode}";
            Assert.Fail($"{what}: {how}{Environment.NewLine}{Tail(Output)}{Environment.NewLine}{Tail(Errors)}");
        }
    }

    private static string Tail(string text) => text.Length <= ShownChars ? text : "… " + text[^ShownChars..];

    private static async Task<string> ReadAllAsync(System.IO.Stream stream)
    {
        using System.IO.StreamReader reader = new(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(CancellationToken.None);
    }
}
