using System.Collections.Generic;

namespace WhiteMagic.Compiler.Tests.Harness;

/// <summary>One call of an idiom.</summary>
/// <param name="Idiom">Which.</param>
/// <param name="Arguments">Integers, and the bits of floating-point numbers; the number of the buffer for a pointer.</param>
/// <param name="Memory">What the buffers hold before, one after the other.</param>
internal sealed record Case(Idiom Idiom, IReadOnlyList<long> Arguments, byte[] Memory)
{
    internal const int BufferBytes = 256;
    internal const int MemoryBytes = 2 * BufferBytes;
}
