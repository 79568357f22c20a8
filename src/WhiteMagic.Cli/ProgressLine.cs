using System;
using System.Globalization;
using WhiteMagic.Mcp;

namespace WhiteMagic.Cli;

/// <summary>Progress of long work on stderr: a bar on a terminal, else a line every few seconds.</summary>
internal sealed class ProgressLine(Surroundings around) : IProgressSink, IDisposable
{
    private const int BarChars = 30;
    private const int BarEveryMs = 100;
    private const int LineEveryMs = 3000;
    private const int LineChars = 78;

    private long _last = around.Time.GetTimestamp();
    private bool _isShown;

    /// <inheritdoc/>
    public void Report(long done, long? total, string message)
    {
        if (around.Time.GetElapsedTime(_last).TotalMilliseconds < (around.ErrorIsTerminal ? BarEveryMs : LineEveryMs))
        {
            return;
        }

        _last = around.Time.GetTimestamp();
        string share = total is > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Min(done, total.Value) / total.Value,3} %  ") : "";
        if (!around.ErrorIsTerminal)
        {
            around.Error.WriteLine("wm: " + share + message);
            return;
        }

        int full = total is > 0 ? (int)(BarChars * Math.Min(done, total.Value) / total.Value) : 0;
        string bar = total is > 0 ? "[" + new string('#', full) + new string('.', BarChars - full) + "] " : "";
        around.Error.Write("\r" + Printable.Cut(bar + share + message, LineChars).PadRight(LineChars));
        _isShown = true;
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_isShown)
        {
            _isShown = false;
            around.Error.Write("\r" + new string(' ', LineChars) + "\r");
        }
    }
}
