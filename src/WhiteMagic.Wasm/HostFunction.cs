using System;

namespace WhiteMagic.Wasm;

/// <summary>A function of the host that a module may import. What it throws goes through to who called the module.</summary>
/// <param name="caller">The instance that calls, or null when the host called it through an export.</param>
/// <param name="arguments">One value each; those of 32 bits in the low half, with zeroes in the high half.</param>
/// <param name="results">To be filled; zeroes at first.</param>
/// <returns><see cref="WasmTrap.None"/>, or the trap that ends the call.</returns>
public delegate WasmTrap HostFunction(WasmInstance? caller, ReadOnlySpan<ulong> arguments, Span<ulong> results);
