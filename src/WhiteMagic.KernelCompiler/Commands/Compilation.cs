using System.Collections.Generic;
using System.IO;
using System.Linq;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Lowering;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Commands;

/// <summary>From an assembly to IR: what build and check have in common.</summary>
internal static class Compilation
{
    /// <summary>The chosen modules, and null when violations were written to <paramref name="errors"/>.</summary>
    internal static IReadOnlyList<(ModuleDeclaration Declaration, IrModule Module)>? Run(BuildOptions options, TextWriter errors)
    {
        using var positions = new SourcePositions();
        var diagnostics = new DiagnosticBag(positions);
        var modules = new List<(ModuleDeclaration, IrModule)>();
        try
        {
            foreach (ModuleDeclaration declaration in Choose(KernelAssembly.Open(options.Assembly).Modules, options.Modules))
            {
                modules.Add((declaration, ModuleLowering.Lower(declaration, diagnostics)));
            }
        }
        catch (CompilationException e)
        {
            diagnostics.Add(e.ToDiagnostic());
        }

        foreach (Diagnostic diagnostic in diagnostics.Sorted)
        {
            errors.WriteLine(diagnostic);
        }

        return diagnostics.IsEmpty ? modules : null;
    }

    private static IEnumerable<ModuleDeclaration> Choose(IReadOnlyList<ModuleDeclaration> all, List<string> names)
    {
        string? unknown = names.FirstOrDefault(n => all.All(m => m.Name != n));
        return unknown is null
            ? all.Where(m => names.Count == 0 || names.Contains(m.Name))
            : throw new CompilationException(Rules.ModuleDeclaration, $"there is no module {unknown}; there are {string.Join(", ", all.Select(m => m.Name))}");
    }
}
