using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Emitting;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;
using WhiteMagic.KernelCompiler.Toolchain;

namespace WhiteMagic.KernelCompiler.Commands;

/// <summary><c>wmc build</c>: each module in a scalar and a simd128 build, and the manifest.</summary>
internal static class BuildCommand
{
    internal static int Run(BuildOptions options, TextWriter errors)
    {
        string output = options.Output ?? throw new UsageException("build needs -o and a folder");
        var watch = Stopwatch.StartNew();
        if (Compilation.Run(options, errors) is not { } modules)
        {
            return ExitCode.Failure;
        }

        CToolchain toolchain = CToolchain.Find(options.NodeModules);
        errors.WriteLine($"wmc: {modules.Count} modules, {modules.Sum(m => m.Module.Functions.Count)} functions; {toolchain.Name}");
        Directory.CreateDirectory(output);
        List<BuiltModule> built = BuildAll(modules, toolchain, output, options, errors);
        File.WriteAllBytes(Path.Combine(output, Manifest.FileName), Manifest.Write(built));
        errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wmc: {built.Count} files in {watch.Elapsed.TotalSeconds:0.0} s"));
        return ExitCode.Success;
    }

    private static List<BuiltModule> BuildAll(
        IReadOnlyList<(ModuleDeclaration Declaration, IrModule Module)> modules, CToolchain toolchain, string output, BuildOptions options, TextWriter errors)
    {
        string cFolder = options.KeepC ?? Directory.CreateTempSubdirectory("wmc").FullName;
        Directory.CreateDirectory(cFolder);
        try
        {
            foreach ((_, IrModule module) in modules)
            {
                File.WriteAllText(Path.Combine(cFolder, module.Name + ".c"), CEmitter.Emit(module));
            }

            var wanted = modules.SelectMany(m => new[] { (m.Declaration, IsSimd: false), (m.Declaration, IsSimd: true) }).ToList();
            var built = new BuiltModule[wanted.Count];
            Parallel.For(0, wanted.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs }, i =>
            {
                (ModuleDeclaration declaration, bool isSimd) = wanted[i];
                built[i] = Build(declaration, isSimd, toolchain, cFolder, output);
                lock (errors)
                {
                    errors.WriteLine($"wmc: {built[i].File} {built[i].Bytes.Length} bytes");
                }
            });
            return [.. built];
        }
        catch (AggregateException e)
        {
            // One failure is enough to say.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            throw;
        }
        finally
        {
            if (options.KeepC is null)
            {
                Directory.Delete(cFolder, recursive: true);
            }
        }
    }

    private static BuiltModule Build(ModuleDeclaration declaration, bool isSimd, CToolchain toolchain, string cFolder, string output)
    {
        string file = declaration.Name + (isSimd ? ".simd.wasm" : ".wasm");
        string path = Path.Combine(output, file);
        toolchain.Build(Path.Combine(cFolder, declaration.Name + ".c"), path, isSimd);
        byte[] bytes = File.ReadAllBytes(path);
        WasmFile content = WasmFile.Read(bytes);
        return content.ImportCount == 0
            ? new BuiltModule(declaration.Name, file, isSimd, bytes, content)
            : throw new CompilationException(Rules.Toolchain, $"{file} has imports");
    }
}
