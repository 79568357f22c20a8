using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Static fields: their values are found now, by running the static constructor.</summary>
internal sealed class StaticLowering(IrModule module, NameTable names, TypeLowering types)
{
    private readonly Dictionary<FieldInfo, IrGlobal> _globals = [];
    private readonly TableData _tables = new();

    /// <summary>The number that a readonly field always has; null when it is something else.</summary>
    internal StackValue? ValueOf(FieldInfo field)
    {
        if (!(field.IsInitOnly || field.IsLiteral) || !TypeLowering.IsPrimitive(field.FieldType) || types.Of(field.FieldType).IsAddress)
        {
            return null;
        }

        return new StackValue(ToConstant(Read(field)!));
    }

    /// <exception cref="CompilationException">The field's type or value cannot be had in a module.</exception>
    internal IrGlobal GlobalOf(FieldInfo field, int alignment = 1)
    {
        if (!_globals.TryGetValue(field, out IrGlobal? global))
        {
            global = field.Attributes.HasFlag(FieldAttributes.HasFieldRVA) ? Table(field) : Variable(field);
            _globals[field] = global;
            module.Globals.Add(global);
        }

        global.Alignment = Math.Max(global.Alignment, alignment);
        return global;
    }

    private IrGlobal Table(FieldInfo field)
    {
        string name = field.Name.Length > 8 ? field.Name[..8] : field.Name;
        return new IrGlobal(names.Unique("table_", name), IrType.U8, _tables.Read(field), 1, isConstant: true);
    }

    private IrGlobal Variable(FieldInfo field)
    {
        string described = $"{TypeNames.Of(field.DeclaringType!)}.{field.Name}";
        if (KernelAttributes.Has(field, nameof(ThreadStaticAttribute)))
        {
            throw new CompilationException(Rules.StaticField, $"{described} is [ThreadStatic]");
        }

        IrType type = types.Of(field.FieldType);
        byte[] bytes = Read(field) is { } value ? StaticValues.BytesOf(value) : [];
        if (StaticValues.IsZero(bytes))
        {
            return new IrGlobal(names.Unique("g_", described), type, null, type.Alignment, field.IsInitOnly);
        }

        return type.HasPointers || field.FieldType.IsAutoLayout && type.Struct is not null
            ? throw new CompilationException(Rules.StaticField, $"{described} has pointers or automatic layout, and is not zero")
            : new IrGlobal(names.Unique("g_", described), type, bytes, type.Alignment, field.IsInitOnly);
    }

    private static object? Read(FieldInfo field)
    {
        try
        {
            if (!field.IsLiteral)
            {
                RuntimeHelpers.RunClassConstructor(field.DeclaringType!.TypeHandle);
            }

            return field.FieldType.IsPointer || field.FieldType.IsFunctionPointer ? null : field.GetValue(null);
        }
        catch (Exception e) when (e is TypeInitializationException or TargetInvocationException or NotSupportedException)
        {
            string cause = (e.InnerException ?? e).Message;
            throw new CompilationException(Rules.StaticField, $"the static constructor of {TypeNames.Of(field.DeclaringType!)} failed: {cause}");
        }
    }

    private static IrConstant ToConstant(object value) => value switch
    {
        float f => IrConstant.F32(f),
        double d => IrConstant.F64(d),
        long l => IrConstant.I64(l),
        ulong u => IrConstant.I64((long)u),
        uint u => IrConstant.I32((int)u),
        char c => IrConstant.I32(c),
        Enum e => ToConstant(Convert.ChangeType(e, e.GetTypeCode(), CultureInfo.InvariantCulture)),
        _ => IrConstant.I32(Convert.ToInt32(value, CultureInfo.InvariantCulture)),
    };
}
