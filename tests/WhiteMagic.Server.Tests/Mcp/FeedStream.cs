using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace WhiteMagic.Server.Tests.Mcp;

/// <summary>An input that blocks until the test sends something or ends it. It holds the server to one thread at a time.</summary>
internal class FeedStream : Stream
{
    private readonly Queue<byte[]> _chunks = [];
    private ReadOnlyMemory<byte> _rest;
    private bool _hasEnded;
    private bool _isUsed;
    private bool _isWaiting;

    /// <summary>Called on the reading thread before each read.</summary>
    public Action? OnRead { get; set; }

    /// <summary>Two threads used the input at the same time.</summary>
    public bool WasShared { get; private set; }

    /// <summary>The thread that used the input last.</summary>
    public int LastThread { get; private set; }

    /// <summary>How often another thread than before used the input.</summary>
    public int ThreadChangeCount { get; private set; }

    protected object Gate { get; } = new();

    protected bool HasInput => _hasEnded || _chunks.Count > 0 || !_rest.IsEmpty;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Send(byte[] chunk)
    {
        lock (Gate)
        {
            _chunks.Enqueue(chunk);
            Monitor.PulseAll(Gate);
        }
    }

    public void End()
    {
        lock (Gate)
        {
            _hasEnded = true;
            Monitor.PulseAll(Gate);
        }
    }

    /// <summary>Waits until the server has taken all that was sent and waits for more.</summary>
    public bool AwaitDrained()
    {
        lock (Gate)
        {
            while (_hasEnded || _chunks.Count > 0 || !_rest.IsEmpty || !_isWaiting)
            {
                if (!Monitor.Wait(Gate, 20_000))
                {
                    return false;
                }
            }

            return true;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        OnRead?.Invoke();
        lock (Gate)
        {
            Enter();
            while (!HasInput)
            {
                Wait(Timeout.Infinite);
            }

            _isUsed = false;
            if (_rest.IsEmpty && _chunks.TryDequeue(out byte[]? chunk))
            {
                _rest = chunk;
            }

            int taken = Math.Min(count, _rest.Length);
            _rest[..taken].CopyTo(buffer.AsMemory(offset));
            _rest = _rest[taken..];
            return taken;
        }
    }

    /// <summary>Notes who comes; the gate is held.</summary>
    protected void Enter()
    {
        WasShared |= _isUsed;
        _isUsed = true;
        if (LastThread != Environment.CurrentManagedThreadId)
        {
            LastThread = Environment.CurrentManagedThreadId;
            ThreadChangeCount++;
        }
    }

    protected void Leave() => _isUsed = false;

    protected bool Wait(int timeoutMs)
    {
        _isWaiting = true;
        Monitor.PulseAll(Gate);
        bool wasPulsed = Monitor.Wait(Gate, timeoutMs);
        _isWaiting = false;
        return wasPulsed;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
