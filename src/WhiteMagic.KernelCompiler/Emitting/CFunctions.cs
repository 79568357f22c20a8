using System.Collections.Generic;
using System.Linq;
using System.Text;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Emitting;

/// <summary>Functions as C: one label for each block, one statement for each instruction. The C compiler finds the structure again.</summary>
internal sealed class CFunctions(StringBuilder text, bool isSmall)
{
    internal void Declare(IrFunction function)
    {
        string linkage = function.ExportName is null ? Linkage(function.Inlining) : "";
        string export = function.ExportName is null ? "" : $" WM_EXPORT(\"{function.ExportName}\")";
        string size = isSmall && !function.IsHot ? "WM_SMALL " : "";
        text.Append($"{size}{linkage}{Head(function)}{export};\n");
    }

    internal void Define(IrFunction function)
    {
        // The attributes are those of the declaration, but a definition must repeat `static`.
        text.Append($"\n/* {function.Source.Replace("*/", "* /")} */\n");
        text.Append($"{(function.ExportName is null ? "static " : "")}{Head(function)} {{\n");
        foreach (IrLocal local in function.Locals)
        {
            text.Append($"  {CNames.Type(local.Type)} {local.Name};\n");
        }

        foreach (IrBlock block in function.Blocks)
        {
            text.Append($" {block.Label}:;\n");
            foreach (IrInstruction instruction in block.Instructions)
            {
                text.Append($"  {Statement(function, instruction)}\n");
            }
        }

        text.Append("}\n");
    }

    private static string Linkage(IrInlining inlining) => inlining switch
    {
        IrInlining.Always => "WM_INLINE ",
        IrInlining.Never => "WM_NEVER_INLINE ",
        _ => "static ",
    };

    private static string Head(IrFunction function)
    {
        string parameters = string.Join(", ", function.Parameters.Where(p => p.Type.Kind != IrKind.Void).Select(p => $"{CNames.Type(p.Type)} {p.Name}"));
        return $"{CNames.Type(function.Result)} {function.Name}({(parameters.Length == 0 ? "void" : parameters)})";
    }

    private static string Statement(IrFunction function, IrInstruction instruction) => instruction switch
    {
        IrInstruction.Copy s => Set(s.Result, CExpressions.Value(s.Value, s.Result.Type)),
        IrInstruction.Zero s => $"__builtin_memset(&{s.Result.Name}, 0, sizeof {s.Result.Name});",
        IrInstruction.Binary s => Set(s.Result, CExpressions.Binary(s)),
        IrInstruction.Unary s => Set(s.Result, CExpressions.Unary(s)),
        IrInstruction.Compare s => Set(s.Result, CExpressions.Compare(s)),
        IrInstruction.Convert s => Set(s.Result, CExpressions.Convert(s)),
        IrInstruction.Offset s => Set(s.Result, $"{Address(s.Address)} {(s.IsBackward ? "-" : "+")} {CExpressions.Value(s.Bytes, IrType.Native)}"),
        IrInstruction.Load s => Set(s.Result, $"WM_AT({CNames.Type(s.Type)}, {Address(s.Address)})"),
        IrInstruction.Store s => $"WM_AT({CNames.Type(s.Type)}, {Address(s.Address)}) = {CExpressions.Value(s.Value, s.Type)};",
        IrInstruction.AddressOfLocal s => Set(s.Result, $"(ptr)&{s.Local.Name}"),
        IrInstruction.AddressOfGlobal s => Set(s.Result, s.Global.Initial is null ? $"(ptr)&{s.Global.Name}" : $"(ptr){s.Global.Name}"),
        IrInstruction.AddressOfFunction s => Set(s.Result, $"(ptr)(native)&{s.Function.Name}"),
        IrInstruction.AddressOfField s => Set(s.Result, FieldAddress(s)),
        IrInstruction.FieldOfValue s => Set(s.Result, $"{s.Value.Name}.{s.Field.Name}{(s.Value.Type.Struct is { Repeat: > 1 } ? "[0]" : "")}"),
        IrInstruction.Allocate s => Allocate(s),
        IrInstruction.CopyMemory s => $"wm_move({Address(s.Target)}, {Address(s.Source)}, {Bytes(s.Bytes)});",
        IrInstruction.FillMemory s => $"wm_fill({Address(s.Target)}, {CExpressions.Value(s.Value, IrType.I32)}, {Bytes(s.Bytes)});",
        IrInstruction.Call s => Call(s.Result, s.Function.Name, CExpressions.Arguments(s.Arguments, s.Function.Signature.Parameters)),
        IrInstruction.CallPointer s => CallPointer(s),
        IrInstruction.CallRuntime s => Call(s.Result, RuntimeName(s.Function, out string first),
            first + string.Join(", ", s.Arguments.Select(a => CExpressions.Value(a, a.Type)))),
        IrInstruction.Jump s => $"goto {s.Target.Label};",
        IrInstruction.Branch s => $"if ({CExpressions.Value(s.Condition, s.Condition.Type)}) goto {s.Then.Label}; goto {s.Else.Label};",
        IrInstruction.Switch s => Switch(s),
        IrInstruction.Return s => s.Value is null ? "return;" : $"return {CExpressions.Value(s.Value, function.Result)};",
        _ => "wm_trap();",
    };

