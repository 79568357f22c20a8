using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace WhiteMagic.Binary.Tests.Running;

/// <summary>Runs the scripts of tests/instruments against the server under test.</summary>
internal static class Instrument
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(8);
    private static readonly Lazy<Task<ProgramRun?>> Installation =
        new(() => ProgramRun.StartAsync("node", [Script("install.mjs")], InstallLimit), LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>A script that needs Node and nothing else.</summary>
    public static async Task ShouldPassAsync(string script, IEnumerable<string> options, TimeSpan limit)
    {
        List<string> arguments = [Script(script), .. options, "--", .. ServerUnderTest.ServeCommand()];
        ProgramRun? run = await ProgramRun.StartAsync("node", arguments, limit);
        if (run is null)
        {
            Assert.Skip("node is not installed.");
        }

        run.ShouldSucceed(script);
    }

    /// <summary>A script that also needs the locked packages; they are installed once.</summary>
    public static async Task WithPackagesShouldPassAsync(string script, IEnumerable<string> options, TimeSpan limit)
    {
        ServerUnderTest.ServeCommand();
        ProgramRun? installed = await Installation.Value;
        if (installed is null)
        {
            Assert.Skip("node is not installed.");
        }

        installed.ShouldSucceed("installing the packages of tests/instruments with npm");
        await ShouldPassAsync(script, options, limit);
    }

    /// <summary>A script about a file that the program wrote; it needs the locked packages and no server.</summary>
    public static async Task OnFilesShouldPassAsync(string script, IEnumerable<string> arguments, TimeSpan limit)
    {
        ProgramRun? installed = await Installation.Value;
        if (installed is null)
        {
            Assert.Skip("node is not installed.");
        }

        installed.ShouldSucceed("installing the packages of tests/instruments with npm");
        ProgramRun? run = await ProgramRun.StartAsync("node", [Script(script), .. arguments], limit);
        run!.ShouldSucceed(script);
    }

    public static string[] Map { get; } = ["--map", Path.Combine(Repository.Instruments, "maps", "wm.json")];

    private static string Script(string name) => Path.Combine(Repository.Instruments, name);
}
