using System;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Modules;

/// <summary>Memory outside the garbage collector's heap: of the process under .NET, of the instance in WebAssembly.</summary>
public static unsafe class KernelMemory
{
    /// <summary>Zeroed memory, aligned to 16 bytes; null when there is none left.</summary>
    [WasmRuntime("wm_alloc")]
    public static void* TryAllocate(uint bytes)
    {
        try
        {
            // SAFETY: the caller owns the block; Free gives it back.
            void* memory = NativeMemory.AlignedAlloc(Math.Max(bytes, 1), 16);
            NativeMemory.Clear(memory, bytes);
            return memory;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Gives memory of <see cref="TryAllocate"/> back; null is allowed.</summary>
    [WasmRuntime("wm_free")]
    public static void Free(void* memory) => NativeMemory.AlignedFree(memory);

    /// <summary>
    /// Whether the bytes lie inside memory that was allocated. Under .NET, where nobody knows, only null with a length is refused.
    /// </summary>
    [WasmRuntime("wm_is_inside")]
    public static bool IsInside(void* memory, uint bytes) => memory != null || bytes == 0;
}
