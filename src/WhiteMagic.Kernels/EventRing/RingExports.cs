using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.EventRing;

/// <summary>The exports of event_ring.wasm. See docs/modules/event_ring.md.</summary>
public static unsafe class RingExports
{
    private static SharedRing _ring;

    /// <summary>Opens the ring at <paramref name="ring"/>, zeroed or a ring already.</summary>
    [WasmExport("ring_attach")]
    public static int Attach(void* ring, int bytes) =>
        bytes < SharedRing.Bytes ? KernelError.InvalidArgument
        : KernelMemory.IsInside(ring, (uint)bytes) ? SharedRing.Attach(ring, bytes, out _ring)
        : KernelError.OutOfRange;

    /// <summary>Publishes an event; returns its sequence.</summary>
    [WasmExport("ring_publish")]
    public static long Publish(int type, ulong sourceId, long timestampNs, double confidence, byte* data, int bytes)
    {
        if (bytes < 0)
        {
            return KernelError.InvalidArgument;
        }

        // SAFETY: the bytes are checked to lie inside memory that was allocated.
        return KernelMemory.IsInside(data, (uint)bytes)
            ? _ring.Publish(type, sourceId, timestampNs, confidence, new ReadOnlySpan<byte>(data, bytes))
            : KernelError.OutOfRange;
    }

    /// <summary>Makes a consumer of what is published from now on; returns it.</summary>
    [WasmExport("ring_subscribe")]
    public static int Subscribe(long nowNs) => _ring.Subscribe(nowNs);

    /// <summary>Gives a consumer's place back.</summary>
    [WasmExport("ring_unsubscribe")]
    public static int Unsubscribe(int consumer) => _ring.Unsubscribe(consumer);

    /// <summary>Copies up to that many events, 128 bytes each; returns how many.</summary>
    [WasmExport("ring_poll")]
    public static int Poll(int consumer, byte* events, int mostEvents, long nowNs)
    {
        if (mostEvents is <= 0 or > SharedRing.SlotCount)
        {
            return KernelError.InvalidArgument;
        }

        // SAFETY: the bytes are checked to lie inside memory that was allocated.
        int bytes = mostEvents * SharedRing.SlotBytes;
        return KernelMemory.IsInside(events, (uint)bytes) ? _ring.Poll(consumer, new Span<byte>(events, bytes), nowNs) : KernelError.OutOfRange;
    }

    /// <summary>How many events the consumer has lost since it subscribed.</summary>
    [WasmExport("ring_lost")]
    public static long Lost(int consumer) => _ring.Lost(consumer);

    /// <summary>Writes seven numbers of 8 bytes.</summary>
    [WasmExport("ring_stats")]
    public static int ReadStatistics(long* statistics) =>
        KernelMemory.IsInside(statistics, SharedRing.StatisticsWords * sizeof(long))
            ? _ring.ReadStatistics(new Span<long>(statistics, SharedRing.StatisticsWords))
            : KernelError.OutOfRange;
}
