using System;
using System.Threading;

namespace WhiteMagic.Mcp;

/// <summary>
/// Lets the worker read its own input, which spares every request two changes of thread. While the worker is away from the input for long,
/// a standby thread reads in its place, so that withdrawals are noticed and no client is stuck with a full pipe.
/// </summary>
/// <remarks>
/// The standby is not told of each request, since that would cost what is to be saved: it looks every <c>lookMs</c> whether the worker is
/// away since the last look. It rests for good after <see cref="QuietLooks"/> without a change, until <see cref="Arm"/> calls it.
/// </remarks>
internal sealed class SharedReader(LineReader lines, Inbox inbox, int lookMs)
{
    private const int QuietLooks = 10;
    private const int StandbyStackBytes = 256 << 10;

    private readonly object _rest = new();
    private Thread? _standby;

    /// <summary>Odd while the worker is away from the input. Only the worker changes it.</summary>
    private long _step;

    private bool _isResting;
    private bool _hasEnded;

    /// <summary>The worker's next line, read by itself if need be; null when none came in time (<paramref name="hasEnded"/> false) or none will come (true).</summary>
    public Line? Take(int timeoutMs, out bool hasEnded)
    {
        hasEnded = false;
        bool isLimited = timeoutMs >= 0;
        long end = isLimited ? Environment.TickCount64 + timeoutMs : 0;
        while (true)
        {
            Turn turn = inbox.Next(timeoutMs, out Line? line);
            if (turn == Turn.Work)
            {
                SetAway(1);
                return line;
            }

            if (turn == Turn.End)
            {
                hasEnded = true;
                return null;
            }

            if (turn == Turn.Read && ReadOnce(timeoutMs))
            {
                continue;
            }

            // Not every wait that brought nothing took its time: it may have been woken.
            if (isLimited)
            {
                timeoutMs = (int)(end - Environment.TickCount64);
                if (timeoutMs <= 0)
                {
                    return null;
                }
            }
        }
    }

    /// <summary>Makes sure that the standby looks on from now on. Called by the worker before anything that may take long.</summary>
    public void Arm()
    {
        if (_standby is null)
        {
            StartStandby();
            return;
        }

        // Pairs with the barrier in Rest: either the standby sees that the worker went away, or this sees that the standby rests.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isResting))
        {
            lock (_rest)
            {
                _isResting = false;
                Monitor.Pulse(_rest);
            }
        }
    }

    /// <summary>Lets the standby go. The inbox has been stopped before.</summary>
    public void End()
    {
        lock (_rest)
        {
            _hasEnded = true;
            Monitor.Pulse(_rest);
        }
    }

    private bool ReadOnce(int timeoutMs)
    {
        SetAway(0);
        bool hasCome = inbox.EnterRead() && lines.Read(timeoutMs);
        inbox.ReleaseReading();
        return hasCome;
    }

    private void SetAway(int oddness)
    {
        if ((_step & 1) != oddness)
        {
            Volatile.Write(ref _step, _step + 1);
        }
    }

    private void StartStandby()
    {
        var standby = new Thread(StandBy, StandbyStackBytes) { IsBackground = true, Name = "wm-standby" };
        try
        {
            standby.Start();
            _standby = standby;
        }
        catch (Exception refused) when (refused is OutOfMemoryException or ThreadStartException)
        {
            // Without it a withdrawal is noticed late, and everything else works. The next request tries again.
        }
    }

    private void StandBy()
    {
        long seen = -1;
        int quietLooks = 0;
        do
        {
            long step = Volatile.Read(ref _step);
            quietLooks = step == seen ? quietLooks + 1 : 0;
            bool isAway = (step & 1) != 0;
            if (step == seen && isAway && inbox.TryClaimReading())
            {
                ReadInstead();
                step = -1;
            }

            seen = step;
        }
        while (Rest(seen, quietLooks >= QuietLooks));
    }

    private void ReadInstead()
    {
        while (inbox.EnterRead(yields: true))
        {
            lines.Read(Timeout.Infinite);
        }

        inbox.ReleaseReading();
    }

    /// <summary>Waits for the next look, or, when <paramref name="isQuiet"/>, until it is called; false at the end.</summary>
    private bool Rest(long seen, bool isQuiet)
    {
        lock (_rest)
        {
            if (isQuiet)
            {
                _isResting = true;
                Interlocked.MemoryBarrier();
                if (Volatile.Read(ref _step) != seen)
                {
                    _isResting = false;
                }

                while (_isResting && !_hasEnded)
                {
                    Monitor.Wait(_rest);
                }
            }
            else if (!_hasEnded)
            {
                Monitor.Wait(_rest, lookMs);
            }

            return !_hasEnded;
        }
    }
}
