using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Sha256;

/// <summary>SHA-256 for hosts of the WebAssembly modules.</summary>
public static unsafe class Sha256Exports
{
    /// <summary>Hashes <paramref name="length"/> bytes into the 32 bytes at <paramref name="digest"/>; 32 or a negative <see cref="KernelError"/>.</summary>
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

        // SAFETY: both ranges were found inside memory that the caller allocated.
        Sha256State.Hash(new ReadOnlySpan<byte>(data, length), new Span<byte>(digest, Sha256State.DigestBytes));
        return Sha256State.DigestBytes;
    }
}
