using System;
using System.Globalization;
using System.Linq;
using System.Text;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Emitting;

/// <summary>Writes a module as one C file that needs no header.</summary>
internal static class CEmitter
{
    private static readonly string[] _runtime = ["wm_types.h", "wm_numbers.h", "wm_vectors.h", "wm_memory.h"];

    internal static string Emit(IrModule module)
    {
        var text = new StringBuilder($"/* {module.Name}: made by wmc from IL. */\n");
        foreach (string header in _runtime)
        {
            text.Append(Resources.Read(header));
        }

        foreach (IrStruct @struct in module.Structs)
        {
            Define(text, @struct);
        }

        foreach (IrGlobal global in module.Globals)
        {
            Define(text, global);
        }

        Reset(text, module);
        var functions = new CFunctions(text, module.IsSmall);
        module.Functions.ForEach(functions.Declare);
        module.Functions.ForEach(functions.Define);
        return text.ToString();
    }

    private static void Define(StringBuilder text, IrStruct @struct)
    {
        string fields = @struct.IsExplicit
            ? $"union {{ {string.Concat(@struct.Fields.Select(ExplicitField))}}}; "
            : string.Concat(@struct.Fields.Select(f => Field(f, @struct.Repeat)));
        if (@struct.Pack > 0)
        {
            // Packed takes all alignment away; aligned gives back what Pack allows.
            fields = $"struct __attribute__((packed, aligned({@struct.Alignment}))) {{ {PackedFields(@struct)}}}; ";
        }

        string body = @struct.LeastBytes > 0 || @struct.Fields.Count == 0
            ? $"union {{ struct {{ {fields}}}; u8 least[{Math.Max(@struct.LeastBytes, 1)}]; }}; "
            : fields;
        string alignment = @struct.IsExplicit ? $" __attribute__((aligned({@struct.Alignment})))" : "";
        text.Append($"/* {@struct.Source} */\ntypedef struct {{ {body}}}{alignment} {@struct.Name};\nWM_AT_TYPE({@struct.Name})\n");
        text.Append(CultureInfo.InvariantCulture, $"WM_LAYOUT({@struct.Name}, {@struct.Bytes})\n");
        foreach (IrField field in @struct.Fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"WM_LAYOUT_FIELD({@struct.Name}, {field.Name}, {field.OffsetBytes})\n");
        }
    }

    private static string Field(IrField field, int repeat) =>
        $"{CNames.Type(field.Type)} {field.Name}{(repeat > 1 ? $"[{repeat}]" : "")}; ";

    private static string ExplicitField(IrField field)
    {
        string place = field.OffsetBytes == 0 ? "" : $"u8 before_{field.Name}[{field.OffsetBytes}]; ";
        return $"struct __attribute__((packed)) {{ {place}{Field(field, 1)}}}; ";
    }

    // Between packed fields the padding must be written out; structs with pointers keep C's, because natively offsets differ.
    private static string PackedFields(IrStruct @struct)
    {
        if (@struct.IsExplicit)
        {
            return $"union {{ {string.Concat(@struct.Fields.Select(ExplicitField))}}}; ";
        }

        var fields = new StringBuilder();
        int end = 0;
        foreach (IrField field in @struct.Fields)
        {
            if (field.OffsetBytes > end)
            {
                fields.Append(CultureInfo.InvariantCulture, $"u8 before_{field.Name}[{field.OffsetBytes - end}]; ");
            }

            fields.Append(Field(field, @struct.Repeat));
            end = field.OffsetBytes + (field.Type.Bytes * @struct.Repeat);
        }

        return fields.ToString();
    }

    private static void Define(StringBuilder text, IrGlobal global)
    {
        string constant = global.IsConstant ? "const " : "";
        if (global.Initial is null)
        {
            text.Append($"static {CNames.Type(global.Type)} {global.Name};\n");
            return;
        }

        string bytes = string.Join(",", global.Initial);
        string size = $"[{Math.Max(global.Initial.Length, 1)}] __attribute__((aligned({global.Alignment})))";
        text.Append($"static {constant}u8 {global.Name}{size} = {{{bytes}}};\n");
        if (!global.IsConstant)
        {
            text.Append($"static const u8 {global.Name}_initial{size} = {{{bytes}}};\n");
        }
    }

    private static void Reset(StringBuilder text, IrModule module)
    {
        text.Append("static void wm_reset_statics(void) {\n");
        foreach (IrGlobal global in module.Globals.Where(g => !g.IsConstant))
        {
            text.Append(global.Initial is null
                ? $"  __builtin_memset(&{global.Name}, 0, sizeof {global.Name});\n"
                : $"  __builtin_memcpy({global.Name}, {global.Name}_initial, sizeof {global.Name});\n");
        }

        text.Append("}\n");
    }
}
