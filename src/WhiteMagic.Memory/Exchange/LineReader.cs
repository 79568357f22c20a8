using System;
using System.IO;

namespace WhiteMagic.Memory.Exchange;

/// <summary>Reads a stream line by line as bytes, with as much memory as the longest line needs.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>Longest line, as on the wire; a longer one is passed over.</summary>
    public const int MaxLineBytes = 16 << 20;

    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The line without its newline; valid until the next one is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Number of the line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line was too long; <see cref="Line"/> is then empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether a newline ended the line; false only for the last.</summary>
    public bool HasNewline { get; private set; }

    /// <summary>Goes to the next line; false at the end.</summary>
    public bool Read()
    {
        IsTooLong = false;
        int scanned = _start;
        while (true)
        {
            int newline = Array.IndexOf(_buffer, (byte)'\n', scanned, _end - scanned);
            if (newline >= 0 || (_ended && (_end > _start || IsTooLong)))
            {
                HasNewline = newline >= 0;
                Take(HasNewline ? newline : _end);
                return true;
            }

            if (_ended)
            {
                return false;
            }

            if (_end - _start > MaxLineBytes)
            {
                IsTooLong = true;
            }

            if (IsTooLong)
            {
                _start = _end;
            }

            scanned = Fill();
        }
    }

    private void Take(int end)
    {
        Number++;
        IsTooLong |= end - _start > MaxLineBytes;
        int first = _start;
        if (Number == 1 && _buffer.AsSpan(first, end - first).StartsWith("\uFEFF"u8))
        {
            first += 3;
        }

        Line = IsTooLong ? default : _buffer.AsMemory(first, end - first);
        _start = Math.Min(end + 1, _end);
    }

    // Returns where the bytes that were not searched yet begin.
    private int Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int before = _end;
        int count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _ended = count == 0;
        return before;
    }
}
