using System;

namespace WhiteMagic.KernelCompiler.Checking;

/// <summary>Ends the work on something that makes no sense any more; carries what is to be said about it.</summary>
internal sealed class CompilationException(Rule rule, string detail) : Exception(detail)
{
    internal Rule Rule => rule;

    internal Diagnostic ToDiagnostic() => new(rule, Message);
}
