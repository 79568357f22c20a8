using System.Collections.Generic;

namespace WhiteMagic.Wasm.Tests.Suite;

/// <summary>One command of a script.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Line">Where it was in the script.</param>
/// <param name="Module">The module it is about, or null.</param>
/// <param name="Text">The failure that it expects.</param>
/// <param name="IsText">Whether its module is in the text format, which is not read here.</param>
/// <param name="Name">The name that the script gives to its module, or the module it registers.</param>
/// <param name="As">The name that it registers it under.</param>
/// <param name="Action">What it does, or null.</param>
/// <param name="Expected">What that gives.</param>
internal sealed record SuiteCommand(string Type, int Line, byte[]? Module, string Text, bool IsText, string? Name, string? As, SuiteAction? Action, IReadOnlyList<SuiteValue> Expected);

/// <summary>A call, or the reading of a global.</summary>
/// <param name="IsInvoke">Whether it is a call.</param>
/// <param name="Module">The name of the module, or null for the latest.</param>
/// <param name="Field">The name of the export.</param>
/// <param name="Arguments">What it is called with.</param>
internal sealed record SuiteAction(bool IsInvoke, string? Module, string Field, IReadOnlyList<SuiteValue> Arguments);

/// <summary>A value: its type and the suite's text for it.</summary>
internal sealed record SuiteValue(string Type, string? Text)
{
    /// <summary>The bits of an argument. A reference to something of the host is one more than its number, because zero is null.</summary>
    internal ulong Bits => Type switch
    {
        "i32" or "f32" => uint.Parse(Text!, System.Globalization.CultureInfo.InvariantCulture),
        "i64" or "f64" => ulong.Parse(Text!, System.Globalization.CultureInfo.InvariantCulture),
        "externref" or "funcref" => Text == "null" ? 0 : ulong.Parse(Text!, System.Globalization.CultureInfo.InvariantCulture) + 1,
        _ => throw new System.InvalidOperationException($"a type that this runner does not know: {Type}"),
    };

    /// <summary>Whether a result is what this expects.</summary>
    internal bool IsMetBy(ulong bits) => (Type, Text) switch
    {
        // Any sign; of an arithmetic one, any payload that is quiet.
        ("f32", "nan:canonical") => (bits & 0x7FFF_FFFF) == 0x7FC0_0000,
        ("f32", "nan:arithmetic") => (bits & 0x7FC0_0000) == 0x7FC0_0000,
        ("f64", "nan:canonical") => (bits & 0x7FFF_FFFF_FFFF_FFFF) == 0x7FF8_0000_0000_0000,
        ("f64", "nan:arithmetic") => (bits & 0x7FF8_0000_0000_0000) == 0x7FF8_0000_0000_0000,
        ("funcref", null) => bits != 0,
        _ => bits == Bits,
    };
}
