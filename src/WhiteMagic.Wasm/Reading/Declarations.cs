using System;

namespace WhiteMagic.Wasm.Reading;

/// <summary>A set of functions, by their indexes.</summary>
internal sealed class Declarations
{
    private ulong[] _bits = [];

    internal void Add(int function)
    {
        if (function / 64 >= _bits.Length)
        {
            Array.Resize(ref _bits, Math.Max((function / 64) + 1, _bits.Length * 2));
        }

        _bits[function / 64] |= 1ul << function;
    }

    internal bool Contains(int function) => function / 64 < _bits.Length && (_bits[function / 64] >> function & 1) != 0;
}
