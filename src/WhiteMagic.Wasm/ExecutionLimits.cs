using System;

namespace WhiteMagic.Wasm;

/// <summary>What code may use while it runs. All calls in a <see cref="WasmStore"/> are under its limits, start functions too.</summary>
public sealed class ExecutionLimits
{
    /// <summary>The defaults.</summary>
    public static ExecutionLimits Default { get; } = new();

    /// <summary>
    /// Fuel of one call from the host. An instruction costs one, and so does a local at each call of its function, and a byte or element that is
    /// copied, filled or moved by one instruction. A function, or a round of a loop, is paid for as a whole when it begins.
    /// </summary>
    public long Fuel { get; init; } = 1_000_000_000;

    /// <summary>Time of one call from the host. Looked at every 50,000 of fuel and counted from the first look: some tens of microseconds are added to it.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pages of 64 KiB of each memory, whatever the module says; growing beyond gives -1. At most 32,767.</summary>
    public int MemoryPages { get; init; } = 256;

    /// <summary>Elements of each table; growing beyond gives -1. At most 134,217,728.</summary>
    public int TableElements { get; init; } = 100_000;

    /// <summary>Calls in one another.</summary>
    public int CallDepth { get; init; } = 10_000;

    /// <summary>Slots of 8 bytes for all locals and operands of the calls in one another.</summary>
    public int StackSlots { get; init; } = 128 * 1024;

    /// <summary>Whether results that are not numbers get the one canonical form, so that they are the same on every machine.</summary>
    public bool CanonicalNaN { get; init; } = true;
}
