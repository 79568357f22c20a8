using System;
using System.IO;
using System.Threading.Tasks;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>What only the published file shows of its command line: the bytes that a shell gives it, and the folder it stands in.</summary>
public sealed class CommandLineTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("wm-words-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Remember_OfBytesThatAreNotUtf8_RefusesThem()
    {
        ProgramRun run = await ShellAsync("exec \"$0\" remember \"$(printf 'bad\\377')\" --state-root \"$1/root\"");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the command line is not UTF-8", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.FullName + "/root"));
    }

    [Fact]
    public async Task Remember_OfAReplacementCharacterThatWasMeant_StoresIt()
    {
        ProgramRun run = await ShellAsync("\"$0\" remember \"$(printf 'meant \\357\\277\\275')\" --state-root \"$1/root\" && exec \"$0\" recall meant --state-root \"$1/root\"");
        run.ShouldSucceed("wm remember");
        Assert.Contains("meant \uFFFD", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_InAFolderThatIsGone_WorkWithAnAbsoluteRoot()
    {
        const string gone = "mkdir \"$1/gone\" && cd \"$1/gone\" && rmdir \"$1/gone\" && ";
        ProgramRun run = await ShellAsync(gone + "\"$0\" remember Tea --state-root \"$1/root\" && exec \"$0\" status --state-root \"$1/root\"");
        run.ShouldSucceed("wm in a folder that is gone");
        run = await ShellAsync(gone + "exec \"$0\" status");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the current folder is gone", run.Errors, StringComparison.Ordinal);
    }

    private async Task<ProgramRun> ShellAsync(string script)
    {
        ProgramRun? run = await ProgramRun.StartAsync("sh", ["-c", script, ServerUnderTest.PublishedBinaryOrSkip(), folder.FullName], Limit);
        Assert.NotNull(run);
        return run;
    }
}
