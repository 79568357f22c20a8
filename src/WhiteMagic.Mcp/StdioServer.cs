using System;
using System.IO;
using System.Threading;

namespace WhiteMagic.Mcp;

/// <summary>
/// Serves an offer over two byte streams, one JSON-RPC message a line. The thread that calls <see cref="Run"/> works the requests one at a
/// time, in order. It reads them itself when the input is an <see cref="IWaitableInput"/>, and a second thread reads while a request takes
/// long; otherwise the second thread reads all the time. Either way withdrawals are noticed while a request runs.
/// </summary>
public sealed class StdioServer : IExchange
{
    /// <summary>Waiting time without a request that counts as a pause.</summary>
    private const int PauseMs = 50;

    /// <summary>Time without the worker at the input after which the standby reads in its place: twice this at most.</summary>
    private const int LookMs = 20;

    private const int ReaderStackBytes = 256 << 10;

    /// <summary>After a line of this size the next pause returns its memory to the system.</summary>
    private const int LargeBytes = 1 << 20;

    /// <summary>What every pipe takes at once, however slow its reader.</summary>
    private const int PipeBytes = 4 << 10;

    private readonly IMcpOffer _offer;
    private readonly Stream _output;
    private readonly Inbox _inbox;
    private readonly LineReader _reader;
    private readonly SharedReader? _shared;
    private readonly LineBuffer _line = new();
    private readonly Lock _outputGate = new();
    private readonly Conversation _conversation;
    private bool _isOutputGone;
    private bool _isLargeBehind;
    private bool _hasAnswered;

    /// <summary>Makes a server of <paramref name="offer"/>; nothing is read before <see cref="Run"/>.</summary>
    public StdioServer(IMcpOffer offer, Stream input, Stream output)
        : this(offer, input, output, LookMs)
    {
    }

    /// <summary>For tests, which want the standby to be quicker.</summary>
    internal StdioServer(IMcpOffer offer, Stream input, Stream output, int lookMs)
    {
        _offer = offer;
        _output = output;
        var waitable = input as IWaitableInput;
        _inbox = new Inbox(waitable);
        _reader = new LineReader(input, waitable, _inbox);
        _shared = waitable is null ? null : new SharedReader(_reader, _inbox, lookMs);
        _conversation = new Conversation(offer, this, _line);
    }

    CancellationToken IExchange.Cancelled
    {
        get
        {
            // Who asks for it is about to begin what may take long.
            _shared?.Arm();
            return _inbox.Cancelled;
        }
    }

    /// <summary>Serves until the input ends or <see cref="Stop"/> is called; every request that was read is answered before it returns.</summary>
    public void Run()
    {
        if (_shared is null)
        {
            // In the background, since nothing can end a read that waits for a client which says nothing.
            new Thread(_reader.ReadToEnd, ReaderStackBytes) { IsBackground = true, Name = "reader" }.Start();
        }

        bool isIdleDue = false;
        while (!_isOutputGone)
        {
            int waitMs = isIdleDue ? PauseMs : Timeout.Infinite;
            Line? line = _shared is null ? _inbox.Take(waitMs, out bool hasEnded) : _shared.Take(waitMs, out hasEnded);
            if (line is not null)
            {
                Work(line);
                isIdleDue = true;
            }
            else if (hasEnded)
            {
                break;
            }
            else
            {
                Idle();
                ReturnMemory();
                isIdleDue = false;
            }
        }

        _inbox.Stop();
        _shared?.End();
        Idle();
    }

    /// <summary>Asks for an orderly end from another thread (SIGTERM): reads no more, finishes what was read, then <see cref="Run"/> returns.</summary>
    public void Stop() => _inbox.Stop();

    bool IExchange.Begin(ReadOnlySpan<byte> id) => _inbox.Begin(id);

    bool IExchange.End() => _inbox.End();

    void IExchange.Notify(LineBuffer message)
    {
        if (!_inbox.IsWithdrawn)
        {
            Send(message);
        }
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
            // Sending may take long when nobody takes the answers. A first short answer cannot, and need not wait for a thread to start.
            if (_hasAnswered || _line.Length > PipeBytes)
            {
                _shared?.Arm();
            }

            _hasAnswered = true;
            Send(_line);
            _line.Clear();
        }
    }

    private void Send(LineBuffer message)
    {
        message.Write((byte)'\n');
        lock (_outputGate)
        {
            if (_isOutputGone)
            {
                return;
            }

            try
            {
                _output.Write(message.Bytes, 0, message.Length);
                _output.Flush();
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException or UnauthorizedAccessException)
            {
                // Nobody listens any more: the end of the conversation, not an error.
                _isOutputGone = true;
            }
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
