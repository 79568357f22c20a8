using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Compiler.Tests.Idioms;

// Not compared with .NET, whose allocator knows less: Harness/allocator.mjs says what must hold.
internal static unsafe class AllocatorExports
{
    private static int _calls = 5;

    [Idioms.WasmExport("take")]
    internal static void* Take(uint bytes)
    {
        _calls++;
        return KernelMemory.TryAllocate(bytes);
    }

    [Idioms.WasmExport("give")]
    internal static void Give(void* memory) => KernelMemory.Free(memory);

    [Idioms.WasmExport("is_inside")]
    internal static int IsInside(void* memory, uint bytes) => KernelMemory.IsInside(memory, bytes) ? 1 : 0;

    [Idioms.WasmExport("calls")]
    internal static int Calls() => _calls;
}
