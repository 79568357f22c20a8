using System;
using System.IO;
using System.Threading;

namespace WhiteMagic.Mcp;

/// <summary>
/// Serves an offer over two byte streams, one JSON-RPC message a line. One thread reads and notices withdrawals at once; the thread that
/// calls <see cref="Run"/> works the requests one at a time, in order.
/// </summary>
public sealed class StdioServer : IExchange
{
    /// <summary>Waiting time without a request that counts as a pause.</summary>
    private const int PauseMs = 50;

    private const int ChunkBytes = 32 << 10;
    private const int ReaderStackBytes = 256 << 10;

    /// <summary>After a line of this size the next pause returns its memory to the system.</summary>
    private const int LargeBytes = 1 << 20;

    private readonly IMcpOffer _offer;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Inbox _inbox = new();
    private readonly LineBuffer _line = new();
    private readonly Lock _outputGate = new();
    private readonly Conversation _conversation;
    private bool _isOutputGone;
    private bool _isLargeBehind;

    /// <summary>Makes a server of <paramref name="offer"/>; nothing is read before <see cref="Run"/>.</summary>
    public StdioServer(IMcpOffer offer, Stream input, Stream output)
    {
        _offer = offer;
        _input = input;
        _output = output;
        _conversation = new Conversation(offer, this, _line);
    }

    CancellationToken IExchange.Cancelled => _inbox.Cancelled;

    /// <summary>Serves until the input ends or <see cref="Stop"/> is called; every request that was read is answered before it returns.</summary>
    public void Run()
    {
        // In the background, since nothing can end a read that waits for a client which says nothing.
        new Thread(Read, ReaderStackBytes) { IsBackground = true, Name = "reader" }.Start();
        bool isIdleDue = false;
        while (!_isOutputGone)
        {
            Line? line = _inbox.Take(isIdleDue ? PauseMs : Timeout.Infinite, out bool hasEnded);
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

    private void Read()
    {
        try
        {
            ReadLines();
        }
#pragma warning disable CA1031 // Without memory to read on, the best that is left is an orderly end.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        _inbox.Complete();
    }

    private void ReadLines()
    {
        var splitter = new LineSplitter(_inbox);
        byte[] chunk = new byte[ChunkBytes];
        while (_inbox.EnterRead())
        {
            int count = ReadChunk(chunk);
            if (!_inbox.LeaveRead())
            {
                return;
            }

            if (count == 0)
            {
                splitter.Finish();
                return;
            }

            splitter.Add(chunk.AsSpan(0, count));
        }
    }

    private int ReadChunk(byte[] chunk)
    {
        try
        {
            return _input.Read(chunk, 0, chunk.Length);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
