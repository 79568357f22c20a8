using System;
using System.Collections.Concurrent;
using System.IO;
using System.Text;

namespace WhiteMagic.Server.Tests.Mcp;

/// <summary>An output that holds the server to one whole line a write.</summary>
internal sealed class LineSink : Stream
{
    private static readonly UTF8Encoding Strict = new(false, true);
    private readonly BlockingCollection<string> _lines = [];

    /// <summary>The other end has closed: writing fails.</summary>
    public bool IsGone { get; set; }

    public int FlushCount { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The next line, or a failure when none comes.</summary>
    public string Next()
    {
        Assert.True(_lines.TryTake(out string? line, 20_000), "the server did not answer");
        return line;
    }

    /// <summary>All lines that were written and not taken.</summary>
    public string[] Rest()
    {
        string[] all = [.. _lines];
        while (_lines.TryTake(out _))
        {
        }

        return all;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (IsGone)
        {
            throw new IOException("broken pipe");
        }

        string line = Strict.GetString(buffer, offset, count);
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        _lines.Add(line[..^1]);
    }

    public override void Flush() => FlushCount++;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lines.Dispose();
        }

        base.Dispose(disposing);
    }
}
