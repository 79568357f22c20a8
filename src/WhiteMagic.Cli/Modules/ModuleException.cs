using System;

namespace WhiteMagic.Cli.Modules;

/// <summary>A module of governance was not taken.</summary>
internal sealed class ModuleException(string message, Exception? inner = null) : Exception(message, inner);
