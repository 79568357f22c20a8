using System;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Kernels.Sha256;
using WhiteMagic.Wasm;

namespace WhiteMagic.Cli.Modules;

/// <summary>A module of governance, loaded: it was read, validated, translated and asked once. One question at a time.</summary>
internal sealed class PolicyModule
{
    /// <summary>Bytes of a module.</summary>
    internal const int MostBytes = 1 << 20;

    private const int AbiVersion = 1;
    private const int OrdinaryBytes = 64 * 1024;

    private static readonly ModuleLimits _moduleLimits = new()
    {
        ModuleBytes = MostBytes,
        Types = 1000,
        Functions = 10_000,
        Externs = 1000,
        Tables = 10,
        Globals = 1000,
        Segments = 10_000,
        Parameters = 100,
        Locals = 10_000,
        Nesting = 1000,
        BranchTargets = 10_000,
    };

    // 20,000,000 of fuel are some 20 ms, far below what a person notices.
    private static readonly ExecutionLimits _executionLimits = new()
    {
        Fuel = 20_000_000,
        Deadline = TimeSpan.FromMilliseconds(200),
        MemoryPages = 256,
        TableElements = 10_000,
        CallDepth = 1000,
        StackSlots = 32 * 1024,
    };

    private readonly object _gate = new();
    private readonly WasmInstance _instance;
    private readonly WasmFunction _allocate;
    private readonly WasmFunction _ask;
    private readonly ulong[] _arguments = new ulong[2];
    private readonly ulong[] _result = new ulong[1];

    private PolicyModule(ScorerKind kind, string source, ReadOnlySpan<byte> bytes, WasmModule module)
    {
        Kind = kind;
        Source = source;
        Bytes = bytes.Length;
        Span<byte> digest = stackalloc byte[Sha256State.DigestBytes];
        Sha256State.Hash(bytes, digest);
        Sha256 = Convert.ToHexStringLower(digest);
        _instance = new WasmStore(_executionLimits).Instantiate(module);
        _allocate = Function("wm_alloc", [WasmType.I32], WasmType.I32);
        _ask = Function(ScorerNames.ExportOf(kind), [WasmType.I32, WasmType.I32], WasmType.I64);
        WasmTrap trap = Function("wm_abi_version", [], WasmType.I32).Call([], _result);
        if (trap != WasmTrap.None || _result[0] != AbiVersion)
        {
            throw new ModuleException($"wm_abi_version {(trap == WasmTrap.None ? "gives " + _result[0] : "ends in the trap " + WasmTraps.NameOf(trap))}, where {AbiVersion} is known");
        }

        if (module.FindExport("memory") != "memory")
        {
            throw new ModuleException("it does not export its memory as \"memory\"");
        }
    }

    internal ScorerKind Kind { get; }

    /// <summary><c>embedded</c>, or the file's path.</summary>
    internal string Source { get; }

    internal int Bytes { get; }

    /// <summary>In hexadecimal.</summary>
    internal string Sha256 { get; }

    /// <summary>Failures since the last answer. Those at records that are too long for many do not count: whoever may write a long text could put a policy out of force with three of them.</summary>
    internal int Failures { get; private set; }

    /// <summary>Loads a module and asks it something harmless.</summary>
    /// <param name="kind">What it has to score; null: what it exports says that.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="bytes">The module.</param>
    /// <exception cref="ModuleException">It is none, or not one of this kind, or does not answer.</exception>
    internal static PolicyModule Load(ScorerKind? kind, string source, ReadOnlySpan<byte> bytes)
    {
        try
        {
            WasmModule parsed = WasmModule.Parse(bytes, _moduleLimits);
            var module = new PolicyModule(kind ?? KindOf(parsed), source, bytes, parsed);
            Span<byte> answer = stackalloc byte[AnswerFormat.MostBytes];
            ScorerAnswer probe = module.Ask(Probes.Of(module.Kind), answer);
            return probe.Length > 0 ? module : throw new ModuleException(probe.Failure);
        }
        catch (Exception e) when (e is WasmFormatException or WasmLinkException or WasmTrapException)
        {
            throw new ModuleException(e.Message, e);
        }
    }

    private static ScorerKind KindOf(WasmModule module)
    {
        for (var kind = ScorerKind.Dharma; kind <= ScorerKind.Harmony; kind++)
        {
            if (module.FindExport(ScorerNames.ExportOf(kind)) == "function")
            {
                return kind;
            }
        }

        throw new ModuleException("it exports none of dharma_evaluate, karma_debt and harmony_score");
    }

    /// <summary>Asks it; it knows nothing of the questions before.</summary>
    internal ScorerAnswer Ask(ReadOnlySpan<byte> record, Span<byte> answer)
    {
        lock (_gate)
        {
            // What is left of the question before goes first: an answer is not kept waiting for it.
            _instance.Reset();
            string problem = TryAsk(record, answer, out int length) ?? (AnswerFormat.ProblemOf(Kind, answer[..length]) is { } malformed ? "gave " + malformed : "");
            Failures = problem.Length == 0 ? 0 : Failures + (record.Length <= OrdinaryBytes ? 1 : 0);
            return problem.Length == 0 ? new ScorerAnswer(length, Sha256, "") { Fuel = _instance.Store.FuelUsed } : new ScorerAnswer(0, Sha256, $"the module {ScorerNames.FileOf(Kind)} ({Sha256[..12]}, {Source}) {problem}");
        }
    }

    // Pointers and lengths of the module are what it says they are: anything.
    private string? TryAsk(ReadOnlySpan<byte> record, Span<byte> answer, out int length)
    {
        length = 0;
        _arguments[0] = (uint)record.Length;
        WasmTrap trap = _allocate.Call(_arguments.AsSpan(0, 1), _result);
        if (trap != WasmTrap.None)
        {
            return "ended in the trap " + WasmTraps.NameOf(trap) + " in wm_alloc";
        }

        ulong at = _result[0];
        if (at == 0 || !_instance.TryWrite(at, record))
        {
            return $"has no memory for a record of {record.Length} bytes";
        }

        _arguments[0] = at;
        _arguments[1] = (uint)record.Length;
        trap = _ask.Call(_arguments, _result);
        if (trap != WasmTrap.None)
        {
            return "ended in the trap " + WasmTraps.NameOf(trap);
        }

        ulong pointer = _result[0] & uint.MaxValue;
        ulong bytes = _result[0] >> 32;
        if (bytes > (ulong)answer.Length)
        {
            return $"gave an answer of {bytes} bytes, where at most {answer.Length} are allowed";
        }

        length = (int)bytes;
        return _instance.TryRead(pointer, answer[..length]) ? null : "gave an answer that lies outside of its memory";
    }

    private WasmFunction Function(string name, ReadOnlySpan<WasmType> parameters, WasmType result) =>
        _instance.FindFunction(name) is { } function && function.Parameters.SequenceEqual(parameters) && function.Results.Length == 1 && function.Results[0] == result
            ? function
            : throw new ModuleException($"it does not export the function {name} of the type that docs/governance-modules.md gives");
}
