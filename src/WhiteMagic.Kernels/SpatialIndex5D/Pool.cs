using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>Values with stable numbers in one growing block: pointers are valid until the next <see cref="TryReserve"/>, numbers until given back.</summary>
internal unsafe struct Pool<T>
    where T : unmanaged
{
    private const int SmallestCapacity = 16;

    private T* _values;
    private int _capacity;
    private int _end;

    // Values that were given back form a list through their first four bytes; numbers are stored one higher, so that 0 ends it.
    private int _firstFree;
    private int _freeCount;

    public readonly T* Values => _values;

    /// <summary>How many are taken.</summary>
    public readonly int Count => _end - _freeCount;

    /// <summary>Makes sure that the next <paramref name="count"/> calls of <see cref="Take"/> succeed; false when there is no memory.</summary>
    public bool TryReserve(int count)
    {
        long needed = (long)Count + count;
        if (needed <= _capacity)
        {
            return true;
        }

        ulong capacity = (ulong)Math.Max(Math.Max(needed, (long)_capacity * 2), SmallestCapacity);
        ulong bytes = capacity * (ulong)sizeof(T);
        T* values = bytes > int.MaxValue * 2UL ? null : (T*)KernelMemory.TryAllocate((uint)bytes);
        if (values == null)
        {
            return false;
        }

        for (int i = 0; i < _end; i++)
        {
            // SAFETY: _end is at most the capacity of both blocks.
            values[i] = _values[i];
        }

        KernelMemory.Free(_values);
        _values = values;
        _capacity = (int)capacity;
        return true;
    }

    /// <summary>The number of a value whose contents are undefined; there must have been a reservation.</summary>
    public int Take()
    {
        if (_firstFree == 0)
        {
            return _end++;
        }

        int number = _firstFree - 1;
        _firstFree = *(int*)(_values + number);
        _freeCount--;
        return number;
    }

    public void GiveBack(int number)
    {
        *(int*)(_values + number) = _firstFree;
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
}
