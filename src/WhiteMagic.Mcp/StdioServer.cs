using System;
using System.IO;
using System.Threading;

namespace WhiteMagic.Mcp;

/// <summary>
/// Serves an offer over a channel, one JSON-RPC message a line. The thread that calls <see cref="Run"/> does everything: it reads, works the
/// requests one at a time, in order, and answers. While a request runs it looks at the input now and then, so that a withdrawal is noticed.
/// </summary>
public sealed class StdioServer : IExchange
{
    /// <summary>Waiting time without a request that counts as a pause.</summary>
    private const int PauseMs = 50;

    /// <summary>Time between two looks at the input while a request runs.</summary>
    private const int LookMs = 10;

    /// <summary>A call that still runs this long after the server was asked to end is withdrawn, but answered: clients kill after a second or two.</summary>
    private const int StopGraceMs = 400;

    /// <summary>At the end a client that takes no answers is waited for no longer than this.</summary>
    private const int EndWriteMs = 800;

    private const int ChunkBytes = 32 << 10;

    /// <summary>After a line of this size the next pause returns its memory to the system.</summary>
    private const int LargeBytes = 1 << 20;

    private readonly IMcpOffer _offer;
    private readonly IChannel _channel;
    private readonly Inbox _inbox = new();
    private readonly LineSplitter _splitter;
    private readonly LineBuffer _line = new();
    private readonly Conversation _conversation;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private long _lookedAtMs;
    private bool _hasInputEnded;
    private bool _isOutputGone;
    private bool _isLargeBehind;
    private volatile bool _isStopping;
    private long _stoppedAtMs;

    /// <summary>Makes a server of <paramref name="offer"/>; nothing is read before <see cref="Run"/>.</summary>
    public StdioServer(IMcpOffer offer, IChannel channel)
    {
        _offer = offer;
        _channel = channel;
        _splitter = new LineSplitter(_inbox);
        _conversation = new Conversation(offer, this, _line);
        IsWithdrawn = LookForWithdrawal;
    }

    private Func<bool> IsWithdrawn { get; }

    Func<bool> IExchange.IsWithdrawn => IsWithdrawn;

    private bool MayRead => !_hasInputEnded && !_isStopping && _inbox.HasRoom;

    /// <summary>Serves until the input ends or <see cref="Stop"/> is called; every request that was read is answered before it returns.</summary>
    public void Run()
    {
        bool isIdleDue = false;
        while (!_isOutputGone)
        {
            if (_inbox.Take() is { } line)
            {
                Work(line);
                isIdleDue = true;
            }
            else if (!MayRead)
            {
                break;
            }
            else if (!Read(isIdleDue ? PauseMs : Timeout.Infinite) && isIdleDue && MayRead)
            {
                Idle();
                ReturnMemory();
                isIdleDue = false;
            }
        }

        Idle();
    }

    /// <summary>
    /// Asks for an orderly end from another thread (SIGTERM): reads no more, finishes what was read or, where that takes long, breaks it off with an
    /// answer that says so, then <see cref="Run"/> returns.
    /// </summary>
    public void Stop()
    {
        _stoppedAtMs = Environment.TickCount64;
        _isStopping = true;
        _channel.WakeUp();
    }

    bool IExchange.Begin(ReadOnlySpan<byte> id)
    {
        LookWhenDue();
        return _inbox.Begin(id);
    }

    bool IExchange.End()
    {
        LookWhenDue();
        return _inbox.End();
    }

    void IExchange.Notify(LineBuffer message)
    {
        Look();
        if (!_inbox.IsWithdrawn)
        {
            Send(message);
        }
    }

    private bool LookForWithdrawal()
    {
        LookWhenDue();
        return _inbox.IsWithdrawn || (_isStopping && Environment.TickCount64 - _stoppedAtMs >= StopGraceMs);
    }

    private void LookWhenDue()
    {
        if (Environment.TickCount64 - _lookedAtMs >= LookMs)
        {
            Look();
        }
    }

    /// <summary>Takes in what has come, without waiting.</summary>
    private void Look()
    {
        while (MayRead && Read(0))
        {
        }
    }

    /// <summary>Reads once; false when nothing came.</summary>
    private bool Read(int timeoutMs)
    {
        int count;
        try
        {
            count = _channel.Read(_chunk, timeoutMs);
            if (count > 0 && !_isStopping)
            {
                _splitter.Add(_chunk.AsSpan(0, count));
            }
            else if (count == 0)
            {
                _hasInputEnded = true;
                _splitter.Finish();
            }
        }
#pragma warning disable CA1031 // A channel that is broken, or no memory to read on: the best that is left is an orderly end.
        catch (Exception)
#pragma warning restore CA1031
        {
            _hasInputEnded = true;
            count = 0;
        }

        _lookedAtMs = Environment.TickCount64;
        return count > 0;
    }

    private void Work(Line line)
    {
        _isLargeBehind |= line.Length > LargeBytes;
        if (line.IsTooLong)
        {
            _isLargeBehind = true;
            _conversation.AnswerTooLong();
        }
        else
        {
            _conversation.Answer(line.Message);
        }

        _inbox.Return(line);
        if (_line.Length > 0)
        {
            Send(_line);
            _line.Clear();
        }
    }

    private void Send(LineBuffer message)
    {
        message.Write((byte)'\n');
        try
        {
            ReadOnlySpan<byte> rest = message.Written;
            while (!rest.IsEmpty)
            {
                bool isEnding = _hasInputEnded || _isStopping;
                int count = _channel.Write(rest, yieldsToInput: MayRead, isEnding ? EndWriteMs : Timeout.Infinite);
                rest = rest[count..];
                if (count == 0 && isEnding)
                {
                    _isOutputGone = true;
                    return;
                }

                if (count == 0)
                {
                    Look();
                }
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            // Nobody listens any more: the end of the conversation, not an error.
            _isOutputGone = true;
        }
    }

    private void Idle()
    {
        try
        {
            _offer.Idle();
        }
#pragma warning disable CA1031 // Deferred work is tried again at the next pause; it must not end the conversation.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private void ReturnMemory()
    {
        if (_isLargeBehind)
        {
            _isLargeBehind = false;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