    private static string Set(IrLocal result, string expression) => $"{result.Name} = {expression};";

    private static string Address(IrOperand operand) => CExpressions.Value(operand, IrType.Pointer);

    private static string Bytes(IrOperand operand) => $"(unative){CExpressions.Value(operand, operand.Type)}";

    private static string FieldAddress(IrInstruction.AddressOfField step) =>
        step.Field.OffsetBytes == 0 ? Address(step.Address) : $"{Address(step.Address)} + __builtin_offsetof({step.Struct.Name}, {step.Field.Name})";

    private static string Allocate(IrInstruction.Allocate step)
    {
        string bytes = Bytes(step.Bytes);
        string allocate = Set(step.Result, $"wm_allocate({bytes})");
        return step.IsZeroed ? $"{allocate} wm_fill({step.Result.Name}, 0, {bytes});" : allocate;
    }

    private static string CallPointer(IrInstruction.CallPointer step)
    {
        IEnumerable<string> types = step.Signature.Parameters.Where(p => p.Kind != IrKind.Void).Select(CNames.Type);
        string parameters = string.Join(", ", types);
        string type = $"{CNames.Type(step.Signature.Result)} (*)({(parameters.Length == 0 ? "void" : parameters)})";
        string arguments = CExpressions.Arguments(step.Arguments, step.Signature.Parameters);
        return Call(step.Result, $"(({type})(native){CExpressions.Value(step.Pointer, IrType.Pointer)})", arguments);
    }

    private static string Call(IrLocal? result, string function, string arguments) =>
        (result is null ? "" : $"{result.Name} = ") + (result is { Type.Kind: IrKind.Pointer } ? "(ptr)" : "") + $"{function}({arguments});";

    // Two of the vector functions are macros that take the shape as an argument.
    private static string RuntimeName(string function, out string first)
    {
        foreach (string macro in new[] { "wm_v_create", "wm_v_as" })
        {
            if (function.StartsWith(macro + "_", System.StringComparison.Ordinal))
            {
                first = function[(macro.Length + 1)..] + ", ";
                return macro;
            }
        }

        first = "";
        return function;
    }

    private static string Switch(IrInstruction.Switch step)
    {
        var cases = new StringBuilder($"switch ((u32){CExpressions.Value(step.Index, step.Index.Type)}) {{");
        for (int i = 0; i < step.Targets.Count; i++)
        {
            cases.Append($" case {i}: goto {step.Targets[i].Label};");
        }

        return cases.Append($" default: goto {step.Default.Label}; }}").ToString();
    }
}
