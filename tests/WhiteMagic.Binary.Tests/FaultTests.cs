using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

public sealed class FaultTests
{
    private static readonly string Each = Budget.Of(reduced: 200, full: 1000).ToString(CultureInfo.InvariantCulture);

    [Fact]
    public Task TwoProcesses_WritingToOneStore_LoseNoAcknowledgedWrite() =>
        RunAsync("01-concurrent-writers.mjs", 120, 600, "--procs", "2", "--n", Each);

    [Fact]
    public Task FourProcesses_RacingToCreateAFreshStore_LoseNoAcknowledgedWrite() =>
        RunAsync("01-concurrent-writers.mjs", 120, 900, "--procs", "4", "--fresh", "--n", Each);

    [Fact]
    public Task Kill9_WhileWriting_LosesNoAcknowledgedWrite() =>
        RunAsync("02-kill9.mjs", 180, 900, "--rounds", Count(6, 30), "--preload", Count(300, 2000));

    [Fact]
    public Task BadInput_EveryCase_IsAnsweredAndSurvived() =>
        RunAsync("03-bad-input.mjs", 180, 180);

    [Fact]
    public async Task FullDisk_WriteFails_IsReportedAndRecovered()
    {
        await SkipUnlessMountsAreAllowedAsync();
        await RunAsync("04-disk-full.mjs", 120, 120);
    }

    [Fact]
    public async Task ReadOnlyDisk_ReadsWork_AndWritesAreRefusedByName()
    {
        await SkipUnlessMountsAreAllowedAsync();
        await RunAsync("05-readonly.mjs", 120, 120);
    }

    [Fact]
    public Task Process_FromEofToDamagedFile_KeepsItsPromises() =>
        RunAsync("06-lifecycle.mjs", 120, 120);

    private static string Count(int reduced, int full) => Budget.Of(reduced, full).ToString(CultureInfo.InvariantCulture);

    private static Task RunAsync(string script, int reducedSeconds, int fullSeconds, params string[] options) =>
        Instrument.ShouldPassAsync(Path.Combine("faults", script), [.. Instrument.Map, .. options], Budget.Time(reducedSeconds, fullSeconds));

    private static async Task SkipUnlessMountsAreAllowedAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Mounting a small disk needs root on Linux.");
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("wm-mount-");
        ProgramRun? mounted = await ProgramRun.StartAsync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.FullName], TimeSpan.FromSeconds(10));
        if (mounted?.ExitCode == 0)
        {
            await ProgramRun.StartAsync("umount", ["-l", folder.FullName], TimeSpan.FromSeconds(10));
        }

        folder.Delete();
        if (mounted?.ExitCode != 0)
        {
            Assert.Skip("mount is not allowed here: " + mounted?.Errors.Trim());
        }
    }
}
