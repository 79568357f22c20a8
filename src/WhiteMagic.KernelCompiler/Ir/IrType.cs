namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>The type of a place or value; two types are equal when they mean the same.</summary>
internal sealed record IrType
{
    /// <summary>Size of a pointer in WebAssembly.</summary>
    internal const int PointerBytes = 4;

    internal const int VectorBytes = 16;

    internal static readonly IrType Void = new(IrKind.Void, IrKind.Void, null);
    internal static readonly IrType U8 = Of(IrKind.U8);
    internal static readonly IrType I32 = Of(IrKind.I32);
    internal static readonly IrType I64 = Of(IrKind.I64);
    internal static readonly IrType F32 = Of(IrKind.F32);
    internal static readonly IrType F64 = Of(IrKind.F64);
    internal static readonly IrType Native = Of(IrKind.Native);
    internal static readonly IrType Pointer = Of(IrKind.Pointer);

    private IrType(IrKind kind, IrKind lane, IrStruct? @struct)
    {
        Kind = kind;
        Lane = lane;
        Struct = @struct;
    }

    internal IrKind Kind { get; }

    /// <summary>The kind of a vector's lanes.</summary>
    internal IrKind Lane { get; }

    internal IrStruct? Struct { get; }

    internal bool IsFloat => Kind is IrKind.F32 or IrKind.F64;

    internal bool IsAddress => Kind is IrKind.Pointer or IrKind.Native or IrKind.UNative;

    internal bool IsInteger => Kind is >= IrKind.I8 and <= IrKind.U64 or IrKind.Native or IrKind.UNative;

    /// <summary>Whether the size differs between WebAssembly and the machine that builds, so that only the C compiler knows it.</summary>
    internal bool HasPointers => IsAddress || Struct is { HasPointers: true };

    internal int Bytes => Kind switch
    {
        IrKind.Struct => Struct!.Bytes,
        IrKind.Vector => VectorBytes,
        _ => BytesOf(Kind),
    };

    internal int Alignment => Struct?.Alignment ?? Bytes;

    /// <summary>The type that a value of this type has on the evaluation stack.</summary>
    internal IrType OnStack => Kind switch
    {
        IrKind.I8 or IrKind.U8 or IrKind.I16 or IrKind.U16 or IrKind.U32 => I32,
        IrKind.U64 => I64,
        IrKind.UNative => Native,
        _ => this,
    };

    internal static IrType Of(IrKind kind) => new(kind, IrKind.Void, null);

    internal static IrType Of(IrStruct @struct) => new(IrKind.Struct, IrKind.Void, @struct);

    internal static IrType VectorOf(IrKind lane) => new(IrKind.Vector, lane, null);

    internal static int BytesOf(IrKind kind) => kind switch
    {
        IrKind.Void => 0,
        IrKind.I8 or IrKind.U8 => 1,
        IrKind.I16 or IrKind.U16 => 2,
        IrKind.I64 or IrKind.U64 or IrKind.F64 => 8,
        _ => PointerBytes,
    };
}
