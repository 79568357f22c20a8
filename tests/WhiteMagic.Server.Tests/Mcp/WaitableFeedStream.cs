using System.Diagnostics;
using System.Threading;
using WhiteMagic.Mcp;

namespace WhiteMagic.Server.Tests.Mcp;

/// <summary>An input that can wait for a limited time and be woken, as standard input can.</summary>
internal sealed class WaitableFeedStream : FeedStream, IWaitableInput
{
    private bool _isWoken;

    public int WakeUpCount { get; private set; }

    public bool WaitForInput(int timeoutMs)
    {
        lock (Gate)
        {
            Enter();
            long start = Stopwatch.GetTimestamp();
            int leftMs = timeoutMs;
            while (!HasInput && !_isWoken && (timeoutMs < 0 || leftMs > 0))
            {
                Wait(leftMs);
                leftMs = timeoutMs < 0 ? Timeout.Infinite : timeoutMs - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            Leave();
            bool isWoken = _isWoken;
            _isWoken = false;
            return HasInput && !isWoken;
        }
    }

    public void WakeUp()
    {
        lock (Gate)
        {
            _isWoken = true;
            WakeUpCount++;
            Monitor.PulseAll(Gate);
        }
    }
}
