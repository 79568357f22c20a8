using System;

namespace WhiteMagic.Wasm;

/// <summary>A module could not be instantiated: its segments did not fit, or its start function ended in a trap.</summary>
public sealed class WasmTrapException(WasmTrap trap) : Exception($"instantiation ended in the trap {WasmTraps.NameOf(trap)}")
{
    /// <summary>Which trap.</summary>
    public WasmTrap Trap { get; } = trap;
}
