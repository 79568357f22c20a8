using System.Collections.Generic;
using System.IO;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.KernelCompiler.Commands;

/// <summary><c>wmc explain</c>: what a rule is, why, and what to do.</summary>
internal static class ExplainCommand
{
    internal static int Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        Rule rule = arguments is [var id] && Rules.Find(id) is { } found
            ? found
            : throw new UsageException($"explain takes one of {Rules.All[0].Id} to {Rules.All[^1].Id}");
        output.WriteLine($"{rule.Id}: {rule.Title}.");
        output.WriteLine($"Why: {rule.Why}");
        output.WriteLine($"Do: {rule.Remedy}");
        return ExitCode.Success;
    }
}
