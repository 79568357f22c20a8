using System;
using System.Collections.Concurrent;
using System.IO;

namespace WhiteMagic.Server.Tests.Mcp;

/// <summary>An input that blocks until the test sends something or ends it.</summary>
internal sealed class FeedStream : Stream
{
    private readonly BlockingCollection<byte[]> _chunks = [];
    private ReadOnlyMemory<byte> _rest;

    /// <summary>Called on the reading thread before each read.</summary>
    public Action? OnRead { get; set; }

    /// <summary>Whether all that was sent has been read.</summary>
    public bool IsDrained => _rest.IsEmpty && _chunks.Count == 0;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Send(byte[] chunk) => _chunks.Add(chunk);

    public void End() => _chunks.CompleteAdding();

    public override int Read(byte[] buffer, int offset, int count)
    {
        OnRead?.Invoke();
        while (_rest.IsEmpty)
        {
            if (!_chunks.TryTake(out byte[]? chunk, -1))
            {
                return 0;
            }

            _rest = chunk;
        }

        int taken = Math.Min(count, _rest.Length);
        _rest[..taken].CopyTo(buffer.AsMemory(offset));
        _rest = _rest[taken..];
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _chunks.Dispose();
        }

        base.Dispose(disposing);
    }
}
