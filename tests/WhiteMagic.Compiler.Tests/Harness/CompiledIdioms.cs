using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Emitting;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Lowering;
using WhiteMagic.KernelCompiler.Reading;
using WhiteMagic.KernelCompiler.Toolchain;

namespace WhiteMagic.Compiler.Tests.Harness;

/// <summary>All accepted idioms in one module, built once and called over all cases.</summary>
public sealed class CompiledIdioms : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wmc-idioms");
    private readonly Lazy<Dictionary<string, (List<Case> Cases, List<Outcome> Expected)>> _expected = new(Expect);
    private readonly Lazy<Dictionary<Case, Outcome>> _scalar;
    private readonly Lazy<Dictionary<Case, Outcome>> _simd;
    private readonly Lazy<Dictionary<Case, Outcome>> _native;

    public CompiledIdioms()
    {
        using var positions = new SourcePositions();
        var diagnostics = new DiagnosticBag(positions);
        IrModule module = ModuleLowering.Lower(new ModuleDeclaration("idioms", Idiom.Classes), diagnostics);
        Diagnostics = [.. diagnostics.Sorted.Select(d => d.ToString())];
        C = Diagnostics.Count == 0 ? CEmitter.Emit(module) : "";
        _scalar = new(() => RunInNode(isSimd: false));
        _simd = new(() => RunInNode(isSimd: true));
        _native = new(() => NativeRun.Run(C, _folder.FullName, _expected.Value.Values.SelectMany(e => e.Cases.Zip(e.Expected)).Where(p => p.Second != Outcome.Trap).Select(p => p.First)));
    }

    internal IReadOnlyList<string> Diagnostics { get; }

    internal string C { get; }

    internal (IReadOnlyList<Case> Cases, IReadOnlyList<Outcome> Expected) CasesOf(string idiom) => _expected.Value[idiom];

    internal Outcome Scalar(Case @case) => _scalar.Value[@case];

    internal Outcome Simd(Case @case) => _simd.Value[@case];

    internal Outcome Native(Case @case) => _native.Value[@case];

    /// <summary>A class of exports as a module of its own; the caller deletes the file.</summary>
    internal static string BuildAlone(Type exports)
    {
        using var positions = new SourcePositions();
        var diagnostics = new DiagnosticBag(positions);
        IrModule module = ModuleLowering.Lower(new ModuleDeclaration(exports.Name, [exports], IsSmall: true), diagnostics);
        Assert.Empty(diagnostics.Sorted);
        string c = Path.GetTempFileName();
        File.Move(c, c + ".c");
        File.WriteAllText(c + ".c", CEmitter.Emit(module));
        CToolchain.Find(null).Build(c + ".c", c + ".wasm", isSimd: false);
        File.Delete(c + ".c");
        return c + ".wasm";
    }

    /// <summary>The module's file.</summary>
    internal string Build(bool isSimd)
    {
        string c = Path.Combine(_folder.FullName, "idioms.c");
        string wasm = Path.Combine(_folder.FullName, isSimd ? "idioms.simd.wasm" : "idioms.wasm");
        if (!File.Exists(wasm))
        {
            File.WriteAllText(c, C);
            CToolchain.Find(null).Build(c, wasm, isSimd);
        }

        return wasm;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Dictionary<Case, Outcome> RunInNode(bool isSimd)
    {
        List<Case> cases = [.. _expected.Value.Values.SelectMany(e => e.Cases)];
        string node = Programs.Find("node") ?? throw new InvalidOperationException("node is not installed");
        string input = string.Concat(cases.Select(c => LineOf(c) + "\n"));
        string output = Programs.Run(node, [Path.Combine(AppContext.BaseDirectory, "run.mjs"), Build(isSimd)], input);
        return Pair(cases, output);
    }

    internal static string LineOf(Case c) =>
        $"{c.Idiom.Name} {c.Idiom.Parameters} {c.Idiom.Result} {(c.Arguments.Count == 0 ? "-" : string.Join(",", c.Arguments))} {Convert.ToHexStringLower(c.Memory)}";

    internal static Dictionary<Case, Outcome> Pair(List<Case> cases, string output)
    {
        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(cases.Count, lines.Length);
        return cases.Zip(lines, (c, line) => (c, line.Split(' '))).ToDictionary(p => p.c, p => new Outcome(p.Item2[0], p.Item2[1]));
    }

    private static Dictionary<string, (List<Case>, List<Outcome>)> Expect() => Idiom.All.ToDictionary(i => i.Name, i =>
    {
        List<Case> cases = Cases.Of(i);
        return (cases, cases.ConvertAll(CoreClr.Run));
    });
}
