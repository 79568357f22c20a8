using System;
using System.Collections.Generic;

namespace WhiteMagic.Mcp;

/// <summary>The lines that wait, in order; which request runs; and which requests were withdrawn.</summary>
internal sealed class Inbox
{
    /// <summary>Beyond this nothing more should be read, so that a flood stays in the pipe.</summary>
    private const long MaxWaitingBytes = 2L * Wire.MaxRequestBytes;

    /// <summary>What a line costs beside its bytes.</summary>
    private const int LineCost = 256;

    private const int MaxFreeCount = 16;

    /// <summary>Withdrawals beyond this many at a time are not noted; a client may not rely on them anyway.</summary>
    private const int MaxWithdrawnCount = 256;

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

    /// <summary>Whether more may be read: not too much is waiting already.</summary>
    public bool HasRoom => _waitingBytes <= MaxWaitingBytes;

    /// <summary>Whether the request that runs was withdrawn.</summary>
    public bool IsWithdrawn { get; private set; }

    /// <summary>A line to fill and <see cref="Add"/>.</summary>
    public Line Rent()
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

    /// <summary>Queues a line.</summary>
    public void Add(Line line)
    {
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
    }

    /// <summary>The next line; null when none waits.</summary>
    public Line? Take()
    {
        Line? line = _head;
        if (line is null)
        {
            return null;
        }

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
        return line;
    }

    /// <summary>Gives the line taken last back for reuse: it is worked off.</summary>
    public void Return(Line line)
    {
        line.Shrink();
        _isWorking = false;
        if (_freeCount < MaxFreeCount)
        {
            line.Next = _free;
            _free = line;
            _freeCount++;
        }
    }

    /// <summary>Notes that the client does not want the answer to this raw id any more: whether it runs, waits, or is answered already.</summary>
    public void Withdraw(ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<byte> plain = RequestId.Plain(id);
        if (_isRunning && plain.SequenceEqual(_runningId))
        {
            IsWithdrawn = true;
            return;
        }

        // A line that was taken may hold requests that are still to be opened.
        bool mayBeMeant = _head is not null || _isWorking;
        if (mayBeMeant && _withdrawn.Count < MaxWithdrawnCount)
        {
            _withdrawn.Add((plain.ToArray(), _sequence++));
        }
    }

    /// <summary>Opens the request with this raw id on the line taken last; false when it was withdrawn after that line came.</summary>
    public bool Begin(ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<byte> plain = RequestId.Plain(id);
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
        IsWithdrawn = false;
        return true;
    }

    /// <summary>Closes the request that runs; false when it was withdrawn.</summary>
    public bool End()
    {
        _isRunning = false;
        return !IsWithdrawn;
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
