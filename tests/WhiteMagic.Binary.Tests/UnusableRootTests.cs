using System;
using System.IO;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>Roots that an ordinary user may not use; the tests' own user may be root, so another one is taken.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UnusableRootTests : IDisposable
{
    // Two lines for the shell's printf: the client opens the conversation and stores something.
    private const string Create = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}' '"
        + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"create_memory\",\"arguments\":{\"content\":\"x\"}}}";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("wm-unusable-");

    public void Dispose()
    {
        foreach (string path in Directory.GetDirectories(folder.FullName))
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("HOME=\"$1/closed\"")]
    [InlineData("HOME=/proc")]
    public async Task Call_WhereTheRootCannotBeMade_IsANamedError(string environment)
    {
        ProgramRun run = await AsUserAsync("mkdir -p \"$1/closed\"; chmod 555 \"$1/closed\"; cd /; printf '%s\\n' '" + Create + "' | " + environment + " \"$0\" serve; " + environment + " \"$0\" doctor");
        Assert.Contains("\"isError\":true", run.Output, StringComparison.Ordinal);
        Assert.Matches("permission_denied|storage_missing", run.Output);
        Assert.Contains("FAIL", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("memory/galaxies")]
    [InlineData("memory/galaxies/work")]
    public async Task Store_WithAFolderThatIsClosed_SaysSoAndDoctorGoesOn(string closed)
    {
        string galaxy = closed == "memory" ? "default" : "work";
        ProgramRun run = await AsUserAsync($"W=\"$0 --state-root $1/root --galaxy {galaxy}\"; \"$0\" init --state-root \"$1/root\" >&2; \"$0\" galaxy create work --state-root \"$1/root\" >&2; "
            + $"chmod 000 \"$1/root/{closed}\"; printf '%s\\n' '{Create}' | $W serve; $W list; echo \"list $?\"; $W doctor; echo \"doctor $?\"; chmod 700 \"$1/root/{closed}\"");
        Assert.Contains("permission_denied", run.Output, StringComparison.Ordinal);
        Assert.Contains("list 1", run.Output, StringComparison.Ordinal);
        Assert.Contains("doctor 1", run.Output, StringComparison.Ordinal);
        Assert.Contains("disk space", run.Output, StringComparison.Ordinal);
        Assert.Contains(closed == "memory" ? "FAIL" : "default: ledger", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Errors, StringComparison.Ordinal);
    }

    // With a number that nobody else has, through the system's own program for that.
    private async Task<ProgramRun> AsUserAsync(string script)
    {
        string binary = ServerUnderTest.PublishedBinaryOrSkip();
        string copy = Path.Combine(folder.FullName, "wm");
        File.Copy(binary, copy);
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        DirectoryInfo place = folder.CreateSubdirectory("place");
        ProgramRun? run = Environment.UserName != "root"
            ? await ProgramRun.StartAsync("sh", ["-c", script, copy, place.FullName], Limit)
            : (await ProgramRun.StartAsync("chown", ["4711:4711", place.FullName], Limit)) is null ? null
            : await ProgramRun.StartAsync("setpriv", ["--reuid=4711", "--regid=4711", "--clear-groups", "sh", "-c", script, copy, place.FullName], Limit);
        if (run is null)
        {
            Assert.Skip("setpriv is not installed.");
        }

        return run;
    }
}
