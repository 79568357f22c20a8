using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>
/// The operations of Vector128 that kernels may use, and the runtime's functions for them. Each function is named after the operation and the
/// shape of the vector: <c>wm_v_add_f32x4</c>.
/// </summary>
internal static class VectorIntrinsics
{
    private const string Static = "System.Runtime.Intrinsics.Vector128";
    private const string Instance = "System.Runtime.Intrinsics.Vector128`1";

    // The name in .NET, its parameters (V vector, S scalar, P address, I index or count), and the function.
    private static readonly Dictionary<(string Name, string Parameters), string> _functions = new()
    {
        [("Add", "VV")] = "add",
        [("op_Addition", "VV")] = "add",
        [("Subtract", "VV")] = "sub",
        [("op_Subtraction", "VV")] = "sub",
        [("Multiply", "VV")] = "mul",
        [("op_Multiply", "VV")] = "mul",
        [("Multiply", "VS")] = "mul_scalar",
        [("op_Multiply", "VS")] = "mul_scalar",
        [("Multiply", "SV")] = "scalar_mul",
        [("op_Multiply", "SV")] = "scalar_mul",
        [("Divide", "VV")] = "div",
        [("op_Division", "VV")] = "div",
        [("Divide", "VS")] = "div_scalar",
        [("op_Division", "VS")] = "div_scalar",
        [("Negate", "V")] = "neg",
        [("op_UnaryNegation", "V")] = "neg",
        [("BitwiseAnd", "VV")] = "and",
        [("op_BitwiseAnd", "VV")] = "and",
        [("BitwiseOr", "VV")] = "or",
        [("op_BitwiseOr", "VV")] = "or",
        [("Xor", "VV")] = "xor",
        [("op_ExclusiveOr", "VV")] = "xor",
        [("AndNot", "VV")] = "andnot",
        [("OnesComplement", "V")] = "not",
        [("op_OnesComplement", "V")] = "not",
        [("ShiftLeft", "VI")] = "shl",
        [("op_LeftShift", "VI")] = "shl",
        [("ShiftRightArithmetic", "VI")] = "shr",
        [("op_RightShift", "VI")] = "shr",
        [("ShiftRightLogical", "VI")] = "shr_unsigned",
        [("op_UnsignedRightShift", "VI")] = "shr_unsigned",
        [("Min", "VV")] = "min",
        [("Max", "VV")] = "max",
        [("Abs", "V")] = "abs",
        [("Sqrt", "V")] = "sqrt",
        [("Floor", "V")] = "floor",
        [("Ceiling", "V")] = "ceiling",
        [("Truncate", "V")] = "truncate",
        [("Round", "V")] = "round",
        [("Equals", "VV")] = "eq",
        [("LessThan", "VV")] = "lt",
        [("LessThanOrEqual", "VV")] = "le",
        [("GreaterThan", "VV")] = "gt",
        [("GreaterThanOrEqual", "VV")] = "ge",
        [("EqualsAll", "VV")] = "eq_all",
        [("op_Equality", "VV")] = "eq_all",
        [("op_Inequality", "VV")] = "ne_any",
        [("EqualsAny", "VV")] = "eq_any",
        [("LessThanAll", "VV")] = "lt_all",
        [("LessThanAny", "VV")] = "lt_any",
        [("LessThanOrEqualAll", "VV")] = "le_all",
        [("LessThanOrEqualAny", "VV")] = "le_any",
        [("GreaterThanAll", "VV")] = "gt_all",
        [("GreaterThanAny", "VV")] = "gt_any",
        [("GreaterThanOrEqualAll", "VV")] = "ge_all",
        [("GreaterThanOrEqualAny", "VV")] = "ge_any",
        [("ConditionalSelect", "VVV")] = "select",
        [("Create", "S")] = "splat",
        [("CreateScalar", "S")] = "scalar",
        [("CreateScalarUnsafe", "S")] = "scalar",
        [("ToScalar", "V")] = "first",
        [("GetElement", "VI")] = "get",
        [("get_Item", "PI")] = "get_at",
        [("WithElement", "VIS")] = "with",
        [("ExtractMostSignificantBits", "V")] = "msb",
        [("Sum", "V")] = "sum",
        [("Dot", "VV")] = "dot",
        [("Shuffle", "VV")] = "shuffle",
        [("WidenLower", "V")] = "widen_lower",
        [("WidenUpper", "V")] = "widen_upper",
        [("Narrow", "VV")] = "narrow",
        [("ConvertToSingle", "V")] = "to_f32",
        [("ConvertToDouble", "V")] = "to_f64",
        [("ConvertToInt32", "V")] = "to_i32",
        [("ConvertToUInt32", "V")] = "to_u32",
        [("ConvertToInt64", "V")] = "to_i64",
        [("ConvertToUInt64", "V")] = "to_u64",
        [("get_Zero", "")] = "zero",
        [("get_One", "")] = "one",
        [("get_AllBitsSet", "")] = "ones",
        [("get_Indices", "")] = "indices",
    };

