using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Wasm.Tests.Support;

namespace WhiteMagic.Wasm.Tests.Suite;

/// <summary>Runs a script of the official suite, command by command, in one store, with the module `spectest` that the suite asks of hosts.</summary>
internal sealed class SuiteRunner
{
    // Two bodies are wrong in two ways each: a reader that decodes all before it validates comes to the other one first.
    private static readonly Dictionary<string, (WasmProblem, string)> _otherwise = new(StringComparer.Ordinal)
    {
        ["binary:1817"] = (WasmProblem.Invalid, "unknown type"),
        ["select:324"] = (WasmProblem.Invalid, "type mismatch"),
    };

    private static readonly Dictionary<string, WasmTrap> _traps = new(StringComparer.Ordinal)
    {
        ["unreachable"] = WasmTrap.Unreachable,
        ["integer divide by zero"] = WasmTrap.IntegerDivideByZero,
        ["integer overflow"] = WasmTrap.IntegerOverflow,
        ["invalid conversion to integer"] = WasmTrap.InvalidConversionToInteger,
        ["out of bounds memory access"] = WasmTrap.OutOfBoundsMemoryAccess,
        ["out of bounds table access"] = WasmTrap.OutOfBoundsTableAccess,
        ["undefined element"] = WasmTrap.UndefinedElement,
        ["undefined"] = WasmTrap.UndefinedElement,
        ["uninitialized element"] = WasmTrap.UninitializedElement,
        ["uninitialized element 2"] = WasmTrap.UninitializedElement,
        ["uninitialized"] = WasmTrap.UninitializedElement,
        ["indirect call type mismatch"] = WasmTrap.IndirectCallTypeMismatch,
        ["indirect call"] = WasmTrap.IndirectCallTypeMismatch,
        ["call stack exhausted"] = WasmTrap.CallStackExhausted,
    };

    private readonly WasmStore _store = new(new ExecutionLimits { MemoryPages = short.MaxValue, TableElements = 10_000_000, CanonicalNaN = false });
    private readonly WasmImports _imports = new();
    private readonly Dictionary<string, WasmInstance> _named = new(StringComparer.Ordinal);
    private readonly SuiteScript _script;
    private WasmInstance? _latest;

    internal SuiteRunner(SuiteScript script)
    {
        _script = script;
        foreach ((string name, WasmType[] parameters) in ((string, WasmType[])[])
            [
                ("print", []), ("print_i32", [WasmType.I32]), ("print_i64", [WasmType.I64]), ("print_f32", [WasmType.F32]), ("print_f64", [WasmType.F64]),
                ("print_i32_f32", [WasmType.I32, WasmType.F32]), ("print_f64_f64", [WasmType.F64, WasmType.F64]),
            ])
        {
            _imports.Add("spectest", name, parameters, [], static (_, _, _) => WasmTrap.None);
        }

        _imports.Add("spectest", _store.Instantiate(WasmModule.Parse(SpecTest())));
    }

    /// <summary>Counts by kind of command.</summary>
    internal SortedDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>What was otherwise than the script says.</summary>
    internal List<string> Differences { get; } = [];

    internal void Run()
    {
        foreach (SuiteCommand command in _script.Commands.Where(command => !command.IsText))
        {
            Counts[command.Type] = Counts.GetValueOrDefault(command.Type) + 1;
            if (Difference(command) is { } difference)
            {
                Differences.Add($"{_script.Name}:{command.Line} {command.Type} \"{command.Text}\": {difference}");
            }
        }
    }

