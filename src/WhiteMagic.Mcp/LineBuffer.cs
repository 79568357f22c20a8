using System;
using System.Buffers;

namespace WhiteMagic.Mcp;

/// <summary>A line under construction. It keeps its memory from line to line, unless a line was unusually long.</summary>
internal sealed class LineBuffer : IBufferWriter<byte>
{
    /// <summary>More than this is given back after a line, so that one giant does not stay in memory.</summary>
    private const int KeptBytes = 64 << 10;

    private const int FirstBytes = 2048;
    private byte[] _bytes = new byte[FirstBytes];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Starts a new line.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[FirstBytes];
        }
    }

    /// <summary>Takes back what was written after <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = length;

    public void Write(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Writes JSON text as the inside of a JSON string. JSON text holds no control characters, so only two characters need an escape.</summary>
    public void WriteAsString(ReadOnlySpan<byte> json)
    {
        while (true)
        {
            int plain = json.IndexOfAny((byte)'"', (byte)'\\');
            if (plain < 0)
            {
                Write(json);
                return;
            }

            Reserve(plain + 2);
            json[..plain].CopyTo(_bytes.AsSpan(Length));
            Length += plain;
            _bytes[Length++] = (byte)'\\';
            _bytes[Length++] = json[plain];
            json = json[(plain + 1)..];
        }
    }

    void IBufferWriter<byte>.Advance(int count) => Length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    private void Reserve(int count)
    {
        int needed = checked(Length + count);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }
    }
}
