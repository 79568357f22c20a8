using System;
using System.Buffers.Binary;
using System.Text;

namespace WhiteMagic.Governance.Scoring;

/// <summary>A record as it grows, little-endian. Its memory is used again.</summary>
internal sealed class RecordBuffer
{
    private const int MostKept = 64 << 10;

    private byte[] _bytes = new byte[1024];
    private int _length;

    internal ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    internal void Clear()
    {
        _length = 0;
        if (_bytes.Length > MostKept)
        {
            _bytes = new byte[1024];
        }
    }

    internal void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    internal void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    internal void Number(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);

    /// <summary>A text: its length in bytes, and its UTF-8.</summary>
    internal void Text(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Int32(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    internal void Text(ReadOnlySpan<byte> utf8)
    {
        Int32(utf8.Length);
        utf8.CopyTo(Take(utf8.Length));
    }

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_length + count, _bytes.Length * 2));
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