    // Loads and stores are plain memory accesses: with an address, and perhaps an index in elements.
    private static readonly HashSet<string> _loads = ["Load", "LoadAligned", "LoadUnsafe"];
    private static readonly HashSet<string> _stores = ["Store", "StoreAligned", "StoreUnsafe"];

    /// <summary>Whether the method's own IL is translated, because it only puts others together.</summary>
    internal static bool IsTranslated(MethodBase method) => TypeNames.DefinitionOf(method.DeclaringType) == Static && method.Name == "Widen";

    internal static bool TryLower(MethodFrame frame, MethodBase method)
    {
        if (TypeNames.DefinitionOf(method.DeclaringType) is not (Static or Instance) || VectorOf(frame, method) is not { } vector)
        {
            return false;
        }

        if (_loads.Contains(method.Name) || _stores.Contains(method.Name))
        {
            return Access(frame, method, vector);
        }

        if (method.Name == "get_Count")
        {
            frame.Push(IrConstant.I32(IrType.VectorBytes / IrType.BytesOf(vector.Lane)));
            return true;
        }

        if (method.Name.StartsWith("As", StringComparison.Ordinal) && ParametersOf(frame, method) == "V")
        {
            return IntrinsicTable.CallRuntime(frame, method, $"wm_v_as_{IntrinsicTable.Suffix(frame.Types.Of(((MethodInfo)method).ReturnType))}");
        }

        string parameters = ParametersOf(frame, method);
        if (method.Name == "Create" && parameters.Length == IrType.VectorBytes / IrType.BytesOf(vector.Lane) && parameters.All(p => p == 'S'))
        {
            return IntrinsicTable.CallRuntime(frame, method, $"wm_v_create_{IntrinsicTable.Suffix(vector)}");
        }

        return _functions.TryGetValue((method.Name, parameters), out string? function)
            && IntrinsicTable.CallRuntime(frame, method, $"wm_v_{function}_{IntrinsicTable.Suffix(vector)}");
    }

    // The vector that names the function: the first parameter's, or else the result's.
    private static IrType? VectorOf(MethodFrame frame, MethodBase method)
    {
        Type result = method is MethodInfo { ReturnType: var type } ? type : typeof(void);
        Type? vector = method.GetParameters().Select(p => p.ParameterType).Append(method.DeclaringType!).Append(result)
            .FirstOrDefault(TypeLowering.IsVector);
        return vector is null || vector.ContainsGenericParameters ? null : frame.Types.Of(vector);
    }

    private static string ParametersOf(MethodFrame frame, MethodBase method)
    {
        string self = method.IsStatic ? "" : "P";
        bool isVectorFirst = !method.IsStatic || method.GetParameters() is [{ ParameterType: var first }, ..] && TypeLowering.IsVector(first);
        return self + string.Concat(method.GetParameters().Select((p, i) => TypeLowering.IsVector(p.ParameterType) ? 'V'
            : p.ParameterType.IsPointer || p.ParameterType.IsByRef ? 'P'
            : p.ParameterType == typeof(int) && IsCount(method.Name, i) && isVectorFirst ? 'I'
            : 'S'));
    }

    private static bool IsCount(string name, int index) =>
        index > 0 ? name.Contains("Shift", StringComparison.Ordinal) || (name is "GetElement" or "WithElement" && index == 1) : name == "get_Item";

    private static bool Access(MethodFrame frame, MethodBase method, IrType vector)
    {
        bool isStore = _stores.Contains(method.Name);
        bool hasIndex = method.GetParameters().Length == (isStore ? 3 : 2);
        if (hasIndex)
        {
            Address.Scale(frame, IrType.Of(vector.Lane));
            Address.Move(frame, isBackward: false);
        }

        IrOperand address = frame.PopAddress();
        if (isStore)
        {
            frame.Emit(new IrInstruction.Store(vector, address, frame.Pop().Operand));
            return true;
        }

        MemoryLowering.Load(frame, vector, address);
        return true;
    }
}
