using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Sha256;

/// <summary>SHA-256 as a WebAssembly export.</summary>
public static unsafe class Sha256Exports
{
    /// <summary>
    /// Hashes <paramref name="length"/> bytes at <paramref name="data"/> into the 32 bytes at <paramref name="digest"/>, which may overlap them.
    /// Returns 0, <see cref="KernelError.InvalidArgument"/> for a negative length or <see cref="KernelError.OutOfRange"/>.
    /// </summary>
    [WasmExport("sha256")]
    public static int Hash(byte* data, int length, byte* digest)
    {
        if (length < 0)
        {
            return KernelError.InvalidArgument;
        }

        if (!KernelMemory.IsInside(data, (uint)length) || !KernelMemory.IsInside(digest, Sha256State.DigestBytes))
        {
            return KernelError.OutOfRange;
        }

        // SAFETY: both ranges were looked at above; the digest is written after the last byte was read.
        Sha256State.Hash(new ReadOnlySpan<byte>(data, length), new Span<byte>(digest, Sha256State.DigestBytes));
        return 0;
    }
}
