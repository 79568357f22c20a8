using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Lowers a module's exports and everything that they reach; what breaks a rule is reported, and the rest goes on.</summary>
internal sealed class ModuleLowering
{
    // Kernels have some hundred functions; what has this many makes new instantiations for ever.
    private const int MostFunctions = 20_000;

    // The framework nests type arguments four deep; what nests them this deep will not stop.
    private const int DeepestArguments = 16;

    private readonly Dictionary<MethodBase, IrFunction> _functions = [];
    private readonly Queue<MethodBase> _waiting = new();
    private readonly NameTable _names = new();
    private readonly CallSites _callSites = new();
    private readonly IrModule _module;

    private ModuleLowering(string name, bool isSmall, DiagnosticBag diagnostics)
    {
        _module = new IrModule(name, isSmall);
        Diagnostics = diagnostics;
        Types = new TypeLowering(_module, _names);
        Statics = new StaticLowering(_module, _names, Types);
    }

    internal DiagnosticBag Diagnostics { get; }

    internal TypeLowering Types { get; }

    internal StaticLowering Statics { get; }

    /// <summary>The module; it is whole only when nothing was reported.</summary>
    internal static IrModule Lower(ModuleDeclaration declaration, DiagnosticBag diagnostics)
    {
        var lowering = new ModuleLowering(declaration.Name, declaration.IsSmall, diagnostics);
        var names = new HashSet<string>(ExportRules.Taken);
        foreach ((MethodInfo method, string name) in declaration.Classes.SelectMany(KernelAssembly.ExportsOf))
        {
            if (ExportRules.Check(method, name, names, diagnostics))
            {
                lowering.Export(method, name);
            }
        }

        lowering.Run();
        return lowering._module;
    }

    /// <summary>Lowers a single method as if it were a module's only export.</summary>
    internal static IrModule LowerExport(MethodInfo method, string name, DiagnosticBag diagnostics)
    {
        var lowering = new ModuleLowering(name, isSmall: false, diagnostics);
        if (ExportRules.Check(method, name, [], diagnostics))
        {
            lowering.Export(method, name);
            lowering.Run();
        }

        return lowering._module;
    }

    /// <summary>Reports a violation: where it is, or for the framework's code the kernel's call that leads there.</summary>
    internal void Report(CompilationException e, MethodCode code, int offsetBytes) =>
        Report(e, code.Method, () => Diagnostics.Add(e.Rule, e.Message, code, offsetBytes));

    /// <summary>The function for a method that is called at an instruction.</summary>
    /// <exception cref="CompilationException">The method's signature has something that no module has.</exception>
    internal IrFunction FunctionFor(MethodBase method, MethodCode caller, int offsetBytes)
    {
        _callSites.Add(method, caller, offsetBytes);
        return FunctionFor(method);
    }

    /// <exception cref="CompilationException">The method's signature has something that no module has.</exception>
    private IrFunction FunctionFor(MethodBase method)
    {
        if (_functions.TryGetValue(method, out IrFunction? function))
        {
            return function;
        }

        if (_functions.Count >= MostFunctions)
        {
            throw new CompilationException(Rules.TooLarge, $"more than {MostFunctions} functions");
        }

        if (DepthOf(method) > DeepestArguments)
        {
            throw new CompilationException(Rules.TooLarge, $"type arguments nested more than {DeepestArguments} deep in {method.DeclaringType?.Name}.{method.Name}");
        }

        function = Declare(method);
        _functions[method] = function;
        _module.Functions.Add(function);
        _waiting.Enqueue(method);
        return function;
    }

    private void Export(MethodInfo method, string name)
    {
        try
        {
            FunctionFor(method).ExportName = name;
        }
        catch (CompilationException e)
        {
            Diagnostics.Add(e.Rule, e.Message, method);
        }
    }

    private void Run()
    {
        while (_waiting.TryDequeue(out MethodBase? method))
        {
            try
            {
                new MethodLowering(this, MethodCode.Read(method), _functions[method]).Run();
            }
            catch (CompilationException e)
            {
                Report(e, method, () => Diagnostics.Add(e.Rule, e.Message, method));
            }
        }
    }

    private void Report(CompilationException e, MethodBase method, Action addHere)
    {
        if (_callSites.OwnCallOf(method) is { } site)
        {
            Diagnostics.Add(e.Rule, $"{e.Message}, in {TypeNames.Of(method)}", site.Caller, site.OffsetBytes);
            return;
        }

        addHere();
    }

    private IrFunction Declare(MethodBase method)
    {
        if (KernelAttributes.Has(method, "AsyncStateMachineAttribute") || KernelAttributes.Has(method, "IteratorStateMachineAttribute")
            || KernelAttributes.Has(method, "AsyncIteratorStateMachineAttribute"))
        {
            throw new CompilationException(Rules.StateMachine, TypeNames.Of(method));
        }

        if (method.CallingConvention.HasFlag(CallingConventions.VarArgs))
        {
            throw new CompilationException(Rules.TypedReference, TypeNames.Of(method));
        }

        if (method.GetMethodBody() is null)
        {
            throw new CompilationException(Rules.NoBody, TypeNames.Of(method));
        }

        IrType result = method is MethodInfo { ReturnType: var type } ? Types.Of(type) : IrType.Void;
        IReadOnlyList<IrType> parameters = ParameterTypes(method);
        string source = TypeNames.Of(method);
        string name = _names.Unique("", source.Split('(')[0]);
        return new IrFunction(name, source, result, [.. parameters.Select((t, i) => new IrLocal($"a{i}", t))])
        {
            Inlining = InliningOf(method),
            IsHot = method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization),
        };
    }

    /// <summary>The types of a method's parameters, `this` included; void stands for a reference, which is not passed.</summary>
    internal IReadOnlyList<IrType> ParameterTypes(MethodBase method)
    {
        var types = new List<IrType>();
        if (!method.IsStatic)
        {
            types.Add(IrType.Pointer);
        }

        types.AddRange(method.GetParameters().Select(p => TypeLowering.IsReference(p.ParameterType) ? IrType.Void : Types.Of(p.ParameterType)));
        return types;
    }

    private static int DepthOf(MethodBase method)
    {
        int ofMethod = method.IsGenericMethod ? DepthOf(method.GetGenericArguments()) : 0;
        return method.DeclaringType is { IsGenericType: true } type ? Math.Max(ofMethod, DepthOf(type.GetGenericArguments())) : ofMethod;
    }

    private static int DepthOf(Type[] arguments) => 1 + arguments.Max(a => a.IsGenericType ? DepthOf(a.GetGenericArguments()) : 0);

    private static IrInlining InliningOf(MethodBase method)
    {
        MethodImplAttributes flags = method.MethodImplementationFlags;
        return flags.HasFlag(MethodImplAttributes.NoInlining) ? IrInlining.Never
            : flags.HasFlag(MethodImplAttributes.AggressiveInlining) || KernelAttributes.Has(method, "NonVersionableAttribute") ? IrInlining.Always
            : IrInlining.Free;
    }
}
