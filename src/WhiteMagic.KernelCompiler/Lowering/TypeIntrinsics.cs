using System;
using System.Collections.Generic;
using System.Reflection;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Questions about types, which have their answer when the module is built.</summary>
internal static class TypeIntrinsics
{
    private const string Helpers = "System.Runtime.CompilerServices.RuntimeHelpers.";

    internal static readonly Dictionary<string, Intrinsic> All = new()
    {
        ["System.Type.GetTypeFromHandle"] = (frame, _) => frame.Stack is [.., { Known: Known.TypeOf }],
        ["System.Type.op_Equality"] = (frame, _) => Compare(frame, isEqual: true),
        ["System.Type.op_Inequality"] = (frame, _) => Compare(frame, isEqual: false),
        ["System.Type.get_IsValueType"] = Ask(type => type.IsValueType),
        ["System.Type.get_IsPrimitive"] = Ask(type => type.IsPrimitive),
        ["System.Type.get_IsEnum"] = Ask(type => type.IsEnum),
        [Helpers + "IsReferenceOrContainsReferences"] = IsReference,
        [Helpers + "IsBitwiseEquatable"] = IsBitwiseEquatable,
        [Helpers + "IsKnownConstant"] = No,
        ["System.PackedSpanHelpers.get_PackedIndexOfIsSupported"] = No,
        ["System.PackedSpanHelpers.CanUsePackedIndexOf"] = No,
        ["System.Collections.Generic.EqualityComparer`1.get_Default"] = DefaultComparer,
        ["System.Collections.Generic.EqualityComparer`1.Equals"] = CompareByComparer,
    };

    private static bool Answer(MethodFrame frame, bool answer)
    {
        frame.Push(IrConstant.I32(answer ? 1 : 0));
        return true;
    }

    private static bool Compare(MethodFrame frame, bool isEqual)
    {
        if (frame.Stack is not [.., { Known: Known.TypeOf left }, { Known: Known.TypeOf right }])
        {
            return false;
        }

        frame.PopAny();
        frame.PopAny();
        return Answer(frame, (left.Type == right.Type) == isEqual);
    }

    private static Intrinsic Ask(Func<Type, bool> question) => (frame, _) =>
    {
        if (frame.Stack is not [.., { Known: Known.TypeOf asked }])
        {
            return false;
        }

        frame.PopAny();
        return Answer(frame, question(asked.Type));
    };

    private static bool IsReference(MethodFrame frame, MethodBase method)
    {
        // A struct with references in it is refused wherever it is used.
        Type type = method.GetGenericArguments()[0];
        return Answer(frame, TypeLowering.IsReference(type));
    }

    private static bool IsBitwiseEquatable(MethodFrame frame, MethodBase method)
    {
        Type type = method.GetGenericArguments()[0];
        return Answer(frame, TypeLowering.IsPrimitive(type) && !frame.Types.Of(type).IsFloat);
    }

    private static bool No(MethodFrame frame, MethodBase method)
    {
        for (int i = method.GetParameters().Length; i > 0; i--)
        {
            frame.PopAny();
        }

        return Answer(frame, false);
    }

    private static bool DefaultComparer(MethodFrame frame, MethodBase method)
    {
        frame.PushKnown(new Known.Comparer(method.DeclaringType!.GetGenericArguments()[0]));
        return true;
    }

    private static bool CompareByComparer(MethodFrame frame, MethodBase method)
    {
        if (frame.Stack is not [.., { Known: Known.Comparer { Type: var type } }, _, _])
        {
            return false;
        }

        // `this` is passed by reference, so the left value gets a place.
        MethodInfo equals = type.GetMethod(nameof(Equals), [type])
            ?? throw new CompilationException(Rules.Boxing, $"{TypeNames.Of(type)} has no Equals({type.Name})");
        IrOperand right = frame.Pop().Operand;
        IrOperand left = frame.Pop().Operand;
        frame.PopAny();
        IrLocal place = frame.Temporary(frame.Types.Of(type));
        IrLocal address = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.Copy(place, left));
        frame.Emit(new IrInstruction.AddressOfLocal(address, place));
        frame.Push(address);
        frame.Push(right);
        CallLowering.Call(frame, equals);
        return true;
    }
}
