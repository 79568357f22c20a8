using System;
using System.IO;
using System.Linq;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class WatchTests
{
    [Fact]
    public void Watch_ShowsTheCallsOfOtherProcesses_AndLeavesNoTrace()
    {
        using var shell = new Shell();
        shell.Ok("init");
        shell.Remember("Tea is hot");
        Assert.Equal(1, shell.Run("show", "0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b"));
        string[] before = Files(shell);
        string text = shell.Ok("status", "--watch", "--frames", "1");
        Assert.Equal(before, Files(shell));
        Assert.Contains("\nharmony     1.00 ", text, StringComparison.Ordinal);
        Assert.Contains("\nlatency     1.00 ##############################\n", text, StringComparison.Ordinal);
        Assert.Matches("\n2 calls in 5 minutes, 0 failed, 1 refused; p50 [0-9.]+ ms, p95 [0-9.]+ ms\n", text);
        Assert.Contains("\n17 memories, 0 deleted, ledger ", text, StringComparison.Ordinal);
        Assert.Matches("\n  [0-9:]{8}  create_memory +ok +[0-9.]+ ms\n", text);
        Assert.Matches("\n  [0-9:]{8}  read_memory +not_found +[0-9.]+ ms\n", text);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void Watch_OfARootWhereNothingHappened_SaysThatNothingWasMeasured_AndMakesNothing()
    {
        using var shell = new Shell();
        string text = shell.Ok("status", "--watch", "--frames", "1", "--state-root", Path.Combine(shell.Top, "none"));
        Assert.Contains("harmony     not measured\n", text, StringComparison.Ordinal);
        Assert.Contains("nothing is stored yet", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(shell.Top, "none")));
    }

    [Fact]
    public void Watch_OnATerminal_RedrawsInPlaceAndGivesTheCursorBack()
    {
        using var shell = new Shell { IsTerminal = true };
        shell.Ok("init");
        string text = shell.Ok("status", "--watch", "--frames", "2", "--interval", "1");
        Assert.Equal(2, text.Split("\u001b[H\u001b[2J").Length - 1);
        Assert.EndsWith("\u001b[?25h", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_AskedToEnd_Ends()
    {
        using var shell = new Shell { OnEnd = stop => stop() };
        shell.Ok("init");
        Assert.Equal("", shell.Ok("status", "--watch"));
        Assert.Equal(2, shell.Run("status", "--interval", "3"));
    }

    private static string[] Files(Shell shell) =>
        [.. Directory.EnumerateFiles(shell.Root, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => f + new FileInfo(f).Length)];
}
