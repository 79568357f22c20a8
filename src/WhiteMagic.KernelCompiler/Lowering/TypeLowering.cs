using System;
using System.Collections.Generic;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Gives each .NET type its counterpart in a module.</summary>
internal sealed class TypeLowering(IrModule module, NameTable names)
{
    private const string VectorName = "System.Runtime.Intrinsics.Vector128`1";

    private static readonly Dictionary<Type, IrKind> _primitives = new()
    {
        [typeof(void)] = IrKind.Void,
        [typeof(bool)] = IrKind.U8,
        [typeof(sbyte)] = IrKind.I8,
        [typeof(byte)] = IrKind.U8,
        [typeof(short)] = IrKind.I16,
        [typeof(ushort)] = IrKind.U16,
        [typeof(char)] = IrKind.U16,
        [typeof(int)] = IrKind.I32,
        [typeof(uint)] = IrKind.U32,
        [typeof(long)] = IrKind.I64,
        [typeof(ulong)] = IrKind.U64,
        [typeof(float)] = IrKind.F32,
        [typeof(double)] = IrKind.F64,
        [typeof(nint)] = IrKind.Native,
        [typeof(nuint)] = IrKind.UNative,
    };

    private static readonly HashSet<string> _otherVectors =
    [
        "System.Runtime.Intrinsics.Vector64`1", "System.Runtime.Intrinsics.Vector256`1", "System.Runtime.Intrinsics.Vector512`1",
        "System.Numerics.Vector`1",
    ];

    private readonly Dictionary<Type, IrType> _types = [];

    /// <exception cref="CompilationException">A module cannot have values of this type.</exception>
    internal IrType Of(Type type)
    {
        if (!_types.TryGetValue(type, out IrType? lowered))
        {
            lowered = Lower(type);
            _types[type] = lowered;
        }

        return lowered;
    }

    internal static bool IsPrimitive(Type type) => _primitives.ContainsKey(Underlying(type)) && type != typeof(void);

    internal static bool IsReference(Type type) =>
        !type.IsValueType && !type.IsPointer && !type.IsByRef && !type.IsFunctionPointer && !type.IsGenericParameter;

    /// <summary>Which rule a reference of this type breaks.</summary>
    internal static Rule RuleOf(Type type) =>
        type == typeof(string) ? Rules.String
        : type.IsArray ? Rules.Array
        : typeof(Delegate).IsAssignableFrom(type) ? Rules.Delegate
        : typeof(System.Runtime.CompilerServices.CallSite).IsAssignableFrom(type) ? Rules.Reflection
        : Rules.Reference;

    internal static bool IsVector(Type type) => TypeNames.DefinitionOf(type) == VectorName;

    internal static Type Underlying(Type type) => type.IsEnum ? Enum.GetUnderlyingType(type) : type;

    private IrType Lower(Type type)
    {
        type = Underlying(type);
        if (_primitives.TryGetValue(type, out IrKind kind))
        {
            return IrType.Of(kind);
        }

        if (type.IsPointer || type.IsByRef || type.IsFunctionPointer)
        {
            return IrType.Pointer;
        }

        if (IsReference(type))
        {
            throw new CompilationException(RuleOf(type), TypeNames.Of(type));
        }

        if (type == typeof(TypedReference) || type == typeof(ArgIterator) || type == typeof(RuntimeArgumentHandle))
        {
            throw new CompilationException(Rules.TypedReference, TypeNames.Of(type));
        }

        if (IsVector(type))
        {
            return LowerVector(type);
        }

        return _otherVectors.Contains(TypeNames.DefinitionOf(type))
            ? throw new CompilationException(Rules.Vector, TypeNames.Of(type))
            : IrType.Of(LowerStruct(type));
    }

    private static IrType LowerVector(Type type) =>
        _primitives.TryGetValue(type.GetGenericArguments()[0], out IrKind lane) && lane is >= IrKind.I8 and <= IrKind.F64
            && type.GetGenericArguments()[0] != typeof(bool) && type.GetGenericArguments()[0] != typeof(char)
            ? IrType.VectorOf(lane)
            : throw new CompilationException(Rules.Vector, TypeNames.Of(type));

    private IrStruct LowerStruct(Type type)
    {
        IrStruct made = StructLayouts.Lay(type, names.Unique("S_", TypeNames.Of(type)), this);
        module.Structs.Add(made);
        return made;
    }
}
