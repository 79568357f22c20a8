using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>FNV-1a, 32 bits, of bytes with ASCII letters in lower case.</summary>
internal static class Fnv
{
    public const uint Start = 0x811C9DC5;

    private const uint Prime = 0x01000193;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Add(uint hash, byte b)
    {
        uint lower = (uint)(b - 'A') < 26 ? b | 0x20u : b;
        return (hash ^ lower) * Prime;
    }
}
