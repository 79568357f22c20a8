using System;

namespace WhiteMagic.Wasm;

/// <summary>A module could not be instantiated: something that it asks for is not allowed to it, or is another, or is beyond a limit.</summary>
public sealed class WasmLinkException(string message) : Exception(message);