    private string? Difference(SuiteCommand command)
    {
        switch (command.Type)
        {
            case "module":
                _latest = _store.Instantiate(WasmModule.Parse(command.Module), _imports);
                _named[command.Name ?? ""] = _latest;
                return null;
            case "register":
                _imports.Add(command.As!, Instance(command.Name));
                return null;
            case "action":
                return Do(command.Action!, out _) is WasmTrap.None ? null : "a trap";
            case "assert_return":
                WasmTrap trap = Do(command.Action!, out ulong[] results);
                bool isMet = trap == WasmTrap.None && results.Length == command.Expected.Count && results.Zip(command.Expected).All(pair => pair.Second.IsMetBy(pair.First));
                return isMet ? null : $"{trap} [{string.Join(", ", results.Select(bits => $"0x{bits:X}"))}] instead of [{string.Join(", ", command.Expected)}]";
            case "assert_trap" or "assert_exhaustion":
                WasmTrap ended = Do(command.Action!, out _);
                return ended == Trap(command) ? null : $"{ended}";
            case "assert_uninstantiable":
                return Instantiating(command) is WasmTrapException e && e.Trap == Trap(command) ? null : "not so";
            case "assert_unlinkable":
                return Instantiating(command) is WasmLinkException unlinkable && unlinkable.Message.StartsWith(command.Text, StringComparison.Ordinal) ? null : "not so";
            case "assert_invalid":
                return Refusal(command, WasmProblem.Invalid);
            case "assert_malformed":
                return Refusal(command, WasmProblem.Malformed);
            default:
                throw new InvalidOperationException($"a command that this runner does not know: {command.Type}");
        }
    }

    private static WasmTrap Trap(SuiteCommand command) => _traps.TryGetValue(command.Text, out WasmTrap trap) ? trap : throw new InvalidOperationException($"a trap that this runner does not know: {command.Text}");

    private WasmInstance Instance(string? name) => name is null ? _latest! : _named[name];

    private WasmTrap Do(SuiteAction action, out ulong[] results)
    {
        WasmInstance instance = Instance(action.Module);
        if (!action.IsInvoke)
        {
            results = instance.TryReadGlobal(action.Field, out ulong value) ? [value] : [];
            return WasmTrap.None;
        }

        WasmFunction function = instance.FindFunction(action.Field) ?? throw new InvalidOperationException($"no function {action.Field}");
        results = new ulong[function.Results.Length];
        return function.Call([.. action.Arguments.Select(argument => argument.Bits)], results);
    }

    private Exception? Instantiating(SuiteCommand command)
    {
        try
        {
            _store.Instantiate(WasmModule.Parse(command.Module), _imports);
            return null;
        }
        catch (Exception e) when (e is WasmLinkException or WasmTrapException)
        {
            return e;
        }
    }

    private string? Refusal(SuiteCommand command, WasmProblem problem)
    {
        (WasmProblem expected, string words) = _otherwise.GetValueOrDefault($"{_script.Name}:{command.Line}", (problem, command.Text));
        try
        {
            WasmModule.Parse(command.Module);
            return "accepted";
        }
        catch (WasmFormatException e)
        {
            // What is no module breaks off where a reader happens to look: its words are not compared.
            bool saysSo = expected == WasmProblem.Malformed || e.Reason.StartsWith(words, StringComparison.Ordinal);
            return e.Problem == expected && saysSo ? null : $"{e.Problem}: {e.Message}";
        }
    }

    // Its functions are the host's; the rest is a module: a table, a memory, and globals of 666.
    private static byte[] SpecTest() => ModuleBytes.Module(
        ModuleBytes.Section(4, [1, 0x70, 1, 10, 20]),
        ModuleBytes.Section(5, [1, 1, 1, 2]),
        ModuleBytes.Section(6, [4, 0x7F, 0, 0x41, 0x9A, 5, 0x0B, 0x7E, 0, 0x42, 0x9A, 5, 0x0B,
            0x7D, 0, 0x43, .. BitConverter.GetBytes(666.6f), 0x0B, 0x7C, 0, 0x44, .. BitConverter.GetBytes(666.6), 0x0B]),
        ModuleBytes.Section(7, [6, .. ModuleBytes.Name("table"), 1, 0, .. ModuleBytes.Name("memory"), 2, 0,
            .. ModuleBytes.Name("global_i32"), 3, 0, .. ModuleBytes.Name("global_i64"), 3, 1, .. ModuleBytes.Name("global_f32"), 3, 2, .. ModuleBytes.Name("global_f64"), 3, 3]));
}
