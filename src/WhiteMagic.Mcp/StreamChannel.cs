using System;
using System.IO;
using System.Threading;

namespace WhiteMagic.Mcp;

/// <summary>A channel over two streams of any kind. Nobody can wait for a stream for a limited time, so a thread of its own reads ahead.</summary>
public sealed class StreamChannel(Stream input, Stream output) : IChannel
{
    /// <summary>The thread reads no further ahead than this.</summary>
    private const int MaxAheadBytes = 8 << 20;

    private const int ChunkBytes = 32 << 10;
    private const int StackBytes = 256 << 10;

    private readonly object _gate = new();
    private byte[] _ahead = new byte[ChunkBytes];
    private int _first;
    private int _count;
    private bool _hasStarted;
    private bool _hasEnded;
    private bool _isWoken;

    public int Read(Span<byte> buffer, int timeoutMs)
    {
        lock (_gate)
        {
            if (!_hasStarted)
            {
                _hasStarted = true;
                // In the background, since nothing can end a read that waits for a client which says nothing.
                new Thread(ReadAhead, StackBytes) { IsBackground = true, Name = "reader" }.Start();
            }

            if (_count == 0 && !_hasEnded && !_isWoken && timeoutMs != 0)
            {
                Monitor.Wait(_gate, timeoutMs);
            }

            if (_count == 0)
            {
                return _hasEnded ? 0 : IChannel.Nothing;
            }

            int taken = Math.Min(_count, buffer.Length);
            _ahead.AsSpan(_first, taken).CopyTo(buffer);
            _first += taken;
            _count -= taken;
            if (_count == 0)
            {
                _first = 0;
                if (_ahead.Length > ChunkBytes)
                {
                    _ahead = new byte[ChunkBytes];
                }
            }

            Monitor.PulseAll(_gate);
            return taken;
        }
    }

    /// <remarks>Nobody can wait for a stream for a limited time: it waits until everything is written.</remarks>
    public int Write(ReadOnlySpan<byte> bytes, bool yieldsToInput, int timeoutMs)
    {
        output.Write(bytes);
        output.Flush();
        return bytes.Length;
    }

    public void WakeUp()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void ReadAhead()
    {
        try
        {
            byte[] chunk = new byte[ChunkBytes];
            while (true)
            {
                int count = input.Read(chunk, 0, chunk.Length);
                if (count == 0)
                {
                    break;
                }

                Hold(chunk.AsSpan(0, count));
            }
        }
#pragma warning disable CA1031 // Whatever ends the reading, a broken stream or a lack of memory: the best that is left is an orderly end.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        lock (_gate)
        {
            _hasEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            while (_count > MaxAheadBytes)
            {
                Monitor.Wait(_gate);
            }

            if (_first + _count + bytes.Length > _ahead.Length)
            {
                byte[] room = _count + bytes.Length > _ahead.Length ? new byte[(_count + bytes.Length) * 2] : _ahead;
                _ahead.AsSpan(_first, _count).CopyTo(room);
                _ahead = room;
                _first = 0;
            }

            bytes.CopyTo(_ahead.AsSpan(_first + _count));
            _count += bytes.Length;
            Monitor.PulseAll(_gate);
        }
    }
}
