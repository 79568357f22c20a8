using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Lays structs out as .NET does, but with pointers of 4 bytes; what has no pointers is compared with .NET's own size.</summary>
internal static class StructLayouts
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <exception cref="CompilationException">A field has a type that no module has, or the layout cannot be the same.</exception>
    internal static IrStruct Lay(Type type, string name, TypeLowering types)
    {
        StructLayoutAttribute? layout = type.StructLayoutAttribute;
        var made = new IrStruct(name, TypeNames.Of(type))
        {
            IsExplicit = layout?.Value == LayoutKind.Explicit,
            Pack = layout is { Pack: > 0 and < IrType.VectorBytes } ? layout.Pack : 0,
            LeastBytes = layout?.Size ?? 0,
            Repeat = type.GetCustomAttribute<InlineArrayAttribute>()?.Length ?? 1,
        };
        int end = 0;
        var fieldNames = new NameTable();
        foreach (FieldInfo field in FieldsOf(type))
        {
            IrType fieldType = LowerField(type, field, types);
            int alignment = made.Pack == 0 ? fieldType.Alignment : Math.Min(made.Pack, fieldType.Alignment);
            int offset = made.IsExplicit ? field.GetCustomAttribute<FieldOffsetAttribute>()!.Value : RoundUp(end, alignment);
            made.Fields.Add(new IrField(fieldNames.Unique("f_", field.Name), fieldType, offset));
            made.Alignment = Math.Max(made.Alignment, alignment);
            made.HasPointers |= fieldType.HasPointers;
            end = Math.Max(end, offset + (fieldType.Bytes * made.Repeat));
        }

        made.Bytes = Math.Max(RoundUp(Math.Max(end, 1), made.Alignment), made.LeastBytes);
        Compare(type, made);
        return made;
    }

    /// <summary>The instance fields in the order of the source.</summary>
    internal static IEnumerable<FieldInfo> FieldsOf(Type type) => type.GetFields(Instance).OrderBy(f => f.MetadataToken);

    internal static IrField FieldOf(IrStruct @struct, FieldInfo field)
    {
        int index = FieldsOf(field.DeclaringType!).TakeWhile(f => f.MetadataToken != field.MetadataToken).Count();
        return @struct.Fields[index];
    }

    private static IrType LowerField(Type type, FieldInfo field, TypeLowering types)
    {
        try
        {
            return types.Of(field.FieldType);
        }
        catch (CompilationException e)
        {
            throw new CompilationException(e.Rule, $"{e.Message}, in {TypeNames.Of(type)}.{field.Name}");
        }
    }

    // Auto layout reorders fields; nobody can rely on the order, but the size must still be .NET's when bytes are to be the same.
    private static void Compare(Type type, IrStruct made)
    {
        int size = made.HasPointers || type.IsAutoLayout ? made.Bytes : RuntimeHelpers.SizeOf(type.TypeHandle);
        if (size != made.Bytes)
        {
            throw new CompilationException(Rules.Layout, $"{TypeNames.Of(type)} has {size} bytes, and would have {made.Bytes}");
        }
    }

    private static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
