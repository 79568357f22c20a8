using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>
/// Values of one size with stable numbers in one growing block: pointers are valid until the next <see cref="TryReserve"/>, numbers until given
/// back. It is not generic and is told the size each time, which halves its code in WebAssembly.
/// </summary>
internal unsafe struct Pool
{
    private byte* _values;
    private int _capacity;
    private int _end;

    // Values that were given back form a list through their first four bytes; numbers are stored one higher, so that 0 ends it.
    private int _firstFree;
    private int _freeCount;

    public readonly byte* Values => _values;

    /// <summary>How many are taken.</summary>
    public readonly int Count => _end - _freeCount;

    /// <summary>Makes sure that the next <paramref name="count"/> calls of <see cref="Take"/> succeed; false when there is no memory.</summary>
    public bool TryReserve(int count, int valueBytes)
    {
        if (count <= _capacity - Count)
        {
            return true;
        }

        ulong capacity = Math.Max((uint)(Count + count), (uint)_capacity * 2);
        ulong bytes = capacity * (uint)valueBytes;
        byte* values = bytes > uint.MaxValue ? null : (byte*)KernelMemory.TryAllocate((uint)bytes);
        if (values == null)
        {
            return false;
        }

        // SAFETY: _end is at most the capacity of both blocks.
        Unsafe.CopyBlock(values, _values, (uint)_end * (uint)valueBytes);
        KernelMemory.Free(_values);
        _values = values;
        _capacity = (int)capacity;
        return true;
    }

    /// <summary>The number of a value whose contents are undefined; there must have been a reservation.</summary>
    public int Take(int valueBytes)
    {
        if (_firstFree == 0)
        {
            return _end++;
        }

        int number = _firstFree - 1;
        _firstFree = *Link(number, valueBytes);
        _freeCount--;
        return number;
    }

    public void GiveBack(int number, int valueBytes)
    {
        *Link(number, valueBytes) = _firstFree;
        _firstFree = number + 1;
        _freeCount++;
    }

    /// <summary>Takes all numbers back and keeps the memory.</summary>
    public void Clear()
    {
        _end = 0;
        _firstFree = 0;
        _freeCount = 0;
    }

    public void Free()
    {
        KernelMemory.Free(_values);
        this = default;
    }

    private readonly int* Link(int number, int valueBytes) => (int*)(_values + ((nint)number * valueBytes));
}
