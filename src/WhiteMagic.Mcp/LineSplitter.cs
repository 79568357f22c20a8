using System;

namespace WhiteMagic.Mcp;

/// <summary>
/// Cuts chunks of a stream into lines. A line that is over the limit is dropped while it arrives, not held; a byte order mark, a carriage
/// return at the end and empty lines are taken away.
/// </summary>
internal sealed class LineSplitter(Inbox inbox)
{
    /// <summary>The limit, and room for what <see cref="Trim"/> takes away.</summary>
    private const int MaxHeldBytes = Wire.MaxRequestBytes + 4;

    private const int FirstHeldBytes = 16 << 10;

    private byte[] _held = [];
    private int _heldCount;
    private bool _isDropping;

    /// <summary>Takes the next chunk of the stream.</summary>
    public void Add(ReadOnlySpan<byte> chunk)
    {
        while (true)
        {
            int end = chunk.IndexOf((byte)'\n');
            if (end < 0)
            {
                Hold(chunk);
                return;
            }

            if (_heldCount == 0 && !_isDropping)
            {
                Emit(chunk[..end]);
            }
            else
            {
                Hold(chunk[..end]);
                EmitHeld();
            }

            chunk = chunk[(end + 1)..];
        }
    }

    /// <summary>The stream has ended: what is held is a line as well.</summary>
    public void Finish()
    {
        if (_heldCount > 0 || _isDropping)
        {
            EmitHeld();
        }
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_isDropping || bytes.IsEmpty)
        {
            return;
        }

        if (bytes.Length > MaxHeldBytes - _heldCount || !TryReserve(_heldCount + bytes.Length))
        {
            _isDropping = true;
            _held = [];
            _heldCount = 0;
            return;
        }

        bytes.CopyTo(_held.AsSpan(_heldCount));
        _heldCount += bytes.Length;
    }

    private bool TryReserve(int count)
    {
        if (count <= _held.Length)
        {
            return true;
        }

        try
        {
            Array.Resize(ref _held, Math.Min(Math.Max(count, Math.Max(_held.Length * 2, FirstHeldBytes)), MaxHeldBytes));
            return true;
        }
        catch (OutOfMemoryException)
        {
            // As good as too long: the reader must live on.
            return false;
        }
    }

    private void EmitHeld()
    {
        if (_isDropping)
        {
            _isDropping = false;
            Line line = inbox.Rent();
            line.MarkTooLong();
            inbox.Add(line);
            return;
        }

        ReadOnlySpan<byte> trimmed = Trim(_held.AsSpan(0, _heldCount));
        if (trimmed.Length is > Line.KeptBytes and <= Wire.MaxRequestBytes)
        {
            // A long line changes hands without a second array; it only moves when something in front was trimmed.
            int length = trimmed.Length;
            trimmed.CopyTo(_held);
            Line line = inbox.Rent();
            line.Adopt(_held, length);
            _held = [];
            inbox.Add(line);
        }
        else
        {
            Emit(trimmed);
        }

        _heldCount = 0;
    }

    private void Emit(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> trimmed = Trim(bytes);
        if (trimmed.IsEmpty || Withdrawal.TryTake(trimmed, inbox))
        {
            return;
        }

        Line line = inbox.Rent();
        if (trimmed.Length > Wire.MaxRequestBytes)
        {
            line.MarkTooLong();
        }
        else
        {
            line.Copy(trimmed);
        }

        inbox.Add(line);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        return line.Trim(" \t\r"u8);
    }
}
