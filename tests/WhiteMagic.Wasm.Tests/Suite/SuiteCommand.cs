namespace WhiteMagic.Wasm.Tests.Suite;

/// <summary>One command of a script.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Line">Where it was in the script.</param>
/// <param name="Module">The module it is about, or null.</param>
/// <param name="Text">The failure that it expects.</param>
/// <param name="IsText">Whether its module is in the text format, which is not read here.</param>
internal sealed record SuiteCommand(string Type, int Line, byte[]? Module, string Text, bool IsText);
