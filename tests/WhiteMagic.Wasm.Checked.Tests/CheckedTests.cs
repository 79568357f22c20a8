using System;
using System.Linq;
using WhiteMagic.Wasm.Execution;
using WhiteMagic.Wasm.Tests.Support;
using WhiteMagic.Wasm.Translation;

namespace WhiteMagic.Wasm.Checked.Tests;

public sealed class CheckedTests(ITestOutputHelper output)
{
    private const int Seed = 20261127;
    private static readonly bool _isFull = Environment.GetEnvironmentVariable("WM_FULL") == "1";

    // What a mutant may do. Those that import something are not executed, and not counted.
    private static readonly ExecutionLimits _limits = new() { Fuel = 20_000, MemoryPages = 64, TableElements = 10_000, CallDepth = 200, StackSlots = 64 * 1024 };

    [Fact]
    public void Call_EveryExportOfMutants_KeepsToItsSlots()
    {
        int wanted = _isFull ? 50_000 : 2_000;
        var random = new Random(Seed);
        var mutation = new Mutation(random);
        int accepted = 0;
        int instantiated = 0;
        long calls = 0;
        long before = Machine.Verified;
        while (instantiated < wanted)
        {
            byte[] bytes = mutation.Next();
            WasmModule module;
            try
            {
                module = WasmModule.Parse(bytes);
            }
            catch (WasmFormatException)
            {
                continue;
            }

            accepted++;
            try
            {
                calls += Execute(module, random);
                instantiated++;
            }
            catch (Exception e) when (e is WasmLinkException or WasmTrapException)
            {
                // Refused or trapped before it could be called; what ran was verified.
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"mutant {accepted} of seed {Seed}: {Convert.ToBase64String(bytes)}", e);
            }
        }

        output.WriteLine($"seed {Seed}: {accepted} mutants accepted, {instantiated} instantiated, {calls} calls, {Machine.Verified - before} instructions verified");
        Assert.InRange(accepted, wanted, wanted * 3);
        Assert.InRange(Machine.Verified - before, wanted, long.MaxValue);
    }

    [Fact]
    public void Call_RandomModules_KeepToTheirSlots()
    {
        int count = _isFull ? 20_000 : 2_000;
        var random = new RandomModule(new Random(Seed));
        long before = Machine.Verified;
        Machine.Seen = null;
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = random.Next();
            var store = new WasmStore(new ExecutionLimits { Fuel = 1_000_000 });
            try
            {
                store.Instantiate(WasmModule.Parse(bytes), RandomModule.Imports).FindFunction("run")!.Call([], new ulong[4]);
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidOperationException($"module {i} of seed {Seed}: {Convert.ToBase64String(bytes)}", e);
            }
        }

        output.WriteLine($"seed {Seed}: {count} modules, {Machine.Verified - before} instructions verified");
        Assert.InRange(Machine.Verified - before, count * 100, long.MaxValue);

        // What they never do is not compared with Node either. These are for globals and functions of other instances; wrapping does nothing.
        Op[] beyond = [Op.GlobalGetCell, Op.GlobalSetCell, Op.Leave, Op.I32WrapI64];
        Assert.Equal("", string.Join(", ", Enum.GetValues<Op>().Where(op => Machine.Seen![(int)op] == 0).Except(beyond)));
    }

    private static int Execute(WasmModule module, Random random)
    {
        var store = new WasmStore(_limits);
        WasmInstance instance = store.Instantiate(module);
        int calls = 0;
        foreach (Model.Export export in module.Exports)
        {
            if (instance.FindFunction(export.Name) is not { } function)
            {
                continue;
            }

            ulong[] arguments = new ulong[function.Parameters.Length];
            ulong[] results = new ulong[function.Results.Length];
            for (int round = 0; round < 2; round++)
            {
                for (int i = 0; i < arguments.Length; i++)
                {
                    // References can only be null: others would have to be the store's own.
                    bool isReference = function.Parameters[i] is WasmType.FunctionReference or WasmType.ExternReference;
                    arguments[i] = round == 0 || isReference ? 0 : (ulong)random.NextInt64() >> random.Next(64);
                }

                function.Call(arguments, results);
                Assert.InRange(store.FuelUsed, 0, _limits.Fuel);
                calls++;
            }
        }

        return calls;
    }
}
