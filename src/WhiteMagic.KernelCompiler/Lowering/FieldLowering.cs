using System.Reflection;
using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Fields of structs, and static fields.</summary>
internal static class FieldLowering
{
    /// <summary>False when the instruction is none of them.</summary>
    internal static bool TryLower(MethodFrame frame, IlInstruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Ldfld:
                LoadField(frame, frame.ResolveField(instruction.Int32));
                return true;
            case ILOpCode.Ldflda:
                (IrStruct @struct, IrField field) = Find(frame, frame.ResolveField(instruction.Int32));
                frame.Push(AddressOf(frame, frame.PopAddress(), @struct, field));
                return true;
            case ILOpCode.Stfld:
                StoreField(frame, frame.ResolveField(instruction.Int32));
                return true;
            case ILOpCode.Ldsfld:
                LoadStatic(frame, frame.ResolveField(instruction.Int32));
                return true;
            case ILOpCode.Ldsflda:
                frame.Push(AddressOf(frame, frame.ResolveField(instruction.Int32)));
                return true;
            case ILOpCode.Stsfld:
                StoreStatic(frame, frame.ResolveField(instruction.Int32));
                return true;
            default:
                return false;
        }
    }

    private static void LoadField(MethodFrame frame, FieldInfo info)
    {
        if (info.IsStatic)
        {
            frame.PopAny();
            LoadStatic(frame, info);
            return;
        }

        (IrStruct @struct, IrField field) = Find(frame, info);
        StackValue value = frame.Pop();
        if (value.Type.Struct is null)
        {
            MemoryLowering.Load(frame, field.Type, AddressOf(frame, value.Operand, @struct, field));
            return;
        }

        IrLocal result = frame.Temporary(field.Type.OnStack);
        frame.Emit(new IrInstruction.FieldOfValue(result, (IrLocal)value.Operand, field));
        frame.Push(result);
    }

    private static void StoreField(MethodFrame frame, FieldInfo info)
    {
        (IrStruct @struct, IrField field) = Find(frame, info);
        IrOperand value = frame.Pop().Operand;
        IrOperand address = AddressOf(frame, frame.PopAddress(), @struct, field);
        frame.Emit(new IrInstruction.Store(field.Type, address, value));
    }

    private static (IrStruct Struct, IrField Field) Find(MethodFrame frame, FieldInfo info)
    {
        if (info.DeclaringType is not { IsValueType: true } type)
        {
            throw new CompilationException(Rules.Reference, $"a field of the class {TypeNames.Of(info.DeclaringType!)}");
        }

        // Fields of numbers and vectors exist only in the framework's own code, which is replaced where it would use them.
        return frame.Types.Of(type).Struct is { } @struct
            ? (@struct, StructLayouts.FieldOf(@struct, info))
            : throw new CompilationException(TypeLowering.IsVector(type) ? Rules.Vector : Rules.InvalidIl, $"{TypeNames.Of(type)}.{info.Name}");
    }

    private static IrLocal AddressOf(MethodFrame frame, IrOperand address, IrStruct @struct, IrField field)
    {
        IrLocal result = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.AddressOfField(result, address, @struct, field));
        return result;
    }

    private static IrLocal AddressOf(MethodFrame frame, FieldInfo info)
    {
        IrLocal result = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.AddressOfGlobal(result, frame.Module.Statics.GlobalOf(info)));
        return result;
    }

    private static void LoadStatic(MethodFrame frame, FieldInfo info)
    {
        if (TypeLowering.IsReference(info.FieldType))
        {
            throw new CompilationException(TypeLowering.RuleOf(info.FieldType), $"{TypeNames.Of(info.DeclaringType!)}.{info.Name}");
        }

        if (frame.Module.Statics.ValueOf(info) is { } known)
        {
            frame.Push(known.Operand);
            return;
        }

        MemoryLowering.Load(frame, frame.Types.Of(info.FieldType), AddressOf(frame, info));
    }

    private static void StoreStatic(MethodFrame frame, FieldInfo info)
    {
        IrOperand value = frame.Pop().Operand;
        frame.Emit(new IrInstruction.Store(frame.Types.Of(info.FieldType), AddressOf(frame, info), value));
    }
}
