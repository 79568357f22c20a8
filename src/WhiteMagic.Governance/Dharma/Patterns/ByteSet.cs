namespace WhiteMagic.Governance.Dharma.Patterns;

/// <summary>A set of bytes.</summary>
internal sealed class ByteSet
{
    private readonly ulong[] _bits = new ulong[4];

    internal bool Contains(int value) => (_bits[value >> 6] >> (value & 63) & 1) != 0;

    internal ByteSet Add(int value)
    {
        _bits[value >> 6] |= 1UL << (value & 63);
        return this;
    }

    internal ByteSet AddRange(int first, int last)
    {
        for (int value = first; value <= last; value++)
        {
            Add(value);
        }

        return this;
    }

    internal ByteSet AddAll(ByteSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }

        return this;
    }

    /// <summary>The only member; -1 when there are none or several.</summary>
    internal int Single
    {
        get
        {
            int found = -1;
            for (int value = 0; value < 256; value++)
            {
                if (Contains(value))
                {
                    if (found >= 0)
                    {
                        return -1;
                    }

                    found = value;
                }
            }

            return found;
        }
    }

    internal static ByteSet Of(int value) => new ByteSet().Add(value);

    internal static ByteSet Of(int first, int last) => new ByteSet().AddRange(first, last);
}
