using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using WhiteMagic.KernelCompiler.Checking;

namespace WhiteMagic.KernelCompiler.Reading;

/// <summary>A compiled kernel project, opened as a file.</summary>
internal sealed class KernelAssembly
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private KernelAssembly(IReadOnlyList<ModuleDeclaration> modules) => Modules = modules;

    /// <summary>In the order of their names.</summary>
    internal IReadOnlyList<ModuleDeclaration> Modules { get; }

    /// <exception cref="CompilationException">The file is missing or no assembly, or declares its modules wrongly.</exception>
    internal static KernelAssembly Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new CompilationException(Rules.Assembly, $"there is no file {path}");
        }

        try
        {
            Assembly assembly = new Loader(full).LoadFromAssemblyPath(full);
            var modules = KernelAttributes.ModulesOf(assembly).Select(Declare).OrderBy(m => m.Name, StringComparer.Ordinal).ToList();
            Check(modules, path);
            return new KernelAssembly(modules);
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new CompilationException(Rules.Assembly, $"{path}: {e.Message}");
        }
    }

    /// <summary>The class's exports in the order of the source.</summary>
    internal static IEnumerable<(MethodInfo Method, string Name)> ExportsOf(Type type) =>
        from method in type.GetMethods(Statics | BindingFlags.Instance).OrderBy(m => m.MetadataToken)
        let name = KernelAttributes.NameIn(method, KernelAttributes.Export)
        where name is not null
        select (method, name);

    private static ModuleDeclaration Declare(CustomAttributeData attribute)
    {
        string name = attribute.ConstructorArguments.Select(a => a.Value).OfType<string>().FirstOrDefault() ?? "";
        bool isSmall = attribute.NamedArguments.Any(a => a.MemberName == KernelAttributes.Small && a.TypedValue.Value is true);
        return TypeNames.IsIdentifier(name)
            ? new ModuleDeclaration(name, [.. KernelAttributes.TypesIn(attribute)], isSmall)
            : throw new CompilationException(Rules.ModuleDeclaration, $"a module named \"{name}\"");
    }

    private static void Check(List<ModuleDeclaration> modules, string path)
    {
        if (modules.Count == 0)
        {
            throw new CompilationException(Rules.ModuleDeclaration, $"{path} declares none");
        }

        for (int i = 1; i < modules.Count; i++)
        {
            if (modules[i].Name == modules[i - 1].Name)
            {
                throw new CompilationException(Rules.ModuleDeclaration, $"{modules[i].Name} is declared twice");
            }
        }

        foreach (ModuleDeclaration module in modules)
        {
            Type? empty = module.Classes.FirstOrDefault(c => !ExportsOf(c).Any());
            if (module.Classes.Count == 0 || empty is not null)
            {
                string what = empty is null ? "no class" : TypeNames.Of(empty) + " has no exports";
                throw new CompilationException(Rules.ModuleDeclaration, $"{module.Name}: {what}");
            }
        }
    }

    /// <summary>Finds what the assembly refers to beside it; the framework is the one that this tool runs on.</summary>
    private sealed class Loader(string path) : AssemblyLoadContext("kernels")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string beside = Path.Combine(Path.GetDirectoryName(path)!, assemblyName.Name + ".dll");
            return File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
        }
    }
}
