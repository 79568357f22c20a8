using System;
using System.Collections.Generic;
using System.Reflection;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>A method while it is being lowered: the evaluation stack, the block that is being filled, and what tokens mean.</summary>
internal sealed class MethodFrame(ModuleLowering module, MethodCode code, IrFunction function)
{
    private readonly Dictionary<int, IrLocal> _locals = [];
    private readonly Type[]? _typeArguments = code.Method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
    private readonly Type[]? _methodArguments = code.Method.IsGenericMethod ? code.Method.GetGenericArguments() : null;

    internal ModuleLowering Module => module;

    internal MethodCode Code => code;

    internal IrFunction Function => function;

    internal List<StackValue> Stack { get; } = [];

    internal IrBlock Block { get; set; } = new("");

    /// <summary>Nothing after this instruction is reached.</summary>
    internal bool IsBlockEnded { get; set; }

    /// <summary>Where the instruction is that is being lowered.</summary>
    internal int OffsetBytes { get; set; }

    internal TypeLowering Types => module.Types;

    /// <summary>The function for a method that the instruction calls.</summary>
    internal IrFunction FunctionFor(MethodBase method) => module.FunctionFor(method, code, OffsetBytes);

    internal void Emit(IrInstruction instruction) => Block.Instructions.Add(instruction);

    internal IrLocal Temporary(IrType type)
    {
        var temporary = new IrLocal($"t{function.Locals.Count}", type);
        function.Locals.Add(temporary);
        return temporary;
    }

    internal void Push(IrOperand operand, Known? known = null) => Stack.Add(new StackValue(operand, known));

    /// <summary>Pushes something that has no value in the module.</summary>
    internal void PushKnown(Known known) => Push(IrConstant.Null, known);

    internal void Trap()
    {
        Emit(new IrInstruction.Trap());
        IsBlockEnded = true;
    }

    /// <summary>Takes a value that the module will have.</summary>
    /// <exception cref="CompilationException">It is a reference or boxed.</exception>
    internal StackValue Pop()
    {
        StackValue value = PopAny();
        return value.Known switch
        {
            null => value,
            Known.Reference reference => throw new CompilationException(reference.Rule, reference.Detail),
            Known.Boxed boxed => throw new CompilationException(Rules.Boxing, TypeNames.Of(boxed.Type)),
            Known.Poison => throw new AlreadyReportedException(),
            _ => throw new CompilationException(Rules.Reflection, "a type or field as a value"),
        };
    }

    /// <summary>Takes whatever is there.</summary>
    internal StackValue PopAny()
    {
        if (Stack.Count == 0)
        {
            throw new CompilationException(Rules.InvalidIl, "the evaluation stack is empty");
        }

        StackValue value = Stack[^1];
        Stack.RemoveAt(Stack.Count - 1);
        return value;
    }

    internal IrOperand PopAddress()
    {
        StackValue value = Pop();
        return value.Type.IsAddress || value.Type == IrType.I32 ? value.Operand : throw Invalid("an address is expected");
    }

    internal IrOperand[] PopArguments(IReadOnlyList<IrType> types)
    {
        var arguments = new IrOperand[types.Count];
        for (int i = types.Count - 1; i >= 0; i--)
        {
            // A parameter of a reference type has no type here: the reference may only go on towards a throw.
            arguments[i] = types[i].Kind == IrKind.Void ? PopAny().Operand : Fit(Pop().Operand, types[i].OnStack);
        }

        return arguments;
    }

    private IrOperand Fit(IrOperand value, IrType type)
    {
        if (value.Type == type)
        {
            return value;
        }

        IrLocal fitting = Temporary(type);
        Emit(new IrInstruction.Copy(fitting, value));
        return fitting;
    }

    internal IrLocal Local(int index)
    {
        if (!_locals.TryGetValue(index, out IrLocal? local))
        {
            IList<LocalVariableInfo> all = code.Body.LocalVariables;
            if (index >= all.Count)
            {
                throw Invalid($"there is no local {index}");
            }

            local = new IrLocal($"l{index}", Types.Of(all[index].LocalType));
            _locals[index] = local;
            function.Locals.Add(local);
        }

        return local;
    }

    /// <summary>The locals that were used; they are zero at first.</summary>
    internal IEnumerable<IrLocal> UsedLocals => _locals.Values;

    internal IrLocal Argument(int index) => index < function.Parameters.Count ? function.Parameters[index] : throw Invalid($"there is no argument {index}");

    internal static IrOperand SizeOf(IrType type) => type.HasPointers ? new IrSizeOf(type) : IrConstant.I32(type.Bytes);

    internal MethodBase ResolveMethod(int token) => Resolve(token, code.Method.Module.ResolveMethod);

    internal Type ResolveType(int token) => Resolve(token, code.Method.Module.ResolveType);

    internal FieldInfo ResolveField(int token) => Resolve(token, code.Method.Module.ResolveField);

    internal MemberInfo ResolveMember(int token) => Resolve(token, code.Method.Module.ResolveMember);

    internal Type[] TypeArguments => _typeArguments ?? [];

    internal Type[] MethodArguments => _methodArguments ?? [];

    internal static CompilationException Invalid(string detail) => new(Rules.InvalidIl, detail);

    private T Resolve<T>(int token, Func<int, Type[]?, Type[]?, T?> resolve)
        where T : class
    {
        try
        {
            return resolve(token, _typeArguments, _methodArguments) ?? throw Invalid($"the token 0x{token:x8} means nothing");
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException or TypeLoadException or MissingMemberException or System.IO.IOException)
        {
            throw new CompilationException(Rules.Assembly, $"the token 0x{token:x8}: {e.Message}");
        }
    }
}
