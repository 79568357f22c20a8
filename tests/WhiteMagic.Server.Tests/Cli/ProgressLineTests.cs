using System;
using System.IO;
using WhiteMagic.Cli;
using WhiteMagic.Mcp;
using WhiteMagic.Sqlite.Legacy;

namespace WhiteMagic.Server.Tests.Cli;

public sealed class ProgressLineTests
{
    [Fact]
    public void Progress_WhereNoTerminalIs_IsAnOccasionalPlainLine()
    {
        var time = new StepTime();
        string text = Shown(isTerminal: false, time, progress =>
        {
            for (int i = 0; i < 100; i++)
            {
                time.Ms += 100;
                progress.Report(i, 100, i + " entries read");
            }
        });
        Assert.Equal("wm:  29 %  29 entries read\nwm:  59 %  59 entries read\nwm:  89 %  89 entries read\n", text);
    }

    [Fact]
    public void Progress_OfShortWork_SaysNothing() =>
        Assert.Equal("", Shown(isTerminal: false, new StepTime(), progress => progress.Report(1, 2, "half")));

    [Fact]
    public void Progress_OnATerminal_IsABarThatGoesAway()
    {
        var time = new StepTime();
        string text = Shown(isTerminal: true, time, progress =>
        {
            time.Ms += 200;
            progress.Report(1, 2, "half");
        });
        Assert.StartsWith("\r[###############...............]  50 %  half", text);
        Assert.EndsWith("\r", text);
        Assert.DoesNotContain('\n', text);
    }

    private static string Shown(bool isTerminal, TimeProvider time, Action<ProgressLine> work)
    {
        using var error = new StringWriter { NewLine = "\n" };
        var around = new Surroundings
        {
            Out = TextWriter.Null,
            Error = error,
            OpenInput = () => Stream.Null,
            OpenChannel = () => new StreamChannel(Stream.Null, Stream.Null),
            Variable = _ => null,
            Folder = "/",
            ErrorIsTerminal = isTerminal,
            Time = time,
            Random = bytes => bytes.Clear(),
            ProgramPath = "wm",
            ForeignDatabases = new ForeignDatabases(),
        };
        using (var progress = new ProgressLine(around))
        {
            work(progress);
        }

        return error.ToString();
    }

    private sealed class StepTime : TimeProvider
    {
        internal long Ms { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Ms;
    }
}
