using System;
using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Boxes that generic code opens again at once, as in <c>(int)(object)value</c> behind <c>typeof(T) == typeof(int)</c>.</summary>
internal static class BoxLowering
{
    /// <summary>False when the instruction is none of them.</summary>
    internal static bool TryLower(MethodFrame frame, IlInstruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Box:
                Box(frame, frame.ResolveType(instruction.Int32));
                return true;
            case ILOpCode.Isinst:
                IsInstance(frame, frame.ResolveType(instruction.Int32));
                return true;
            case ILOpCode.Unbox_any:
                Unbox(frame, frame.ResolveType(instruction.Int32));
                return true;
            case ILOpCode.Unbox:
                throw new CompilationException(Rules.Boxing, TypeNames.Of(frame.ResolveType(instruction.Int32)));
            default:
                return false;
        }
    }

    private static void Box(MethodFrame frame, Type type)
    {
        // A Nullable is boxed as its value or as null: which one is not known.
        if (Nullable.GetUnderlyingType(type) is not null)
        {
            throw new CompilationException(Rules.Boxing, TypeNames.Of(type));
        }

        if (type.IsValueType)
        {
            frame.PushKnown(new Known.Boxed(type, frame.Pop()));
        }
    }

    private static void IsInstance(MethodFrame frame, Type type)
    {
        if (frame.PopAny() is not { Known: Known.Boxed boxed })
        {
            throw new CompilationException(Rules.Reflection, "is " + TypeNames.Of(type));
        }

        frame.PushKnown(type.IsAssignableFrom(boxed.Type) ? boxed : new Known.Reference(Rules.Reference, "null"));
    }

    private static void Unbox(MethodFrame frame, Type type)
    {
        StackValue value = frame.PopAny();
        if (value.Known is not Known.Boxed boxed)
        {
            throw new CompilationException(Rules.Boxing, TypeNames.Of(type));
        }

        if (TypeLowering.Underlying(boxed.Type) != TypeLowering.Underlying(type))
        {
            // .NET throws InvalidCastException here.
            frame.Trap();
            return;
        }

        frame.Stack.Add(boxed.Value);
    }
}
