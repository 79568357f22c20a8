using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.RateLimiter;

/// <summary>The exports of rate_limiter.wasm: one limiter, in memory of the module. See docs/modules/rate_limiter.md.</summary>
public static unsafe class RateExports
{
    // Fewer bytes hold no bucket; more are a mistake.
    private const int MostBytes = 1 << 24;

    private static RateTable _table;
    private static void* _memory;
    private static int _bytes;
    private static int _windowMs;
    private static int _groupMost;
    private static int _keyMost;

    /// <summary>Sets limits and window, in memory of that size; forgets all requests.</summary>
    [WasmExport("rate_configure")]
    public static int Configure(int limit, int burst, int keyLimit, int keyBurst, int windowMs, int bytes)
    {
        if (!IsLimit(limit, burst) || !IsLimit(keyLimit, keyBurst) || bytes is < RateTable.LeastBytes or > MostBytes)
        {
            return KernelError.InvalidArgument;
        }

        if (windowMs is <= 0 or > RateTable.MostWindowMs)
        {
            return KernelError.InvalidArgument;
        }

        void* memory = KernelMemory.TryAllocate((uint)bytes);
        if (memory == null)
        {
            return KernelError.OutOfMemory;
        }

        KernelMemory.Free(_memory);
        _memory = memory;
        _bytes = bytes;
        _windowMs = windowMs;
        _groupMost = limit + burst;
        _keyMost = keyLimit + keyBurst;
        return RateTable.Open(memory, bytes, windowMs, out _table);
    }

    /// <summary>Asks for one request of a key, in the group of all; a positive <paramref name="keyMost"/> replaces the key's limit and burst.</summary>
    [WasmExport("rate_acquire")]
    public static int Acquire(ulong keyHash, long nowMs, ulong groupHash, int keyMost) =>
        _table.Acquire(keyHash, keyMost == 0 ? _keyMost : keyMost, groupHash, _groupMost, nowMs);

    /// <summary>What <see cref="Acquire"/> would answer, without using anything up.</summary>
    [WasmExport("rate_peek")]
    public static int Peek(ulong keyHash, long nowMs, ulong groupHash, int keyMost) =>
        _table.Peek(keyHash, keyMost == 0 ? _keyMost : keyMost, groupHash, _groupMost, nowMs);

    /// <summary>Forgets all requests and the clock; limits and window stay.</summary>
    [WasmExport("rate_reset")]
    public static int Reset()
    {
        _table.Reset();
        return _memory == null ? KernelError.InvalidArgument : RateTable.Open(_memory, _bytes, _windowMs, out _table);
    }

    private static bool IsLimit(int limit, int burst) =>
        limit is > 0 and <= RateTable.MostRequests && burst is >= 0 and <= RateTable.MostRequests && limit + burst <= RateTable.MostRequests;
}
