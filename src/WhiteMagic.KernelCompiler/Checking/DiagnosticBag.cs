using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Checking;

/// <summary>Collects violations, each once, so that all are reported together.</summary>
internal sealed class DiagnosticBag(SourcePositions positions)
{
    private readonly HashSet<Diagnostic> _seen = [];

    internal bool IsEmpty => _seen.Count == 0;

    /// <summary>By position, then method and offset, so that two runs say the same.</summary>
    internal IEnumerable<Diagnostic> Sorted => _seen
        .OrderBy(d => d.Method is null ? 0 : 1)
        .ThenBy(d => d.Method, StringComparer.Ordinal)
        .ThenBy(d => d.OffsetBytes)
        .ThenBy(d => d.Rule.Id, StringComparer.Ordinal)
        .ThenBy(d => d.Detail, StringComparer.Ordinal);

    internal void Add(Diagnostic diagnostic) => _seen.Add(diagnostic);

    /// <summary>A violation at an instruction.</summary>
    internal void Add(Rule rule, string detail, MethodCode code, int offsetBytes) =>
        Add(new Diagnostic(rule, detail, code.Signature, offsetBytes, positions.Find(code.Method, offsetBytes)));

    /// <summary>A violation in a method as a whole.</summary>
    internal void Add(Rule rule, string detail, MethodBase method) =>
        Add(new Diagnostic(rule, detail, TypeNames.Of(method), -1, positions.Find(method, 0)));
}
