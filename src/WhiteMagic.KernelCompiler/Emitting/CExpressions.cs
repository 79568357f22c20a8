using System.Collections.Generic;
using System.Linq;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Emitting;

/// <summary>Operands and operations as C. Signed arithmetic goes through unsigned types, because C leaves its overflow undefined.</summary>
internal static class CExpressions
{
    /// <summary>The operand as a value of a type.</summary>
    internal static string Value(IrOperand operand, IrType type)
    {
        string text = operand switch
        {
            IrLocal local => local.Name,
            IrSizeOf size => $"(i32)sizeof({CNames.Type(size.Measured)})",
            _ => CNames.Constant((IrConstant)operand),
        };
        IrType from = operand.Type;
        bool isPlain = from == type || type.Struct is not null || type.Kind is IrKind.Vector or IrKind.Void;
        return isPlain ? text
            : (type.Kind == IrKind.Pointer) != (from.Kind == IrKind.Pointer) ? $"({CNames.Type(type)})(native){text}"
            : $"({CNames.Type(type)}){text}";
    }

    internal static string Binary(IrInstruction.Binary step)
    {
        IrType type = step.Result.Type;
        string a = Value(step.Left, type);
        string b = Value(step.Right, type);
        string signed = CNames.Type(type);
        string unsigned = CNames.Unsigned(type);
        if (type.IsFloat)
        {
            return step.Operation == IrBinary.Remainder ? $"wm_rem_{signed}({a}, {b})" : $"{a} {Symbol(step.Operation)} {b}";
        }

        string count = $"((u32){Value(step.Right, step.Right.Type)} & (sizeof({signed}) * 8 - 1))";
        return step.Operation switch
        {
            IrBinary.ShiftLeft => $"({signed})(({unsigned}){a} << {count})",
            IrBinary.ShiftRight => $"{a} >> {count}",
            IrBinary.ShiftRightUnsigned => $"({signed})(({unsigned}){a} >> {count})",
            _ when FunctionOf(step.Operation) is { } function => $"wm_{function}_{signed}({a}, {b})",
            _ => $"({signed})(({unsigned}){a} {Symbol(step.Operation)} ({unsigned}){b})",
        };
    }

    internal static string Unary(IrInstruction.Unary step)
    {
        IrType type = step.Result.Type;
        string value = Value(step.Value, type);
        return step.Operation == IrUnary.Not ? $"~{value}"
            : type.IsFloat ? $"-{value}"
            : $"({CNames.Type(type)})(0 - ({CNames.Unsigned(type)}){value})";
    }

    internal static string Compare(IrInstruction.Compare step)
    {
        IrType left = step.Left.Type;
        IrType right = step.Right.Type;
        if (left.IsFloat)
        {
            IrType wide = left == right ? left : IrType.F64;
            return CompareFloats(step.Operation, Value(step.Left, wide), Value(step.Right, wide));
        }

        IrType type = left.IsAddress || right.IsAddress ? IrType.Native : left;
        bool isUnsigned = step.Operation >= IrCompare.LessUnsigned;
        string cast = isUnsigned ? $"({CNames.Unsigned(type)})" : "";
        return $"{cast}{Value(step.Left, type)} {Symbol(step.Operation)} {cast}{Value(step.Right, type)}";
    }

    internal static string Convert(IrInstruction.Convert step)
    {
        IrType from = step.Value.Type;
        string value = Value(step.Value, from);
        string target = CNames.Kind(step.Target);
        bool isToFloat = step.Target is IrKind.F32 or IrKind.F64;
        bool isChecked = step.Mode is IrConversion.Checked or IrConversion.CheckedUnsigned;
        bool isUnsigned = step.Mode is IrConversion.Unsigned or IrConversion.CheckedUnsigned;
        if (from.IsFloat)
        {
            return isToFloat ? $"({target}){value}"
                : isChecked ? $"wm_to_{target}_checked_{CNames.Type(from)}({value})"
                : $"wm_to_{target}_{CNames.Type(from)}({value})";
        }

        // An address counts as unsigned unless the conversion asks for a signed number.
        string number = from.Kind == IrKind.Pointer ? $"(native){value}" : value;
        string unsigned = $"({CNames.Unsigned(from)}){number}";
        if (isChecked)
        {
            return isUnsigned ? $"wm_to_{target}_checked_unsigned({unsigned})" : $"wm_to_{target}_checked_signed({number})";
        }

        string stack = CNames.Type(step.Result.Type);
        bool isZeroExtended = isUnsigned || step.Target is IrKind.U64 or IrKind.UNative;
        return $"({stack})({target}){(isZeroExtended ? unsigned : number)}";
    }

    internal static string Arguments(IEnumerable<IrOperand> operands, IEnumerable<IrType> types) =>
        string.Join(", ", operands.Zip(types).Where(p => p.Second.Kind != IrKind.Void).Select(p => Value(p.First, p.Second)));

    private static string CompareFloats(IrCompare operation, string a, string b) => operation switch
    {
        // True of NaN as well: the opposite is false.
        IrCompare.LessUnsigned => $"!({a} >= {b})",
        IrCompare.LessOrEqualUnsigned => $"!({a} > {b})",
        IrCompare.GreaterUnsigned => $"!({a} <= {b})",
        IrCompare.GreaterOrEqualUnsigned => $"!({a} < {b})",
        _ => $"{a} {Symbol(operation)} {b}",
    };

    private static string? FunctionOf(IrBinary operation) => operation switch
    {
        IrBinary.Divide => "div",
        IrBinary.DivideUnsigned => "div_unsigned",
        IrBinary.Remainder => "rem",
        IrBinary.RemainderUnsigned => "rem_unsigned",
        IrBinary.AddChecked => "add_checked",
        IrBinary.AddCheckedUnsigned => "add_checked_unsigned",
        IrBinary.SubtractChecked => "sub_checked",
        IrBinary.SubtractCheckedUnsigned => "sub_checked_unsigned",
        IrBinary.MultiplyChecked => "mul_checked",
        IrBinary.MultiplyCheckedUnsigned => "mul_checked_unsigned",
        _ => null,
    };

    private static string Symbol(IrBinary operation) => operation switch
    {
        IrBinary.Add => "+",
        IrBinary.Subtract => "-",
        IrBinary.Multiply => "*",
        IrBinary.Divide => "/",
        IrBinary.And => "&",
        IrBinary.Or => "|",
        _ => "^",
    };

    private static string Symbol(IrCompare operation) => operation switch
    {
        IrCompare.Equal => "==",
        IrCompare.NotEqual => "!=",
        IrCompare.Less or IrCompare.LessUnsigned => "<",
        IrCompare.LessOrEqual or IrCompare.LessOrEqualUnsigned => "<=",
        IrCompare.Greater or IrCompare.GreaterUnsigned => ">",
        _ => ">=",
    };
}
