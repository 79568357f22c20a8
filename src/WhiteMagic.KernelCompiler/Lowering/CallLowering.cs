using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Calls, constructors and function pointers.</summary>
internal static class CallLowering
{
    /// <summary>False when the instruction is none of them.</summary>
    internal static bool TryLower(MethodFrame frame, IlInstruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Call or ILOpCode.Callvirt:
                MethodBase method = frame.ResolveMethod(instruction.Int32);
                Call(frame, instruction.ConstrainedToken == 0
                    ? method
                    : Constraints.Resolve(frame.ResolveType(instruction.ConstrainedToken), (MethodInfo)method));
                return true;
            case ILOpCode.Newobj:
                New(frame, frame.ResolveMethod(instruction.Int32));
                return true;
            case ILOpCode.Ldftn:
                PointTo(frame, frame.ResolveMethod(instruction.Int32));
                return true;
            case ILOpCode.Calli:
                CallPointer(frame, instruction.Int32);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Calls a method; its arguments are on the stack.</summary>
    internal static void Call(MethodFrame frame, MethodBase method)
    {
        if (NeverReturns(method))
        {
            frame.Trap();
            return;
        }

        if (IntrinsicTable.TryLower(frame, method))
        {
            return;
        }

        if (ForbiddenApis.Find(method) is { } rule && !VectorIntrinsics.IsTranslated(method))
        {
            throw new CompilationException(rule, TypeNames.Of(method));
        }

        if (KernelAttributes.NameIn(method, KernelAttributes.Runtime) is { } name)
        {
            CallRuntime(frame, RuntimeFunctions.Check(name, method, frame.Module), name, method);
            return;
        }

        if (method.IsAbstract || (!method.IsStatic && method.DeclaringType is { IsValueType: false }))
        {
            int receiver = frame.Stack.Count - method.GetParameters().Length - 1;
            bool isBoxed = !method.IsStatic && receiver >= 0 && frame.Stack[receiver].Known is Known.Boxed;
            throw new CompilationException(isBoxed ? Rules.Boxing : Rules.VirtualCall, TypeNames.Of(method));
        }

        IrFunction function = frame.FunctionFor(method);
        IrOperand[] arguments = frame.PopArguments(function.Signature.Parameters);
        Finish(frame, function.Result, result => new IrInstruction.Call(result, function, arguments));
    }

    /// <summary>Emits a call and pushes its result, if it has one.</summary>
    internal static void Finish(MethodFrame frame, IrType type, Func<IrLocal?, IrInstruction> call)
    {
        IrLocal? result = type.Kind == IrKind.Void ? null : frame.Temporary(type.OnStack);
        frame.Emit(call(result));
        if (result is not null)
        {
            frame.Push(result);
        }
    }

    private static void CallRuntime(MethodFrame frame, IReadOnlyList<IrType> parameters, string name, MethodBase method)
    {
        IrOperand[] arguments = frame.PopArguments(parameters);
        IrType result = frame.Types.Of(((MethodInfo)method).ReturnType);
        Finish(frame, result, local => new IrInstruction.CallRuntime(local, name, arguments));
    }

    private static bool NeverReturns(MethodBase method) => KernelAttributes.Has(method, "DoesNotReturnAttribute") || IsThrowHelper(method);

    private static bool IsThrowHelper(MethodBase method) =>
        method is MethodInfo { DeclaringType: { Name: "ThrowHelper" } type } helper
        && type.Assembly == typeof(object).Assembly
        && helper.ReturnType == typeof(void)
        && helper.Name.StartsWith("Throw", StringComparison.Ordinal)
        && !helper.Name.StartsWith("ThrowIf", StringComparison.Ordinal);

    /// <summary>Makes a value; the arguments of its constructor are on the stack.</summary>
    internal static void New(MethodFrame frame, MethodBase constructor)
    {
        Type type = constructor.DeclaringType!;
        if (!type.IsValueType)
        {
            NewObject(frame, constructor, type);
            return;
        }

        if (IntrinsicTable.TryLower(frame, constructor))
        {
            return;
        }

        IrFunction function = frame.FunctionFor(constructor);
        IrOperand[] arguments = frame.PopArguments([.. function.Signature.Parameters.Skip(1)]);
        IrLocal value = frame.Temporary(frame.Types.Of(type));
        IrLocal address = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.Zero(value));
        frame.Emit(new IrInstruction.AddressOfLocal(address, value));
        frame.Emit(new IrInstruction.Call(null, function, [address, .. arguments]));
        frame.Push(value);
    }

    private static void NewObject(MethodFrame frame, MethodBase constructor, Type type)
    {
        // An exception may be made, because the only thing to do with it is to throw it.
        Rule rule = type.Name.StartsWith("<>c", StringComparison.Ordinal) ? Rules.Delegate
            : type.Name.StartsWith('<') && typeof(System.Collections.IEnumerator).IsAssignableFrom(type) ? Rules.StateMachine
            : TypeLowering.RuleOf(type) is var r && r == Rules.Reference ? Rules.Class : r;
        if (!typeof(Exception).IsAssignableFrom(type))
        {
            throw new CompilationException(rule, TypeNames.Of(type));
        }

        for (int i = constructor.GetParameters().Length; i > 0; i--)
        {
            frame.PopAny();
        }

        frame.PushKnown(new Known.Reference(rule, TypeNames.Of(type)));
    }

    private static void PointTo(MethodFrame frame, MethodBase method)
    {
        if (!method.IsStatic)
        {
            throw new CompilationException(Rules.Delegate, TypeNames.Of(method));
        }

        if (KernelAttributes.Has(method, "UnmanagedCallersOnlyAttribute"))
        {
            throw new CompilationException(Rules.FunctionPointer, TypeNames.Of(method));
        }

        IrFunction function = frame.FunctionFor(method);
        IrLocal result = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.AddressOfFunction(result, function));
        frame.Push(result);
    }

    private static void CallPointer(MethodFrame frame, int token)
    {
        IrSignature signature = new SignatureBlob(frame).Read(token);
        IrOperand pointer = frame.PopAddress();
        IrOperand[] arguments = frame.PopArguments(signature.Parameters);
        Finish(frame, signature.Result, result => new IrInstruction.CallPointer(result, signature, pointer, arguments));
    }
}
