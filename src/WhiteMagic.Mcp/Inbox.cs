using System;
using System.Collections.Generic;
using System.Threading;

namespace WhiteMagic.Mcp;

/// <summary>
/// What the reading thread and the working thread share: the lines that wait, in order and bounded by their bytes; which request runs;
/// and which requests were withdrawn.
/// </summary>
#pragma warning disable CA1001 // A source without a timer or a wait handle has nothing to dispose of.
internal sealed class Inbox
#pragma warning restore CA1001
{
    /// <summary>The reader stops reading beyond this, so that a flood stays in the pipe.</summary>
    private const long MaxWaitingBytes = 2L * Wire.MaxRequestBytes;

    /// <summary>What a line costs beside its bytes.</summary>
    private const int LineCost = 256;

    private const int MaxFreeCount = 16;

    /// <summary>Withdrawals beyond this many at a time are not noted; a client may not rely on them anyway.</summary>
    private const int MaxWithdrawnCount = 256;

    private readonly object _gate = new();
    private readonly List<(byte[] Id, long Sequence)> _withdrawn = [];
    private Line? _head;
    private Line? _tail;
    private Line? _free;
    private int _freeCount;
    private long _waitingBytes;
    private long _sequence;
    private long _currentSequence;
    private bool _isWorking;
    private byte[] _runningId = [];
    private bool _isRunning;
    private bool _isRunningWithdrawn;
    private CancellationTokenSource _cancellation = new();
    private bool _isReading;
    private bool _isStopping;
    private bool _isComplete;

    /// <summary>Cancelled when the request that runs is withdrawn.</summary>
    public CancellationToken Cancelled { get; private set; }

    /// <summary>Called by the reader before it waits for input; false when it must end.</summary>
    public bool EnterRead()
    {
        lock (_gate)
        {
            _isReading = true;
            return ContinueOrComplete();
        }
    }

    /// <summary>Called by the reader when input has come; false when it came after <see cref="Stop"/>, and is nobody's.</summary>
    public bool LeaveRead()
    {
        lock (_gate)
        {
            _isReading = false;
            return ContinueOrComplete();
        }
    }

    /// <summary>A line to fill and <see cref="Add"/>.</summary>
    public Line Rent()
    {
        lock (_gate)
        {
            Line? line = _free;
            if (line is null)
            {
                return new Line();
            }

            _free = line.Next;
            _freeCount--;
            line.Next = null;
            return line;
        }
    }

    /// <summary>Queues a line; waits while too much is waiting already.</summary>
    public void Add(Line line)
    {
        lock (_gate)
        {
            while (_waitingBytes > MaxWaitingBytes && !_isStopping)
            {
                Monitor.Wait(_gate);
            }

            line.Sequence = _sequence++;
            _waitingBytes += line.Length + LineCost;
            if (_tail is null)
            {
                _head = line;
            }
            else
            {
                _tail.Next = line;
            }

            _tail = line;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>No line will come any more.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Reads no more. What was read before is still to be worked on.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the next line; null when none came in time (<paramref name="hasEnded"/> false) or none will come (true).</summary>
    public Line? Take(int timeoutMs, out bool hasEnded)
    {
        lock (_gate)
        {
            hasEnded = false;
            while (_head is null)
            {
                // A reader that waits for input has handed over all that came before.
                if (_isComplete || (_isStopping && _isReading))
                {
                    hasEnded = true;
                    return null;
                }

                if (!Monitor.Wait(_gate, timeoutMs) && _head is null && !_isComplete && !_isStopping)
                {
                    return null;
                }
            }

            Line line = _head;
            _head = line.Next;
            if (_head is null)
            {
                _tail = null;
            }

            line.Next = null;
            _waitingBytes -= line.Length + LineCost;
            _currentSequence = line.Sequence;
            _isWorking = true;
            ForgetOldWithdrawals();
            Monitor.PulseAll(_gate);
            return line;
        }
    }

    /// <summary>Gives the line taken last back for reuse: it is worked off.</summary>
    public void Return(Line line)
    {
        line.Shrink();
        lock (_gate)
        {
            _isWorking = false;
            if (_freeCount < MaxFreeCount)
            {
                line.Next = _free;
                _free = line;
                _freeCount++;
            }
        }
    }

    /// <summary>Notes that the client does not want the answer to this raw id any more: whether it runs, waits, or is answered already.</summary>
    public void Withdraw(ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<byte> plain = RequestId.Plain(id);
        CancellationTokenSource cancellation;
        lock (_gate)
        {
            if (!_isRunning || !plain.SequenceEqual(_runningId))
            {
                // A line that was taken may hold requests that are still to be opened.
                bool mayBeMeant = _head is not null || _isWorking;
                if (mayBeMeant && _withdrawn.Count < MaxWithdrawnCount)
                {
                    _withdrawn.Add((plain.ToArray(), _sequence++));
                }

                return;
            }

            if (_isRunningWithdrawn)
            {
                return;
            }

            _isRunningWithdrawn = true;
            cancellation = _cancellation;
        }

        // Outside the lock, since it runs what the offer registered. End sees the mark and never uses this source again.
        try
        {
            cancellation.Cancel();
        }
        catch (AggregateException)
        {
            // A failing registration is a bug of the offer; the request is withdrawn all the same.
        }
    }

    /// <summary>Opens the request with this raw id on the line taken last; false when it was withdrawn after that line came.</summary>
    public bool Begin(ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<byte> plain = RequestId.Plain(id);
        lock (_gate)
        {
            for (int i = 0; i < _withdrawn.Count; i++)
            {
                if (plain.SequenceEqual(_withdrawn[i].Id))
                {
                    _withdrawn.RemoveAt(i);
                    return false;
                }
            }

            if (_runningId.Length != plain.Length)
            {
                _runningId = new byte[plain.Length];
            }

            plain.CopyTo(_runningId);
            _isRunning = true;
            _isRunningWithdrawn = false;
            if (_cancellation.IsCancellationRequested || !_cancellation.TryReset())
            {
                _cancellation = new CancellationTokenSource();
            }

            Cancelled = _cancellation.Token;
            return true;
        }
    }

    /// <summary>Whether the request that runs was withdrawn.</summary>
    public bool IsWithdrawn
    {
        get
        {
            lock (_gate)
            {
                return _isRunningWithdrawn;
            }
        }
    }

    /// <summary>Closes the request that runs; false when it was withdrawn.</summary>
    public bool End()
    {
        lock (_gate)
        {
            _isRunning = false;
            if (_isRunningWithdrawn)
            {
                // The source may be in the middle of cancelling.
                _cancellation = new CancellationTokenSource();
                return false;
            }

            return true;
        }
    }

    private bool ContinueOrComplete()
    {
        if (!_isStopping)
        {
            return true;
        }

        _isComplete = true;
        Monitor.PulseAll(_gate);
        return false;
    }

    private void ForgetOldWithdrawals()
    {
        // What was withdrawn before this line came meant earlier lines.
        for (int i = _withdrawn.Count - 1; i >= 0; i--)
        {
            if (_withdrawn[i].Sequence < _currentSequence)
            {
                _withdrawn.RemoveAt(i);
            }
        }
    }
}
