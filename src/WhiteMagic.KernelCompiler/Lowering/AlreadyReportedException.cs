using System;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>The instruction uses something whose violation was reported where it arose.</summary>
internal sealed class AlreadyReportedException : Exception;
