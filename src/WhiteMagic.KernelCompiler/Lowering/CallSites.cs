using System;
using System.Collections.Generic;
using System.Reflection;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Who called each method first: so a violation inside the framework is reported with the kernel's line that leads there.</summary>
internal sealed class CallSites
{
    private readonly Dictionary<MethodBase, CallSite> _first = [];

    internal void Add(MethodBase callee, MethodCode caller, int offsetBytes) => _first.TryAdd(callee, new CallSite(caller, offsetBytes));

    /// <summary>The call in the kernel's own code that leads to a method of the framework; null for the kernel's own methods.</summary>
    internal CallSite? OwnCallOf(MethodBase method)
    {
        CallSite? found = null;
        while (IsFramework(method) && _first.TryGetValue(method, out CallSite? site))
        {
            found = site;
            method = site.Caller.Method;
        }

        return found;
    }

    private static bool IsFramework(MethodBase method) =>
        method.Module.Assembly.GetName().Name is { } name && name.StartsWith("System.", StringComparison.Ordinal);

    internal sealed record CallSite(MethodCode Caller, int OffsetBytes);
}
