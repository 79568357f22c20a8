using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.ArrowWriter;

/// <summary>
/// Bytes that grow at their end, in memory of <see cref="KernelMemory"/>. Room is reserved first and appended to afterwards, so that a caller
/// can make sure of everything it needs before it changes anything.
/// </summary>
internal unsafe struct GrowingBytes
{
    // Offsets inside an Arrow batch are signed 32-bit numbers.
    private const uint MostBytes = int.MaxValue;

    private const uint FirstBytes = 256;

    private byte* _bytes;
    private uint _capacity;

    public uint Count { get; private set; }

    public readonly byte* Start => _bytes;

    // SAFETY: Count never exceeds the capacity that was allocated.
    public readonly ReadOnlySpan<byte> Span => new(_bytes, (int)Count);

    /// <summary>Makes room for more bytes; false, and nothing changed, when there is no memory.</summary>
    public bool TryReserve(uint bytes)
    {
        if (_capacity - Count >= bytes)
        {
            return true;
        }

        if (bytes > MostBytes - Count)
        {
            return false;
        }

        uint capacity = Math.Min(Math.Max(Math.Max(Count + bytes, _capacity * 2), FirstBytes), MostBytes);
        byte* grown = (byte*)KernelMemory.TryAllocate(capacity);
        if (grown == null)
        {
            return false;
        }

        // SAFETY: the grown block has room for Count bytes and more.
        Span.CopyTo(new Span<byte>(grown, (int)Count));
        KernelMemory.Free(_bytes);
        _bytes = grown;
        _capacity = capacity;
        return true;
    }

    /// <summary>Takes the next bytes, zeroed, out of the room that was reserved.</summary>
    public byte* Take(uint bytes)
    {
        if (_capacity - Count < bytes)
        {
            throw new InvalidOperationException();
        }

        byte* taken = _bytes + Count;
        Count += bytes;

        // SAFETY: the check above keeps the block inside the capacity.
        new Span<byte>(taken, (int)bytes).Clear();
        return taken;
    }

    /// <summary>Appends bytes for which room was reserved.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_capacity - Count < (uint)bytes.Length)
        {
            throw new InvalidOperationException();
        }

        // SAFETY: the check above keeps the copy inside the capacity.
        bytes.CopyTo(new Span<byte>(_bytes + Count, bytes.Length));
        Count += (uint)bytes.Length;
    }

    public void AppendZeroes(uint bytes) => Take(bytes);

    public void AppendInt32(int value) => Unsafe.WriteUnaligned(Take(sizeof(int)), value);

    public void AppendDouble(double value) => Unsafe.WriteUnaligned(Take(sizeof(double)), value);

    /// <summary>Sets bit <paramref name="index"/>, which lies in what was appended.</summary>
    public readonly void SetBit(int index)
    {
        if ((uint)index >> 3 >= Count)
        {
            throw new InvalidOperationException();
        }

        // SAFETY: checked against Count above.
        _bytes[index >> 3] |= (byte)(1 << (index & 7));
    }

    /// <summary>Forgets bytes at the end beyond the first <paramref name="count"/>; keeps the memory.</summary>
    public void Truncate(uint count) => Count = Math.Min(Count, count);

    public void Free()
    {
        KernelMemory.Free(_bytes);
        this = default;
    }
}
